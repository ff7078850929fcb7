"""Addresses of evidence."""

from django.urls import path

from junheng.web.evidence import views

urlpatterns = [
    path("place/<int:organisation>/evidence", views.listed, name="evidence"),
    path("evidence/<int:evidence>", views.file, name="evidence_file"),
    path("evidence/<int:evidence>/withdraw", views.withdrawn, name="evidence_withdraw"),
]
