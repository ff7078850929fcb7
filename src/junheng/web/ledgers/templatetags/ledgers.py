"""Words of the library's ledgers in templates."""

from datetime import date
from decimal import Decimal

from django import template

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.ledgers import STATE_NAMES, FindingEntry, LedgerItem

register = template.Library()
_AREAS = {"urban": Text("城区", "urban"), "town": Text("镇区", "town"), "rural": Text("乡村", "rural")}
_GROUPS = {"weak": Text("薄弱学校", "weak schools"), "boarding": Text("寄宿制学校", "boarding schools")}
_ACTS = {
    "find": Text("发现", "found"),
    "mend": Text("报告整改", "reported mended"),
    "pass": Text("复查通过，销号", "passed and closed"),
    "return": Text("复查退回", "returned"),
}


@register.simple_tag
def state_name(entry: FindingEntry) -> Text:
    """The library's name of a finding's state."""
    return STATE_NAMES[entry.state]


@register.simple_tag
def verdict_name(verdict: Verdict | None) -> Text:
    """The verdict in words; a stroke where the item has no goal."""
    return Text("—", "—") if verdict is None else VERDICT_NAMES[verdict]


@register.simple_tag
def step_name(act: str) -> Text:
    """What happened to a hazard, in words."""
    return _ACTS.get(act, Text(act, act))


@register.simple_tag
def scope_of(item: LedgerItem) -> Text:
    """Which schools an item is counted over, and the bound it must reach."""
    words = [_AREAS[one] for one in item.rate.areas]
    if item.rate.only:
        words.append(_GROUPS[item.rate.only])
    words.extend(item.bounds)
    return Text("，".join(one.zh for one in words), ", ".join(one.en for one in words))


@register.simple_tag
def value_words(item: LedgerItem, value: Decimal) -> Text:
    """A record's value as the library read it."""
    if item.kind == "yes_no":
        return Text("是", "yes") if value == 1 else Text("否", "no")
    unit = item.unit or Text("", "")
    return Text(f"{value} {unit.zh}", f"{value} {unit.en}")


@register.filter
def percent(goal: Decimal | None) -> str:
    """A goal (a share) as a percentage, exact."""
    return "" if goal is None else f"{(goal * 100).normalize():f}%"


@register.filter
def day(found: date | str | None) -> str:
    """A day as ISO 8601; a stroke where there is none."""
    return str(found) if found else "—"
