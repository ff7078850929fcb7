"""Addresses of surveys: of who holds them, and the one everybody answers at."""

from django.urls import path

from junheng.web.survey import paper_views, public_views, views

urlpatterns = [
    path("place/<int:organisation>/surveys", views.surveys, name="surveys"),
    path("place/<int:organisation>/surveys/new", views.survey_new, name="survey_new"),
    path("surveys/<int:survey>", views.survey, name="survey"),
    path("surveys/<int:survey>/codes", views.survey_codes, name="survey_codes"),
    path("surveys/<int:survey>/codes/book", views.survey_codes_book, name="survey_codes_book"),
    path("surveys/<int:survey>/dates", views.survey_dates, name="survey_dates"),
    path("surveys/<int:survey>/papers", views.survey_papers, name="survey_papers"),
    path("surveys/<int:survey>/count", views.survey_count, name="survey_count"),
    path("surveys/<int:survey>/hand", views.survey_hand, name="survey_hand"),
    path("surveys/<int:survey>/discard", views.survey_discard, name="survey_discard"),
    path("surveys/<int:survey>/file/<str:name>", paper_views.survey_file, name="survey_file"),
    path("survey/<slug:key>", public_views.ask, name="survey_ask"),
    path("survey/<slug:key>/thanks", public_views.thanks, name="survey_thanks"),
]
