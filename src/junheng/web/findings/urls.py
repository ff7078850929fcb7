"""Addresses of findings: overview, map, school, figure, counties, and the files of each."""

from django.urls import path, register_converter

from junheng.web.findings import exports, items_views, views
from junheng.web.findings.addresses import SchoolCode

register_converter(SchoolCode, "code")

urlpatterns = [
    path("place/<int:organisation>", views.place, name="place"),
    path("place/<int:organisation>/export/<str:name>", exports.of_region, name="place_export"),
    path("finding/<int:finding>", views.overview, name="finding"),
    path("finding/<int:finding>/map", views.school_map, name="finding_map"),
    path("finding/<int:finding>/items", items_views.items, name="finding_items"),
    path("finding/<int:finding>/items/<str:clause>", items_views.item, name="finding_item"),
    path("finding/<int:finding>/export/<str:name>", exports.of_finding, name="finding_export"),
    path("finding/<int:finding>/school/<code:school>", views.school, name="finding_school"),
    path("finding/<int:finding>/school/<code:school>/<str:indicator>", views.figure, name="finding_figure"),
    path("finding/<int:finding>/school-file/<code:school>/<str:name>", exports.of_school, name="school_export"),
    path("finding/<int:finding>/school-file/<code:school>/<str:indicator>/<str:name>", exports.of_figure, name="figure_export"),
]  # fmt: skip
