"""Pages of alerts: a place's, one alert, muting it, running the rules."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.monitoring import FACTS, Rule, closing_words, condition_words, fact_name
from junheng.web.findings.reading import names_of
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.monitoring import muting, queries
from junheng.web.monitoring.asked import alert_of, place_of, tried
from junheng.web.monitoring.forms import MuteForm
from junheng.web.monitoring.library import level_names, rule_of_alert
from junheng.web.monitoring.models import Alert
from junheng.web.monitoring.permissions import (
    may_mute,
    may_open_gap,
    may_run,
    may_see_alert,
    may_see_papers,
    may_watch,
)
from junheng.web.monitoring.running import newest, run_rules
from junheng.web.monitoring.templatetags.monitoring import figure
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

_PAGE = 25  # a telephone shows them one below the other
_FILTERS = ("tab", "level", "rule", "school_code")


@allowed(place_of, may_watch)
def watched(request: HttpRequest, place: Organisation) -> HttpResponse:
    """A county's or a school's alerts; of a city or province, its counties, worst first."""
    today = timezone.localdate()
    if place.kind not in (Kind.COUNTY, Kind.SCHOOL):
        page = Paginator(queries.counties_below(place, today), _PAGE).get_page(request.GET.get("page"))
        return render(request, "monitoring/region.html", {"place": place, "page": page})
    chosen = {name: request.GET.get(name, "") for name in _FILTERS}
    chosen["tab"] = chosen["tab"] if chosen["tab"] in queries.TABS else "open"
    found = queries.alerts_of(place, chosen, today)
    run = queries.last_run(place) if place.kind == Kind.COUNTY else None
    context = {
        "place": place,
        "is_county": place.kind == Kind.COUNTY,
        "chosen": chosen,
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "choices": queries.choices_of(place, chosen["tab"], today),
        "levels": level_names(),
        "tabs": _tabs(queries.counts_of(place, today)),
        "last_run": run,
        "left_standing": queries.left_standing(run, today),
        "may_run": may_run(request.user, place),
        "may_open": may_open_gap(request.user, place),
        "can_choose": chosen["tab"] in ("open", "heat", "data"),
        "may_papers": may_see_papers(request.user, place),
        "gaps": queries.gap_counts(place, today),
    }
    return render(request, "monitoring/alerts.html", context)


def _tabs(counts: dict[str, int]) -> list[tuple[str, Text, int]]:
    names = {
        "open": Text("待处理", "Open"),
        "heat": Text("冷热学校", "Hot and cold schools"),
        "data": Text("数据缺失", "No data"),
        "muted": Text("暂不提醒", "Muted"),
        "gone": Text("已消除", "Gone"),
    }
    return [(tab, names[tab], counts[tab]) for tab in queries.TABS]


@allowed(place_of, may_run, "POST")
def run(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Run the rules on the newest finding of each standard."""
    found = newest(county)
    if not found:
        messages.error(
            request,
            half(Text("还没有评估结论，先评估再监测", "no finding yet: judge the county's data first")),
        )
    for finding in found:
        done = Text(f"已按 {finding.year} 年数据运行规则", f"the rules ran on the data of {finding.year}")
        tried(request, lambda one=finding: run_rules(one, timezone.now(), asker(request)), done)  # type: ignore[misc] # mypy cannot infer a lambda with a default
    return redirect("monitoring", organisation=county.pk)


@allowed(alert_of, may_see_alert)
def alert(request: HttpRequest, found: Alert) -> HttpResponse:
    """One alert: what is the case, the line, the rule with its source, and the figure it rests on."""
    return _shown(request, found, MuteForm())


def _shown(request: HttpRequest, found: Alert, form: MuteForm) -> HttpResponse:
    today, rule = timezone.localdate(), rule_of_alert(found)
    context: dict[str, Any] = {
        "alert": found,
        "said": found.said,
        "is_muted": found.is_muted(today),
        "level": level_names().get(found.level),
        "rule": rule,
        "condition": condition_words(rule, stage=found.stage, names=_names(found, rule)) if rule else None,
        "closes": closing_words(rule, stage=found.stage, names=_names(found, rule)) if rule else None,
        "figure": figure_of(found),
        "gaps": found.gaps.select_related("county"),
        "may_mute": may_mute(request.user, found),
        "may_open": may_open_gap(request.user, found.county),
        "form": form,
    }
    return render(request, "monitoring/alert.html", context)


def _names(found: Alert, rule: Rule | None) -> dict[str, Text]:
    """What the rule's facts are called here: the indicator the alert speaks of, and its line with the number."""
    name = names_of(found.finding).get(found.indicator)
    named = {"value": Text(f"“{name.zh}”", f"“{name.en}”")} if name else {}
    at = found.said.get("threshold")
    if rule is not None and at is not None and rule.threshold in FACTS[rule.over]:
        told = fact_name(rule.over, rule.threshold)
        named[rule.threshold] = Text(f"{told.zh} {figure(at)}", f"{told.en} {figure(at)}")
    return named


def figure_of(found: Alert) -> tuple[str, str] | None:
    """School and indicator whose page opens the figure; None where no finding holds one."""
    explain = found.said.get("explain") or ()
    return (found.school_code, found.indicator) if explain and found.school_code and found.indicator else None


@allowed(alert_of, may_mute, "POST")
def mute(request: HttpRequest, found: Alert) -> HttpResponse:
    """Ask no more until a day."""
    form = MuteForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    told, today = form.cleaned_data, timezone.localdate()
    done = Text("已设为暂不提醒", "muted")
    tried(request, lambda: muting.mute(asker(request), found, told["words"], told["until"], today), done)
    return redirect("alert", alert=found.pk)


@allowed(alert_of, may_mute, "POST")
def unmute(request: HttpRequest, found: Alert) -> HttpResponse:
    """Ask again."""
    tried(request, lambda: muting.unmute(asker(request), found), Text("已恢复提醒", "un-muted"))
    return redirect("alert", alert=found.pk)
