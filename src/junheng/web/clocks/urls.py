"""Addresses of the clocks."""

from django.urls import path

from junheng.web.clocks import views

urlpatterns = [
    path("filing/year/<int:county_year>/standing", views.standing, name="clocks_year"),
    path("place/<int:organisation>/reported", views.reported, name="clocks_reported"),
    path("place/<int:organisation>/terms", views.terms, name="clocks_terms"),
    path("place/<int:organisation>/terms/set", views.terms_set, name="clocks_terms_set"),
    path("notices", views.notices, name="notices"),
    path("notices/read", views.read_all, name="notices_read"),
    path("notices/<int:notice>", views.follow, name="notice"),
]
