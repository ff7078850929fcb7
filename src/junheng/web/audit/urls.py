"""Addresses of the trail."""

from django.urls import path

from junheng.web.audit import views

urlpatterns = [
    path("place/<int:organisation>/trail", views.trail, name="trail"),
    path("place/<int:organisation>/trail/check", views.check, name="trail_check"),
    path("place/<int:organisation>/trail/receipt", views.receipt, name="trail_receipt"),
    path("place/<int:organisation>/trail/export", views.export, name="trail_export"),
]
