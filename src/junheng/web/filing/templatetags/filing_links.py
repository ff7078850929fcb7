"""What a finding's page says of the frozen year it was made of."""

from typing import Any

from django import template

from junheng.web.filing.models import UndoneFreeze
from junheng.web.findings.models import Finding

register = template.Library()


@register.inclusion_tag("filing/taken_back.html")
def taken_back(finding: Finding) -> dict[str, Any]:
    """That the tables it was made of were taken back, when and why. One query."""
    return {"undone": UndoneFreeze.objects.filter(finding=finding).select_related("county_year").first()}
