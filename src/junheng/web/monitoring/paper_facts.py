"""What a paper tells: a county's alerts and gaps, handed to the library's writers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import override

from junheng.basics import Text
from junheng.judgement.monitoring import LEVELS, Followed, Recheck, Unwatched, Watch, alert_from_json
from junheng.reports.monitoring import (
    AccountabilityList,
    Bulletin,
    GapLine,
    Language,
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
    """Which paper of which days, as of when; ``number`` as printed; ``standard`` "" is that of the last run.

    ``language`` is the document's.
    """

    kind: str
    days: Days
    now: datetime
    number: Text
    standard: str = ""
    language: Language = "zh"


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
    """Write the paper as things stand now, in its language.

    Raises ValidationError where the rules never ran (by its standard); UserError as the library does.
    """
    with override(ENGLISH if told.language == "en" else CHINESE):
        if told.kind == PaperKind.BULLETIN:
            write_bulletin(path, _bulletin(county, told))
            return
        lines = list(gap_lines(county, told.days))
        on = localdate(told.now)
        listed = AccountabilityList(str(county), on, lines, issuer=str(county), language=told.language)
        write_accountability(path, listed)


def _bulletin(county: Organisation, told: Telling) -> Bulletin:
    run, on = _last_run(county, told.standard), localdate(told.now)
    standard = run.finding.standard
    alerts = list(Alert.objects.filter(county=county, standard=standard))
    region, before = region_of(county, run.finding.year), last_issued(county, standard)
    return Bulletin(
        county=str(county),
        number=told.number,
        period_from=told.days[0],
        period_to=told.days[1],
        on=on,
        watch=_watch(run, alerts),
        rules=rules_by(overlay_of(own_values(county), region), region, on),
        courses=list(courses_since(before, run, alerts)) if before else (),
        gaps=list(gap_lines(county, told.days, standard)),
        issuer=str(county),
        first=before is None,
        before=_named(before) if before else None,
        language=told.language,
    )


def last_issued(county: Organisation, standard: str) -> Paper | None:
    """The county's last bulletin of a standard; one issued before papers named their standard counts for all."""
    issued = Paper.objects.filter(county=county, kind=PaperKind.BULLETIN, standard__in=("", standard))
    return issued.order_by("-issued_at", "-pk").first()


def _named(paper: Paper) -> Text:
    days = f"{paper.first_day} – {paper.last_day}"
    on = localdate(paper.issued_at)
    return Text(f"{paper.name.zh}（{days}，{on} 印发）", f"{paper.name.en} ({days}, issued {on})")


def _watch(run: Run, alerts: Sequence[Alert]) -> Watch:
    """What the last run found, put together again from what was kept of it."""
    raised = tuple(alert_from_json(one.said) for one in alerts if one.last_seen == run.at)
    idle = tuple(
        Unwatched(one["rule"], _text(one["name"]), _text(one["reason"]), tuple(one["missing"]))
        for one in run.idle
    )
    return Watch(run.finding.year, raised, idle)


def courses_since(before: Paper, run: Run, alerts: Sequence[Alert]) -> Iterator[Followed]:
    """What became of each alert since the bulletin before: new, continuing, gone, or no longer to be told.

    What came and went between the two stood in neither, and is left out.
    """
    told, still = told_in(before, alerts), set(run.still)
    for one in alerts:
        seen, was = alert_from_json(one.said), one.key in told
        if one.state == AlertState.GONE:
            if was:
                yield Followed(
                    "closed", seen, Recheck("closed", Text("重算数据已通过", "the recomputed data passes"))
                )
        elif one.last_seen >= run.at:
            yield Followed("continuing" if was else "new", seen)
        elif was and one.key in still:
            yield Followed("continuing", seen)
        elif was:
            words = Text("新数据不足以判定", "the new data cannot tell")
            yield Followed("cannot_tell", seen, Recheck("cannot_tell", words))


def told_in(paper: Paper, alerts: Sequence[Alert]) -> set[str]:
    """Keys of the alerts a bulletin listed; of one that did not keep them, those that stood on the day it was issued."""
    if paper.told is not None:
        return set(paper.told)
    at = paper.issued_at
    return {one.key for one in alerts if one.first_seen <= at and (one.gone_at is None or one.gone_at > at)}


def keys_told(county: Organisation, standard: str) -> list[str]:
    """Keys of the alerts a bulletin of the standard lists now: all that are not gone."""
    standing = Alert.objects.filter(county=county, standard=standard).exclude(state=AlertState.GONE)
    return sorted(standing.values_list("key", flat=True))


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
        owner=gap.owner_name,
        found_on=localdate(gap.opened_at),
        deadline=gap.due_on,
        state=_label(gap),
        returns=sum(one.act == Act.SEND_BACK for one in events),
        escalations=[f"{localdate(one.at):%m-%d} {half(one.words)}" for one in events if one.act in _DELAY],
        evidence=[one.evidence.name for one in events if one.evidence],
        closed_on=localdate(gap.closed_at) if gap.closed_at else None,
        recheck=answers if answers.zh else None,
    )


def _label(gap: Gap) -> Text:
    with override(CHINESE):
        zh = str(gap.get_state_display())
    with override(ENGLISH):
        return Text(zh, str(gap.get_state_display()))


def _text(found: Any) -> Text:
    return Text(found["zh"], found["en"])
