"""Rates of a ledger's items over the schools they are for, told as an interval where records lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from junheng.basics import Text
from junheng.judgement.ledgers.definition import Ledger, LedgerItem
from junheng.judgement.ledgers.records import Entry
from junheng.judgement.ledgers.schools import LedgerSchool
from junheng.judgement.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RateResult:
    """``met`` of ``whole`` (schools, or classes); ``unknown`` of them without a record in force.

    ``failing`` and ``unrecorded`` are ids of schools. ``verdict`` is None where the item has no goal.
    """

    item: LedgerItem
    met: int
    unknown: int
    whole: int
    failing: tuple[str, ...]
    unrecorded: tuple[str, ...]
    outside: tuple[str, ...]
    verdict: Verdict | None
    reason: Text

    @property
    def span(self) -> tuple[Fraction, Fraction] | None:
        """Least and greatest share: the unknown ones being none or all of them met; None over nothing."""
        if not self.whole:
            return None
        return Fraction(self.met, self.whole), Fraction(self.met + self.unknown, self.whole)


def rates(
    ledger: Ledger, held: Mapping[tuple[str, str], Entry], schools: Mapping[str, LedgerSchool]
) -> Iterator[RateResult]:
    """The rate of every item, in the ledger's order."""
    for item in ledger.items:
        entries = {school: held.get((school, item.id)) for school in schools}
        yield (
            _classes(item, entries, schools)
            if item.rate.of == "classes"
            else _schools(item, entries, schools)
        )


def _schools(
    item: LedgerItem, entries: Mapping[str, Entry | None], schools: Mapping[str, LedgerSchool]
) -> RateResult:
    met, failing, unrecorded, outside = 0, [], [], []
    for key, school in schools.items():
        entry = entries[key]
        belongs = school.belongs(item.rate.areas, item.rate.only)
        if belongs is False:
            continue
        if belongs is None:
            outside.append(key)  # whether it belongs here is not known: told, counted as unknown
        if entry is None or key in outside:
            unrecorded.append(key)
        elif _fits(item, entry.value):
            met += 1
        else:
            failing.append(key)
    whole = met + len(failing) + len(unrecorded)
    return _result(item, met, len(unrecorded), whole, failing, unrecorded, outside)


def _fits(item: LedgerItem, value: Decimal) -> bool:
    rate = item.rate
    if item.kind == "yes_no":
        return value == 1
    above = rate.at_least is None or value >= rate.at_least
    return above and (rate.at_most is None or value <= rate.at_most)


def _classes(
    item: LedgerItem, entries: Mapping[str, Entry | None], schools: Mapping[str, LedgerSchool]
) -> RateResult:
    """Classes with the thing over all classes; a school without either figure leaves its classes unknown.

    Where a school's number of classes is not known, nothing of it can be counted: the rate's whole is told short.
    """
    met = unknown = whole = 0
    failing, unrecorded, outside = [], [], []
    for key, school in schools.items():
        entry = entries[key]
        if school.classes is None:
            outside.append(key)
            continue
        whole += school.classes
        if entry is None:
            unknown += school.classes
            unrecorded.append(key)
            continue
        counted = min(int(entry.value), school.classes)
        met += counted
        if counted < school.classes:
            failing.append(key)
    return _result(item, met, unknown, whole, failing, unrecorded, outside)


def _result(
    item: LedgerItem,
    met: int,
    unknown: int,
    whole: int,
    failing: list[str],
    unrecorded: list[str],
    outside: list[str],
) -> RateResult:
    told = RateResult(
        item, met, unknown, whole, tuple(failing), tuple(unrecorded), tuple(outside), None, Text("", "")
    )
    verdict, reason = _verdict(told)
    return RateResult(
        item, met, unknown, whole, tuple(failing), tuple(unrecorded), tuple(outside), verdict, reason
    )


def _verdict(told: RateResult) -> tuple[Verdict | None, Text]:
    unknown = Text(
        f"{len(told.unrecorded)}所没有有效记录", f"{len(told.unrecorded)} schools without a record in force"
    )
    failing = Text(f"{len(told.failing)}所没有做到", f"{len(told.failing)} schools fall short")
    goal = told.item.goal
    if goal is None:
        return None, unknown if told.unrecorded else failing
    if told.span is None or (told.outside and told.item.rate.of == "classes"):
        return Verdict.CANNOT_TELL, Text("没有可算的学校或班数", "no schools or classes to count")
    least, greatest = told.span
    if greatest < Fraction(goal):
        return Verdict.NOT_MET, failing
    if least >= Fraction(goal):
        return Verdict.MET, Text("达到目标", "the goal is reached")
    return Verdict.CANNOT_TELL, unknown
