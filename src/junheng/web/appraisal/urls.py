"""Addresses of appraisal: numbers and ids of the library alone, never a name."""

from django.urls import path

from junheng.web.appraisal import commitment_views, subject_views, views

_PLACE = "place/<int:organisation>"
_TURN = "appraised/<int:subject>/<str:turn>"
urlpatterns = [
    path(f"{_PLACE}/commitments", commitment_views.listed, name="commitments"),
    path(f"{_PLACE}/commitments/new", commitment_views.new, name="commitment_new"),
    path(f"{_PLACE}/commitments/collect", commitment_views.collected, name="commitments_collect"),
    path(f"{_PLACE}/commitments/book", commitment_views.book, name="commitments_book"),
    path("commitment/<int:commitment>", commitment_views.one, name="commitment"),
    path("commitment/<int:commitment>/progress", commitment_views.progressed, name="commitment_progressed"),
    path("commitment/<int:commitment>/reached", commitment_views.reported, name="commitment_reported"),
    path("commitment/<int:commitment>/reviewed", commitment_views.reviewed, name="commitment_reviewed"),
    path(f"{_PLACE}/appraisals", views.listed, name="appraisals"),
    path(f"{_PLACE}/appraisals/new", views.new, name="appraisal_new"),
    path("appraisal/<int:appraisal>", views.one, name="appraisal"),
    path("appraisal/<int:appraisal>/book", views.book, name="appraisal_book"),
    path("appraised/<int:subject>", subject_views.one, name="appraisal_subject"),
    path("appraised/<int:subject>/vetoes", subject_views.vetoed, name="appraisal_vetoed"),
    path(f"{_TURN}/marks", subject_views.marking, name="appraisal_marking"),
    path(f"{_TURN}/sign", subject_views.signed, name="appraisal_signed"),
    path(f"{_TURN}/appeal", subject_views.appealed, name="appraisal_appealed"),
    path("appeal/<int:appeal>/decide", subject_views.decided, name="appraisal_decided"),
]
