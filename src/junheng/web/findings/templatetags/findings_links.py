"""What templates of findings need: the way to a what-if, parts of addresses, missing numbers."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.apps import apps
from django.urls import reverse

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement import CellReference
from junheng.reports import format_share
from junheng.standards import list_standards
from junheng.web.findings.addresses import quoted
from junheng.web.findings.heat import WORDS
from junheng.web.findings.item_words import plain_text
from junheng.web.findings.items import ItemLine
from junheng.web.findings.models import Finding
from junheng.web.findings.own_standards import own_name
from junheng.web.findings.parts import Part, parts_in
from junheng.web.findings.shown import amount_text, held_unit, unit_text, value_text
from junheng.web.front.words import half

register = template.Library()
_MOST_SCHOOLS = 100_000  # a share of fewer is found again exactly from its float


@register.simple_tag(takes_context=True)
def whatif_address(context: dict[str, Any], finding: Finding) -> str:
    """The address of the what-if of a finding, "" for whom it is not or where the site has no such app."""
    if not apps.is_installed("junheng.web.whatif"):
        return ""
    from junheng.web.whatif.permissions import may_try  # stands on this app: asked for when it is there

    return reverse("whatif", args=[finding.pk]) if may_try(context["request"].user, finding) else ""


@register.simple_tag
def whatif_closing(address: str, school_id: str, stage: str, indicator: str) -> str:
    """The what-if with the smallest change that closes one gap filled in."""
    return f"{address}?{urlencode({'school': school_id, 'close': f'{school_id}:{stage}:{indicator}'})}"


@register.filter
def state_words(state: str | None) -> str:
    """The word of a verdict, "floor" among them."""
    return half(WORDS[state]) if state in WORDS else ""


@register.filter
def in_address(school_id: str) -> str:
    """A school id as a part of an address."""
    return quoted(school_id)


@cache
def _standards() -> Mapping[str, Text]:
    return {head.id: head.name for head in list_standards()}


@register.filter
def standard_name(standard: str) -> str:
    """The name of a standard, of one's own as a finding by it tells it; its id where nobody does."""
    name = _standards().get(standard) or own_name(standard)
    return half(name) if name else standard


@register.filter
def place_words(worst_of: str) -> str:
    """A stage and an indicator ("primary R2") in words."""
    stage, _, key = worst_of.partition(" ")
    return f"{half(STAGE_NAMES[stage])} {key}" if stage in STAGE_NAMES else worst_of


@register.filter
def figure(value: float | None, decimals: int = 2) -> str:
    """A number with thousands apart; "—" where there is none: never 0."""
    return value_text(value, decimals)


@register.simple_tag
def against(value: float | None, line: float | None, decimals: int = 2) -> str:
    """A number that shows on which side of its line or limit it lies; "—" where there is none."""
    return value_text(value, decimals, line)


@register.simple_tag
def beside(value: float | None, line: float | None) -> str:
    """A figure of an item beside its line: rooms and pupils whole."""
    return plain_text(value, line)


@register.filter
def short(value: float | None) -> str:
    """A line or limit as the standard writes it, without zeros at its end."""
    return "—" if value is None else f"{value:,.10g}"


@register.filter
def amount(value: float | None) -> str:
    """A quantity: whole where it is whole, else one decimal; "—" where there is none."""
    return amount_text(value)


@register.filter
def cvs_over(finding: Finding) -> str:
    """How many coefficients of variation are over their limit; "—" where none could be told: that is not 0."""
    return "—" if finding.worst is None else f"{finding.over_limit}/{finding.limited}"


@register.filter
def county_parts(finding: Finding) -> list[Part]:
    """The parts of a county's verdict, as it is compared by them; none of an old finding without them."""
    return list(parts_in(finding.parts))


@register.simple_tag
def item_name(items: Mapping[str, ItemLine], key: str) -> str:
    """The name of an item by its key."""
    return half(items[key].name) if key in items else ""


@register.filter
def percent(value: float | None) -> str:
    """A share of schools in percent, cut as the report cuts it (46 of 66: 69.6); "—" where there is none."""
    if value is None:
        return "—"
    share = Fraction(value).limit_denominator(_MOST_SCHOOLS)
    return f"{format_share(share.numerator, share.denominator)}%"


@register.filter
def used_unit(cell: CellReference) -> str:
    """The unit a cell's value is in: the dictionary's, whatever the source was typed in."""
    return unit_text(held_unit(*cell.column.partition(".")[::2]) or cell.unit)


@register.filter
def typed_unit(cell: CellReference) -> str:
    """The unit it was typed in where that is another one; "" where it is the same."""
    own = unit_text(cell.unit)
    return "" if own == used_unit(cell) else own


@register.filter
def unit_name(word: str) -> str:
    """A unit in the reader's language."""
    return unit_text(word)
