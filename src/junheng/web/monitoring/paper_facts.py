"""What a paper tells: a county's alerts and gaps, handed to the library's writers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import override

from junheng.basics import Text
from junheng.judgement.monitoring import LEVELS, Course, Followed, Recheck, Unwatched, Watch, alert_from_json
from junheng.reports.monitoring import (
    AccountabilityList,
    Bulletin,
    GapLine,
    write_accountability,
    write_bulletin,
)
from junheng.web.front.words import CHINESE, ENGLISH, half
from junheng.web.monitoring.library import overlay_of, own_values, region_of, rules_by
from junheng.web.monitoring.models import Alert, AlertState, Gap, Paper, PaperKind, Run
from junheng.web.monitoring.states import STANDING, Act
from junheng.web.people.models import Organisation

Days = tuple[date, date]
_DELAY = ("escalate", "order")


@dataclass(frozen=True, slots=True)
class Telling:
    """Which paper of which days, as of when; ``number`` None is a draft; ``standard`` "" is that of the last run."""

    kind: str
    days: Days
    now: datetime
    number: int | None
    standard: str = ""


def standards_of(county: Organisation) -> list[str]:
    """The standards the rules ran by, each of which has a bulletin of its own. One query."""
    ran = Run.objects.filter(finding__county=county, error__isnull=True).order_by("finding__standard")
    return list(ran.values_list("finding__standard", flat=True).distinct())


def _last_run(county: Organisation, standard: str) -> Run:
    ran = Run.objects.filter(finding__county=county, error__isnull=True).select_related("finding")
    run = (ran.filter(finding__standard=standard) if standard else ran).first()
    if run is None:
        raise ValidationError(half(Text("监测规则还没有运行过", "the rules have not run yet")))
    return run


def standard_of(county: Organisation, asked: str) -> str:
    """The standard a bulletin is of: the one asked for, else that of the last run. Raises ValidationError without a run."""
    return _last_run(county, asked).finding.standard


def write_paper(county: Organisation, told: Telling, path: Path) -> None:
    """Write the paper as things stand now.

    Raises ValidationError where the rules never ran (by its standard); UserError as the library does.
    """
    days, on = told.days, localdate(told.now)
    if told.kind == PaperKind.ACCOUNTABILITY:
        lines = list(gap_lines(county, days))
        write_accountability(path, AccountabilityList(str(county), on, lines, issuer=str(county)))
        return
    run = _last_run(county, told.standard)
    alerts = list(Alert.objects.filter(county=county, standard=run.finding.standard))
    region = region_of(county, run.finding.year)
    bulletin = Bulletin(
        county=str(county),
        number=f"{days[1].year}年第{told.number}期" if told.number else "草稿 draft",
        period_from=days[0],
        period_to=days[1],
        on=on,
        watch=_watch(run, alerts),
        rules=rules_by(overlay_of(own_values(county), region), region, on),
        courses=list(_courses(run, alerts, days)),
        gaps=list(gap_lines(county, days, run.finding.standard)),
        issuer=str(county),
        first=not _issued(county, told).exists(),
    )
    write_bulletin(path, bulletin)


def _issued(county: Organisation, told: Telling) -> QuerySet[Paper]:
    """Those of its kind and standard before it; one issued before papers named their standard counts for all."""
    return Paper.objects.filter(county=county, kind=told.kind, standard__in=("", told.standard))


def _watch(run: Run, alerts: Sequence[Alert]) -> Watch:
    """What the last run found, put together again from what was kept of it."""
    raised = tuple(alert_from_json(one.said) for one in alerts if one.last_seen == run.at)
    idle = tuple(
        Unwatched(one["rule"], _text(one["name"]), _text(one["reason"]), tuple(one["missing"]))
        for one in run.idle
    )
    return Watch(run.finding.year, raised, idle)


def _courses(run: Run, alerts: Sequence[Alert], days: Days) -> Iterator[Followed]:
    """What became of each alert in the period: new in it, continuing, gone in it, or no longer to be told."""
    for one in alerts:
        course: Course = "new" if localdate(one.first_seen) >= days[0] else "continuing"
        recheck = None
        if one.state == AlertState.GONE:
            if one.gone_at is None or localdate(one.gone_at) < days[0]:
                continue
            course = "closed"
            recheck = Recheck("closed", Text("重算数据已通过", "the recomputed data passes"))
        elif one.last_seen < run.at:
            course = "cannot_tell"
            recheck = Recheck("cannot_tell", Text("新数据不足以判定", "the new data cannot tell"))
        yield Followed(course, alert_from_json(one.said), recheck)


def gap_lines(county: Organisation, days: Days, standard: str = "") -> Iterator[GapLine]:
    """Gaps that stand, and those closed in the period; of one standard, or ("") of all. Three queries."""
    chosen = Q(state__in=STANDING) | Q(closed_at__date__gte=days[0])
    found = Gap.objects.filter(chosen, county=county).select_related(
        "county", "school", "owner", "owner_place"
    )
    if standard:
        found = found.filter(finding__standard=standard)
    for gap in found.prefetch_related("alerts", "events__evidence"):
        yield _line(gap)


def _line(gap: Gap) -> GapLine:
    alerts, events = list(gap.alerts.all()), list(gap.events.all())
    worst = min(alerts, key=lambda one: one.rank)
    answers = Text(
        "；".join(one["zh"] for one in gap.answer_words), "; ".join(one["en"] for one in gap.answer_words)
    )
    return GapLine(
        key=str(gap.pk),
        school=str(gap.place),
        stage=worst.stage,
        gap=Text(gap.title, ", ".join(one.said["name"]["en"] for one in alerts)),
        level=LEVELS[worst.rank],
        owner=_in_chinese(gap),
        found_on=localdate(gap.opened_at),
        deadline=gap.due_on,
        state=_label(gap),
        returns=sum(one.act == Act.SEND_BACK for one in events),
        escalations=[f"{localdate(one.at):%m-%d} {one.words['zh']}" for one in events if one.act in _DELAY],
        evidence=[one.evidence.name for one in events if one.evidence],
        closed_on=localdate(gap.closed_at) if gap.closed_at else None,
        recheck=answers if answers.zh else None,
    )


def _in_chinese(gap: Gap) -> str:
    """Papers are Chinese whatever language their reader chose on the site."""
    with override(CHINESE):
        return gap.owner_name


def _label(gap: Gap) -> Text:
    with override(CHINESE):
        zh = str(gap.get_state_display())
    with override(ENGLISH):
        return Text(zh, str(gap.get_state_display()))


def _text(found: Any) -> Text:
    return Text(found["zh"], found["en"])
