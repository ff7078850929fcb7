"""Addresses of operation."""

from django.urls import path

from junheng.web.operation import views

urlpatterns = [path("place/<int:organisation>/health", views.health, name="health_detail")]
