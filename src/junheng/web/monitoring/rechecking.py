"""The one way a gap closes: newer data, recomputed by the library, pass everything it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from junheng.basics import Text
from junheng.judgement.monitoring import Gap as Asked
from junheng.judgement.monitoring import Recheck, gap_from_key
from junheng.web.findings.models import Finding
from junheng.web.monitoring.clocks import clocks, proposed_due
from junheng.web.monitoring.models import Answer, Gap
from junheng.web.monitoring.states import STANDING, Act, State, transition
from junheng.web.monitoring.writing import Told, locked, write

Ask = Callable[[Asked], Recheck]
_TOLD = ("answer", "answer_words", "answer_finding", "answered_at")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a finding says of a gap: of all that it is about together, and of each in words."""

    answer: Answer
    words: Sequence[Text]
    finding: Finding
    now: datetime


def is_newer(finding: Finding, gap: Gap) -> bool:
    """Whether a finding holds newer data than the one that showed the gap and the one last asked."""
    if finding.standard != gap.finding.standard or finding.county_id != gap.county_id:
        return False
    held = [gap.finding, *([gap.answer_finding] if gap.answer_finding else [])]
    return all((finding.year, finding.pk) > (one.year, one.pk) for one in held)


def recheck_county(finding: Finding, asking: Callable[[Gap], Ask], now: datetime) -> int:
    """Ask newer data of every gap of the county, standing or closed; how many were answered."""
    chosen = Gap.objects.filter(county=finding.county_id, finding__standard=finding.standard)
    gaps = chosen.filter(after__isnull=True).select_related("finding", "answer_finding")
    count = 0
    for gap in gaps.prefetch_related("alerts"):
        if is_newer(finding, gap):
            recheck_one(gap, finding, asking, now)
            count += 1
    return count


def recheck_one(gap: Gap, finding: Finding, asking: Callable[[Gap], Ask], now: datetime) -> None:
    """Ask one finding about one gap, by the rules of the day it was opened, and take the answer in."""
    _take_in(gap.pk, answered(gap, finding, asking(gap), now))


def answered(gap: Gap, finding: Finding, ask: Ask, now: datetime) -> Answered:
    """The library's recheck of every alert of the gap. It passes only where all pass; one failure fails it."""
    told = [ask(gap_from_key(alert.key, gap.finding.year)) for alert in gap.alerts.all()]
    statuses = {one.status for one in told}
    answer = Answer.FAILS if "open" in statuses else Answer.UNTOLD
    if statuses == {"closed"}:
        answer = Answer.PASSES
    return Answered(answer, [one.reason for one in told], finding, now)


@transaction.atomic
def _take_in(pk: int, told: Answered) -> None:
    """Close, keep open or open anew, under the gap's lock; what somebody did meanwhile is seen first."""
    gap = locked(pk)
    if not is_newer(told.finding, gap):
        return
    gap.answer, gap.answer_finding, gap.answered_at = told.answer, told.finding, told.now
    gap.answer_words = [{"zh": one.zh, "en": one.en} for one in told.words]
    gap.save(update_fields=_TOLD)
    if gap.state in STANDING:
        _move(gap, told)
    elif told.answer == Answer.FAILS:
        _reopen(gap, told)


def _move(gap: Gap, told: Answered) -> None:
    act = {Answer.PASSES: Act.CLOSE, Answer.FAILS: Act.FAIL}.get(told.answer)
    way = transition(act, State(gap.state)) if act else None
    if way is not None:
        gap.state = way.after
        if way.after == State.CLOSED:
            gap.closed_by, gap.closed_at = told.finding, told.now
        gap.save(update_fields=["state", "closed_by", "closed_at"])
    write(gap, Told(way.act.value if way else "recheck", _words(told)), None, told.now)


def _words(told: Answered) -> Text:
    year = told.finding.year
    zh = "；".join(one.zh for one in told.words)
    en = "; ".join(one.en for one in told.words)
    return Text(
        f"{year} 年数据复算：{told.answer.label}。{zh}", f"recheck on {year}: {told.answer.value}. {en}"
    )


def _reopen(old: Gap, told: Answered) -> None:
    """A new gap that names the old one: same owner, another deadline; none where somebody opened one already."""
    if Gap.objects.filter(alerts__in=old.alerts.all(), state__in=STANDING).exists():
        return
    days = clocks().days_to_put_right
    words = Text(
        f"第 {old.pk} 项销号后数据又不通过，另立本项，期限 {days} 天",
        f"gap {old.pk} was closed and its data fail again; {days} days are given",
    )
    same = ("county", "school", "title", "owner", "owner_place", "owner_role", "measures", "passing")
    new = Gap.objects.create(
        **{name: getattr(old, name) for name in (*same, "overlay", "rules_on")},
        **{name: getattr(old, name) for name in _TOLD},
        finding=told.finding,
        due_on=proposed_due(localdate(told.now)),
        opened_at=told.now,
        before=old,
    )
    new.alerts.set(old.alerts.all())
    write(new, Told("reopen", words), None, told.now)
