"""The page of the rules in force, with their lines, sources and the county's own values."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.monitoring import Rule, closing_words, condition_words, line_words
from junheng.web.front.guard import allowed, asker
from junheng.web.monitoring.asked import place_of, tried
from junheng.web.monitoring.forms import ValueForm
from junheng.web.monitoring.library import (
    STAGE_MARK,
    level_names,
    overlay_of,
    own_values,
    region_of,
    rules_by,
)
from junheng.web.monitoring.models import OwnValue
from junheng.web.monitoring.permissions import may_lead, may_see_rules
from junheng.web.monitoring.values import is_settable, lines_of, set_value
from junheng.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a rule: the library's value and the county's own, if any."""

    key: str
    words: Text
    stage: Any
    value: str
    own: OwnValue | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as the page shows it."""

    rule: Rule
    level: Text
    condition: Text
    closes: Text
    lines: tuple[Line, ...]
    is_settable: bool


@allowed(place_of, may_see_rules)
def rules(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Every rule in force today, with what it rests on."""
    today = timezone.localdate()
    region, own = region_of(county, today.year), own_values(county)
    national = {rule.id: rule for rule in rules_by("", region, today)}
    held = {rule.id: rule for rule in rules_by(overlay_of(own, region), region, today)} if own else national
    shown = [_shown(rule, held.get(rule.id, rule), own) for rule in national.values()]
    context = {
        "place": county,
        "rules": shown,
        "may_lead": may_lead(request.user, county),
        "past": OwnValue.objects.filter(county=county)[:30],
        "differ": bool(overlay_of(own, region)),
    }
    return render(request, "monitoring/rules.html", context)


def _shown(rule: Rule, held: Rule, own: list[OwnValue]) -> Shown:
    """``held``: the rule with the county's own values, by which it speaks."""
    given = {one.name: one for one in own if one.rule == rule.id and one.value}
    lines = []
    for key, value in lines_of(rule).items():
        name, _, stage = key.partition(STAGE_MARK)
        lines.append(Line(key, line_words(held, name), dict(STAGE_NAMES).get(stage), value, given.get(key)))
    words = condition_words(held), closing_words(held)
    return Shown(rule, level_names()[rule.level], *words, tuple(lines), is_settable(rule))


@allowed(place_of, may_lead, "POST")
def value(request: HttpRequest, county: Organisation) -> HttpResponse:
    """The county's own value of one line."""
    form = ValueForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        given = (told["rule"], told["name"], told["value"], told["why"])
        done = Text("已记下，下次运行规则时生效", "kept; it holds from the next run of the rules")
        tried(request, lambda: set_value(asker(request), county, *given, timezone.now()), done)
    else:
        tried(request, form.reject, None)
    return redirect("monitoring_rules", organisation=county.pk)
