"""Addresses of sources."""

from django.urls import path

from junheng.web.sources import deciding_views, views

urlpatterns = [
    path("place/<int:organisation>/sources", views.sources, name="sources"),
    path("place/<int:organisation>/sources/give", views.give, name="sources_give"),
    path("place/<int:organisation>/sources/order", views.order, name="sources_order"),
    path("filing/year/<int:county_year>/sources", views.board, name="sources_board"),
    path("filing/year/<int:county_year>/sources/decide", deciding_views.decision, name="sources_decide"),
    path(
        "filing/year/<int:county_year>/sources/decide-page",
        deciding_views.decide_page,
        name="sources_decide_page",
    ),
    path("filing/year/<int:county_year>/sources/decisions", views.decisions, name="sources_decisions"),
    path("filing/year/<int:county_year>/sources.xlsx", views.export, name="sources_export"),
]
