"""Addresses of monitoring."""

from django.urls import path

from junheng.web.monitoring import alert_views, gap_views, given_views, paper_views, rule_views

_PLACE = "place/<int:organisation>/monitoring"
urlpatterns = [
    path(_PLACE, alert_views.watched, name="monitoring"),
    path(f"{_PLACE}/run", alert_views.run, name="monitoring_run"),
    path(f"{_PLACE}/rules", rule_views.rules, name="monitoring_rules"),
    path(f"{_PLACE}/rules/value", rule_views.value, name="monitoring_value"),
    path(f"{_PLACE}/given", given_views.given, name="monitoring_given"),
    path("monitoring/given/<int:beside>/withdraw", given_views.withdraw, name="monitoring_given_withdraw"),
    path(f"{_PLACE}/papers", paper_views.papers, name="monitoring_papers"),
    path(f"{_PLACE}/papers/draft", paper_views.draft, name="monitoring_draft"),
    path(f"{_PLACE}/papers/issue", paper_views.issue, name="monitoring_issue"),
    path("monitoring/paper/<int:paper>", paper_views.paper, name="monitoring_paper"),
    path("alert/<int:alert>", alert_views.alert, name="alert"),
    path("alert/<int:alert>/mute", alert_views.mute, name="alert_mute"),
    path("alert/<int:alert>/unmute", alert_views.unmute, name="alert_unmute"),
    path("place/<int:organisation>/gaps", gap_views.gaps, name="gaps"),
    path("place/<int:organisation>/gaps/new", gap_views.new, name="gap_new"),
    path("gap/<int:gap>", gap_views.gap, name="gap"),
    path("gap/<int:gap>/owner", gap_views.owner, name="gap_owner"),
    path("gap/<int:gap>/evidence", gap_views.evidence, name="gap_evidence"),
    path("gap/<int:gap>/review", gap_views.review, name="gap_review"),
    path("gap/<int:gap>/recheck", gap_views.recheck, name="gap_recheck"),
    path("gap/<int:gap>/amend", gap_views.amend, name="gap_amend"),
    path("gap/<int:gap>/order", gap_views.order, name="gap_order"),
]
