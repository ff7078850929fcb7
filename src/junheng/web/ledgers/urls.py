"""Addresses of the ledgers: numbers and ids of the library alone, never a name."""

from django.urls import path

from junheng.web.ledgers import child_views, hazard_views, sheet_views, views

_PLACE = "place/<int:organisation>"
urlpatterns = [
    path(f"{_PLACE}/ledgers", views.listed, name="ledgers"),
    path(f"{_PLACE}/ledgers/<str:ledger>", views.one, name="ledger"),
    path(f"{_PLACE}/ledgers/<str:ledger>/book", views.book, name="ledger_book"),
    path(f"{_PLACE}/ledgers/<str:ledger>/hazard", hazard_views.new, name="hazard_new"),
    path(f"{_PLACE}/sheets/book", sheet_views.book, name="ledger_sheets_book"),
    path(f"{_PLACE}/sheets/<str:sheet>", sheet_views.listed, name="ledger_sheet"),
    path(f"{_PLACE}/sheets/<str:sheet>/new", sheet_views.new, name="ledger_sheet_new"),
    path("sheet-row/<int:sheet_row>", sheet_views.changed, name="ledger_sheet_row"),
    path("sheet-row/<int:sheet_row>/remove", sheet_views.removed, name="ledger_sheet_removed"),
    path(f"{_PLACE}/hazards", hazard_views.hazards, name="hazards"),
    path("hazard/<int:hazard>", hazard_views.hazard, name="hazard"),
    path("hazard/<int:hazard>/mended", hazard_views.mended, name="hazard_mended"),
    path("hazard/<int:hazard>/reviewed", hazard_views.reviewed, name="hazard_reviewed"),
    path(f"{_PLACE}/children", child_views.children, name="children"),
    path(f"{_PLACE}/children/give", child_views.given, name="children_give"),
    path(f"{_PLACE}/children/take", child_views.taken, name="children_take"),
    path("child/<int:child>", child_views.child, name="child"),
    path("child/<int:child>/visited", child_views.visited, name="child_visited"),
    path("child/<int:child>/closed", child_views.closed, name="child_closed"),
]
