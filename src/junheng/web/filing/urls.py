"""Addresses of filing."""

from django.urls import path

from junheng.web.filing import (
    attaching_views,
    attesting_views,
    gathering_views,
    review_views,
    typing_views,
    views,
    workbook_views,
    year_views,
)

urlpatterns = [
    path("place/<int:organisation>/filing", views.years, name="filing_years"),
    path("place/<int:organisation>/filing/open", year_views.open_, name="filing_open"),
    path("filing/year/<int:county_year>", year_views.year, name="filing_year"),
    path("filing/year/<int:county_year>/freeze", year_views.freeze, name="filing_freeze"),
    path("filing/year/<int:county_year>/accept", review_views.accept_many, name="filing_accept_many"),
    path("filing/year/<int:county_year>/unfreeze", year_views.unfreeze, name="filing_unfreeze"),
    path("filing/year/<int:county_year>/county", year_views.begin_county, name="filing_county"),
    path("filing/year/<int:county_year>/judge", year_views.judge, name="filing_judge"),
    path("filing/year/<int:county_year>/workbooks/make", gathering_views.make, name="filing_workbooks_make"),
    path("filing/year/<int:county_year>/workbooks", gathering_views.upload, name="filing_workbooks"),
    path(
        "filing/year/<int:county_year>/workbooks/apply", gathering_views.apply, name="filing_workbooks_apply"
    ),
    path("filing/workbook/<int:workbook>", workbook_views.show, name="filing_workbook"),
    path("filing/workbook/<int:workbook>/apply", workbook_views.apply, name="filing_workbook_apply"),
    path("filing/<int:filing>/workbook.xlsx", workbook_views.download, name="filing_workbook_file"),
    path("filing/<int:filing>/workbook", workbook_views.upload, name="filing_workbook_upload"),
    path("filing/<int:filing>/files", attaching_views.attach, name="filing_attach"),
    path("filing/<int:filing>/files/<int:attachment>", attaching_views.detach, name="filing_detach"),
    path("filing/<int:filing>/attestations", attesting_views.attestations, name="filing_attestations"),
    path("filing/<int:filing>/attest", attesting_views.attest, name="filing_attest"),
    path(
        "filing/<int:filing>/attestations/<str:clause>",
        attesting_views.attestation_schools,
        name="filing_attestation",
    ),
    path("filing/<int:filing>/attest/<str:clause>", attesting_views.attest_many, name="filing_attest_many"),
    path(
        "filing/<int:filing>/attest/<str:clause>/file", attesting_views.attest_file, name="filing_attest_file"
    ),
    path(
        "filing/<int:filing>/attest/<str:clause>/<code:school>/<slug:field>",
        attesting_views.attest_cell,
        name="filing_attest_cell",
    ),
    path("filing/<int:filing>", views.show, name="filing"),
    path("filing/<int:filing>/checks", views.checks, name="filing_checks"),
    path("filing/<int:filing>/section", typing_views.section, name="filing_section"),
    path("filing/<int:filing>/row/<int:row>/<slug:column>", typing_views.cell, name="filing_cell"),
    path("filing/<int:filing>/row/<int:row>/<slug:column>/history", views.history, name="filing_history"),
    path("filing/<int:filing>/row", typing_views.row_add, name="filing_row_add"),
    path("filing/<int:filing>/row/<int:row>", typing_views.row_remove, name="filing_row_remove"),
    path("filing/<int:filing>/explain", typing_views.explain, name="filing_explain"),
    path("filing/<int:filing>/submit", typing_views.submit, name="filing_submit"),
    path("filing/<int:filing>/remark", review_views.remark, name="filing_remark"),
    path("filing/<int:filing>/accept", review_views.accept, name="filing_accept"),
    path("filing/<int:filing>/reopen", review_views.reopen, name="filing_reopen"),
]
