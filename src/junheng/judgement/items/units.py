"""Items that ask every school: each unit against its line, relaxations and all, with what it lacks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from junheng.indicators import (
    ItemFact,
    Scene,
    Unit,
    condition_on,
    measure_each,
    measure_rooms,
)
from junheng.judgement.items.lines import (
    figures_of,
    is_named,
    keeps,
    more_is_better,
    strictest,
    widest,
    word_of,
)
from junheng.judgement.items.words import absent_cells, school_below
from junheng.judgement.results import SchoolItemTest
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Item, ItemTest, Limit

Line = Callable[[str | None], Decimal | None]  # stage of a row (None: unmarked) → the line for it


@dataclass(frozen=True, slots=True)
class UnitTest:
    """One unit's test, and the relaxations whose line was used."""

    unit: Unit
    result: SchoolItemTest
    relaxed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one test asks: the item, the test, its fact and its limit."""

    item: Item
    test: ItemTest
    fact: ItemFact
    limit: Limit


def filters(asked_of: Item, test: ItemTest) -> dict[str, Callable[[object], bool]]:
    """Whether a row is one the test is for, by the fact's filters."""
    return {name: _named(asked_of.limits[key]) for name, key in test.only.items()}


def _named(limit: Limit) -> Callable[[object], bool]:
    return lambda value: is_named(limit, value)


def judge_unit(asked: Asked, unit: Unit) -> UnitTest:
    """Verdict, line, shortfall and reason of one unit."""
    base = _line(asked, asked.limit, unit)
    sure, maybe, lacking = _relaxations(asked, unit)
    verdict = _verdict(asked, unit, base)
    used: Line = base
    ids: tuple[str, ...] = ()
    if verdict is not Verdict.MET and sure:
        used = _easiest(asked.limit, [base, *(line for _, line in sure)])
        verdict = _verdict(asked, unit, used)
        ids = tuple(key for key, line in sure if line(None) == used(None) != base(None))
    absent = _absent(unit)
    if verdict is Verdict.NOT_MET and maybe:
        wider = _easiest(asked.limit, [used, *(line for _, line in maybe)])
        if _verdict(asked, unit, wider) is not Verdict.NOT_MET:
            verdict, absent = Verdict.CANNOT_TELL, lacking
    return UnitTest(unit, _result(asked, unit, verdict, used, absent), ids)


def _relaxations(
    asked: Asked, unit: Unit
) -> tuple[list[tuple[str, Line]], list[tuple[str, Line]], tuple[str, ...]]:
    """Those that hold, those that cannot be told, and the columns for want of which they cannot."""
    sure: list[tuple[str, Line]] = []
    maybe: list[tuple[str, Line]] = []
    lacking: list[str] = []
    for relaxation in asked.item.relaxations if unit.school is not None else ():
        limit = relaxation.limits.get(asked.test.limit)
        if limit is None or unit.school is None:
            continue
        found, columns = condition_on(relaxation.when, unit.school)
        if found is None:
            lacking += columns
        if found is not False:
            (sure if found else maybe).append((relaxation.id, _line(asked, limit, unit)))
    return sure, maybe, tuple(dict.fromkeys(lacking))


def _line(asked: Asked, limit: Limit, unit: Unit) -> Line:
    """Of a school the widest of its stages' lines; of a room that is marked for no stage the strictest."""
    school = unit.school
    stages = (unit.stage,) if unit.stage else school.stages if school else ()
    kind = str(school.row["kind"] or "") if school is not None and unit.stage is None else ""
    choose = strictest if asked.fact.gives == "enough" else widest

    def line(stage: str | None) -> Decimal | None:
        if stage is not None and asked.fact.gives == "enough":
            return choose(limit, figures_of(asked.item, limit, "", (stage,)))
        return choose(limit, figures_of(asked.item, limit, kind, stages))

    return line


def _easiest(limit: Limit, lines: Sequence[Line]) -> Line:
    return lambda stage: widest(limit, [found for line in lines if (found := line(stage)) is not None])


