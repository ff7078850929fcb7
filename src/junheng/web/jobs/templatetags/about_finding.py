"""What the overview of a finding says of its jobs: verified or not, and what may be asked for."""

from typing import Any

from django import template

from junheng.web.findings.models import Finding
from junheng.web.jobs import queries
from junheng.web.jobs.permissions import may_ask_about
from junheng.web.jobs.states import Work

register = template.Library()


@register.inclusion_tag("jobs/of_finding.html", takes_context=True)
def about_finding(context: dict[str, Any], finding: Finding) -> dict[str, Any]:
    """The last verification, what is under way, files and buttons for whoever looks."""
    person = context["request"].user
    return {
        "finding": finding,
        "verified": queries.last_done(finding, Work.VERIFY),
        "under_way": list(queries.open_jobs(finding)),
        "may_ask": may_ask_about(person, finding),
    }
