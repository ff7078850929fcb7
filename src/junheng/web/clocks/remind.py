"""Making reminders: each of a return, a deadline and a stage, once, however often it is run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.deadlines import Duty
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind_evidence import of_evidence
from junheng.web.clocks.remind_gaps import of_monitoring
from junheng.web.clocks.remind_ledgers import of_ledgers
from junheng.web.clocks.standing import Standing, responsible, standings
from junheng.web.clocks.terms import Limits, in_force, limits_of
from junheng.web.filing.models import CountyYear
from junheng.web.filing.states import State
from junheng.web.people.models import Account

_LATE = "late"


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder before it is kept."""

    account: Account
    key: str
    words: Text
    address: str
    due_on: date | None


def remind(now: datetime | None = None) -> int:
    """Make what is due now, of every year that is open and of monitoring; how many are new. Six queries a year."""
    moment = now or timezone.now()
    years = CountyYear.objects.filter(frozen_at=None).select_related("county")
    made = sum(_kept(_of_year(year, timezone.localdate(moment)), moment) for year in years)
    letters = chain(of_monitoring(moment), of_ledgers(moment), of_evidence(moment))
    return made + _kept(
        (Told(who, one.key, one.words, one.address, one.due_on) for who, one in letters), moment
    )


@transaction.atomic
def _kept(told: Iterable[Told], now: datetime) -> int:
    wanted = {(one.account.pk, one.key): one for one in told}
    keys = {key for _, key in wanted}
    there = set(Notice.objects.filter(key__in=keys).values_list("account_id", "key"))
    new = [
        Notice(
            account=one.account, key=one.key, zh=one.words.zh[:300], en=one.words.en[:300], address=one.address,
            due_on=one.due_on, made_at=now,
        )
        for at, one in wanted.items()
        if at not in there
    ]  # fmt: skip
    Notice.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)  # another run may be at it
    return len(new)


def _of_year(year: CountyYear, today: date) -> Iterator[Told]:
    found, limits = standings(year, today), in_force(limits_of(year.county), today)
    for one in found:
        if one.deadline.duty == Duty.SCHOOL:
            yield from _to_school(one, year, limits)
    officers = responsible(year.county, today).get(year.county_id, ())
    yield from _to_officers(found, year, limits, officers)


def stage_of(days: int, limits: Limits) -> str:
    """ "late", the number of days told before (the least that is reached), or "" while nothing is to be said."""
    if days < 0:
        return _LATE
    return next((str(one) for one in limits.remind_days_before if days <= one), "")


def _to_school(one: Standing, year: CountyYear, limits: Limits) -> Iterator[Told]:
    filing, due, days = one.filing, one.deadline.due_on, one.days
    if days is None:
        return
    stage, is_back = stage_of(days, limits), filing.state == State.RETURNED
    name, address = f"{filing.school.name} {year.year}", reverse("filing", args=[filing.pk])
    words = {
        _LATE: Text(f"{name} 年报表已过截止日期 {due}，请尽快提交", f"{name}: the return was due on {due}"),
        "back": Text(
            f"{name} 年报表被退回，请在 {due} 前改好再交", f"{name}: sent back, mend it until {due}"
        ),
    }
    near = Text(f"{name} 年报表 {due} 截止，请按时提交", f"{name}: the return is due on {due}")
    if is_back and stage.isdigit() and int(stage) >= limits.days_after_return:
        stage = ""  # the word that it came back says as much
    for account in one.people:
        if is_back:
            yield Told(account, f"back:{filing.pk}:{due}", words["back"], address, due)
        if stage:
            yield Told(
                account,
                f"file:{filing.pk}:{filing.state}:{due}:{stage}",
                words.get(stage, near),
                address,
                due,
            )


def _to_officers(
    found: Sequence[Standing], year: CountyYear, limits: Limits, officers: Sequence[Account]
) -> Iterator[Told]:
    """One notice for all returns of a day: an officer with a hundred schools gets one, not a hundred."""
    address, name = reverse("clocks_year", args=[year.pk]), f"{year.county.name} {year.year}"
    late = sum(one.is_late and one.deadline.duty == Duty.SCHOOL for one in found)
    lines: list[tuple[str, Text, date]] = []
    if late:
        words = Text(f"{name} 年：{late} 所学校逾期未报", f"{name}: {late} schools have not reported in time")
        lines.append((f"{_LATE}:{year.pk}:{year.due_on}", words, year.due_on))
    for (due, stage), count in _waiting(found, limits).items():
        words = Text(
            f"{name} 年：{count} 份报表待审核，限 {due} 前", f"{name}: {count} returns to review until {due}"
        )
        lines.append((f"review:{year.pk}:{due}:{stage}", words, due))
    for account in officers:
        for key, words, due in lines:
            yield Told(account, key, words, address, due)


def _waiting(found: Sequence[Standing], limits: Limits) -> Counter[tuple[date, str]]:
    count: Counter[tuple[date, str]] = Counter()
    for one in found:
        due = one.deadline.due_on
        if one.deadline.duty == Duty.BUREAU and due and (stage := stage_of(one.days or 0, limits)):
            count[due, stage] += 1
    return count


def by_account(notices: Iterable[Notice]) -> dict[Account, list[Notice]]:
    """Notices by whose they are."""
    found: dict[Account, list[Notice]] = defaultdict(list)
    for one in notices:
        found[one.account].append(one)
    return found