def _absent(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*unit.absent, *(name for figure in unit.figures for name in figure.absent)]))


def _verdict(asked: Asked, unit: Unit, line: Line) -> Verdict:
    if unit.absent:
        return Verdict.CANNOT_TELL
    if asked.fact.gives == "enough":
        return _enough(asked, unit, line)
    at = line(None)
    return all_of(
        Verdict.CANNOT_TELL
        if at is None or figure.value is None
        else (Verdict.MET if keeps(asked.limit, figure.value, at) else Verdict.NOT_MET)
        for figure in unit.figures
    )


def _enough(asked: Asked, unit: Unit, line: Line) -> Verdict:
    if unit.need is None:
        return Verdict.CANNOT_TELL
    needed, sure, maybe = needed_rooms(asked, unit), rooms_of(asked, unit, line), _unsized(unit)
    if sure >= needed:
        return Verdict.MET
    return Verdict.CANNOT_TELL if sure + maybe >= needed else Verdict.NOT_MET


def needed_rooms(asked: Asked, unit: Unit) -> int:
    """One room for each so many, rounded up."""
    per = asked.item.limits[asked.test.per].value
    return ceil((unit.need or Fraction(0)) / Fraction(per)) if isinstance(per, Decimal) else 0


def rooms_of(asked: Asked, unit: Unit, line: Line) -> int:
    """Rooms that are large enough."""
    count = 0
    for room in unit.rooms:
        at = line(room.stage)
        count += room.size is not None and at is not None and keeps(asked.limit, room.size, at)
    return count


def _unsized(unit: Unit) -> int:
    return sum(room.size is None for room in unit.rooms)


def _result(
    asked: Asked, unit: Unit, verdict: Verdict, line: Line, absent: tuple[str, ...]
) -> SchoolItemTest:
    fact, key = asked.fact, asked.test.limit
    unknown = verdict is Verdict.CANNOT_TELL
    lacks = Fraction(0) if verdict is Verdict.MET else None if unknown else _shortfall(asked, unit, line)
    why = None
    if unknown:
        sized = (f"{fact.over}.{fact.size}",) if fact.gives == "enough" and not absent else ()
        why = absent_cells(absent or sized)
    elif lacks:
        why = school_below(fact, key, lacks, fact.gives == "enough" or more_is_better(asked.limit))
    value = None if unknown else _value(asked, unit, line)
    told = None if lacks is None else float(lacks)
    return SchoolItemTest(fact.id, key, verdict, value, line(None), told, fact.quantity_unit, why)


def _value(asked: Asked, unit: Unit, line: Line) -> float | None:
    if asked.fact.gives == "enough":
        return float(rooms_of(asked, unit, line))
    known = [figure.value for figure in unit.figures if figure.value is not None]
    return float(max(known)) if known else None


def _shortfall(asked: Asked, unit: Unit, line: Line) -> Fraction:
    if asked.fact.gives == "enough":
        return Fraction(needed_rooms(asked, unit) - rooms_of(asked, unit, line))
    at = line(None)
    gaps = [
        lacking(asked, figure.numerator, figure.denominator, at)
        for figure in unit.figures
        if at is not None and figure.value is not None and not keeps(asked.limit, figure.value, at)
    ]
    return sum(gaps, Fraction(0))


def lacking(asked: Asked, top: Fraction | None, bottom: Fraction | None, line: Decimal) -> Fraction:
    """How far the numerator is from its line, in its own unit; whole things rounded up, one more where strict."""
    gap = abs(Fraction(line) * (bottom or Fraction(0)) - (top or Fraction(0)))
    if not asked.fact.whole:
        return gap
    return Fraction(floor(gap) + 1 if word_of(asked.limit) in ("大于", "小于") else ceil(gap))


def units_of(asked: Asked, scene: Scene) -> list[Unit]:
    """The units the test asks."""
    if asked.fact.gives == "enough":
        return measure_rooms(asked.fact, scene)
    return measure_each(asked.fact, scene, filters(asked.item, asked.test))
