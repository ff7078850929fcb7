"""Addresses of filing."""

from django.urls import path

from junheng.web.filing import review_views, typing_views, views, year_views

urlpatterns = [
    path("place/<int:organisation>/filing", views.years, name="filing_years"),
    path("place/<int:organisation>/filing/open", year_views.open_, name="filing_open"),
    path("filing/year/<int:county_year>", year_views.year, name="filing_year"),
    path("filing/year/<int:county_year>/freeze", year_views.freeze, name="filing_freeze"),
    path("filing/year/<int:county_year>/judge", year_views.judge, name="filing_judge"),
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
]
