"""What a finding's page says of the frozen year it was made of."""

from typing import Any

from django import template
from django.db.models import Count, Q

from junheng.web.filing.models import CountyYear, UndoneFreeze
from junheng.web.filing.permissions import may_see_year
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding

register = template.Library()


@register.inclusion_tag("filing/taken_back.html")
def taken_back(finding: Finding) -> dict[str, Any]:
    """That the tables it was made of were taken back, when and why. One query."""
    return {"undone": UndoneFreeze.objects.filter(finding=finding).select_related("county_year").first()}


@register.inclusion_tag("filing/who_reported.html", takes_context=True)
def who_reported(context: dict[str, Any], finding: Finding) -> dict[str, Any]:
    """How many of the county's schools stand in the frozen year it was made of; nothing of an upload's. One query."""
    schools = Q(filings__is_county=False)
    reported = Count("filings", filter=schools & Q(filings__state=State.FROZEN))
    found = CountyYear.objects.filter(finding=finding, frozen_at__isnull=False).select_related("county")
    year = found.annotate(total=Count("filings", filter=schools), reported=reported).first()
    if year is None:
        return {"year": None}
    may_open = may_see_year(context["request"].user, year)
    return {"year": year, "missing": year.total - year.reported, "may_open": may_open}
