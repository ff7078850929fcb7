"""What the pages of the ledgers show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from junheng.basics import Text
from junheng.judgement.ledgers import (
    Entry,
    FindingEntry,
    Ledger,
    LedgerItem,
    LedgerReport,
    RateResult,
    ledgers,
)
from junheng.reports import share_words
from junheng.web.ledgers.models import Hazard, Record
from junheng.web.ledgers.reading import hazard_row, told_of
from junheng.web.monitoring.clocks import level_name, level_of
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

TABS = {
    "standing": Text("未销号", "Standing"),
    "overdue": Text("逾期", "Overdue"),
    "review": Text("待复查", "To review"),
    "closed": Text("已销号", "Closed"),
}
_JOINED = ("school", "found_by", "reviewed_by", "before", "after")
_LATE = frozenset({"overdue", "returned"})


@dataclass(frozen=True, slots=True)
class HazardLine:
    """A hazard with the library's word on it, and to whom it has gone."""

    hazard: Hazard
    entry: FindingEntry
    ledger: Ledger
    level: Text

    @property
    def is_late(self) -> bool:
        """Past its day and not closed or waiting for review."""
        return self.entry.state in _LATE and self.entry.late_days > 0


def hazards_of(place: Organisation) -> QuerySet[Hazard]:
    """The hazards of a county or a school."""
    of = {"county": place} if place.kind == Kind.COUNTY else {"school": place}
    return Hazard.objects.filter(**of).select_related(*_JOINED)


def lines_of(hazards: Iterable[Hazard], today: date) -> list[HazardLine]:
    """Each with its state: the library is asked once a ledger."""
    found: dict[str, list[Hazard]] = {}
    for one in hazards:
        found.setdefault(one.ledger, []).append(one)
    lines = []
    for key, held in found.items():
        ledger = ledgers()[key]
        told = told_of(ledger, [hazard_row(one, {}) for one in held], today)
        lines += [_line(one, told[one.number], ledger, today) for one in held]
    return sorted(lines, key=lambda line: (line.hazard.due_on, line.hazard.number))


def _line(hazard: Hazard, entry: FindingEntry, ledger: Ledger, today: date) -> HazardLine:
    is_open = entry.state in ("open", "overdue", "returned")
    level = level_name(level_of(hazard.due_on, today)) if is_open else Text("", "")
    return HazardLine(hazard, entry, ledger, level)


def tabbed(lines: Sequence[HazardLine]) -> dict[str, list[HazardLine]]:
    """The lines of each tab."""
    return {
        "standing": [one for one in lines if one.entry.state != "closed"],
        "overdue": [one for one in lines if one.is_late],
        "review": [one for one in lines if one.entry.state == "to_review"],
        "closed": [one for one in lines if one.entry.state == "closed"],
    }


@dataclass(frozen=True, slots=True)
class RateLine:
    """One item's rate as the library tells it; schools by name."""

    rate: RateResult
    share: str
    failing: list[str]
    unrecorded: list[str]
    expired: list[tuple[str, date]]


def rate_lines(report: LedgerReport) -> list[RateLine]:
    """The rates with the schools that fall short, have not recorded, whose record expired."""
    names = {key: one.name for key, one in report.schools.items()}
    lapsed: dict[str, dict[str, date]] = {}
    for one in report.expired:
        if one.expires_on is not None:
            lapsed.setdefault(one.item, {})[one.school_id] = one.expires_on
    found = []
    for rate in report.rates:
        old = lapsed.get(rate.item.id, {})
        found.append(
            RateLine(
                rate,
                share_words(rate),
                [names[key] for key in rate.failing],
                [names[key] for key in rate.unrecorded if key not in old],
                [(names[key], day) for key, day in old.items() if key in rate.unrecorded],
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item at a school: the record in force, else what expired; the newest record as typed."""

    item: LedgerItem
    newest: Record | None
    held: Entry | None
    expired: Entry | None


def item_lines(report: LedgerReport, code: str, records: Iterable[Record]) -> list[ItemLine]:
    """Every item of the ledger at the school with ``code``; ``records``: that school's, newest first."""
    newest: dict[str, Record] = {}
    for one in records:
        newest.setdefault(one.item, one)
    expired = {one.item: one for one in report.expired if one.school_id == code}
    return [
        ItemLine(item, newest.get(item.id), report.held.get((code, item.id)), expired.get(item.id))
        for item in report.ledger.items
    ]


@dataclass(frozen=True, slots=True)
class WeakLine:
    """A weak school and what is recorded of each of the four firsts, by its name: None where nothing counts."""

    name: str
    firsts: list[tuple[Text, bool | None]]


def weak_lines(report: LedgerReport) -> list[WeakLine]:
    """The weak schools by the returns, which the planner puts first; none where the ledger is not of weak schools."""
    if any(item.rate.only != "weak" for item in report.ledger.items):
        return []
    found = []
    for key, school in report.schools.items():
        if school.is_weak:
            held = [(item.name, report.held.get((key, item.id))) for item in report.ledger.items]
            firsts = [(name, None if one is None else bool(one.value)) for name, one in held]
            found.append(WeakLine(school.name, firsts))
    return found


def unflagged(report: LedgerReport) -> int:
    """How many schools do not say whether they are weak."""
    return sum(one.is_weak is None for one in report.schools.values())
