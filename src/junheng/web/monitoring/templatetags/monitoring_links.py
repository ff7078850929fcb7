"""What other pages say of a place's alerts and gaps: one line each."""

from typing import Any

from django import template
from django.utils import timezone

from junheng.web.findings.models import Finding
from junheng.web.monitoring import queries
from junheng.web.monitoring.permissions import may_watch

register = template.Library()


@register.inclusion_tag("monitoring/of_finding.html", takes_context=True)
def monitoring_of_finding(context: dict[str, Any], finding: Finding) -> dict[str, Any]:
    """What stands in a finding's county: alerts, hot and cold schools, gaps. Two queries."""
    if not may_watch(context["request"].user, finding.county):
        return {"may_watch": False}
    today = timezone.localdate()
    counts, gaps = queries.counts_of(finding.county, today), queries.gap_counts(finding.county, today)
    return {"finding": finding, "may_watch": True, "counts": counts, "gaps": gaps}
