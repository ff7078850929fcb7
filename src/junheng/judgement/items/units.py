"""Items that ask every school: each unit against its line, relaxations and all, with what it lacks."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from junheng.indicators import (
    BY_SCHOOL,
    ChangedScene,
    ItemFact,
    Number,
    Scene,
    Unit,
    condition_on,
    measure_each,
    measure_rooms,
)
from junheng.judgement.compare import exact_line
from junheng.judgement.items.asked import Asked, Line, Relaxed, easiest, line_for
from junheng.judgement.items.lines import (
    is_named,
    keeps,
    more_is_better,
    word_of,
)
from junheng.judgement.items.words import absent_cells, school_below
from junheng.judgement.results import SchoolItemTest
from junheng.judgement.verdict import Verdict
from junheng.standards import Item, ItemTest, Limit


class UnitTest(NamedTuple):
    """One unit's test, and the relaxations whose line was used."""

    unit: Unit
    result: SchoolItemTest
    relaxed: tuple[str, ...]


def judge_units(item: Item, test: ItemTest, fact: ItemFact, limit: Limit, scene: Scene) -> list[UnitTest]:
    """Every unit the test asks, judged; in a county in which a few schools changed the others stay as they were."""
    key = item.id, item.tests.index(test)
    if key not in scene.kept:
        if isinstance(scene, ChangedScene) and fact.over in BY_SCHOOL:
            fresh = _judge_all(item, test, fact, limit, scene.few)
            before = judge_units(item, test, fact, limit, scene.before)
            scene.kept[key] = _beside(fresh, before, scene)
        else:
            scene.kept[key] = _judge_all(item, test, fact, limit, scene)
    found: list[UnitTest] = scene.kept[key]
    return found


def _beside(fresh: Sequence[UnitTest], before: Sequence[UnitTest], scene: ChangedScene) -> list[UnitTest]:
    others = [one for one in before if one.unit.school and scene.changed.isdisjoint(one.unit.school.members)]
    return sorted([*others, *fresh], key=lambda one: scene.order[one.unit.key])


def _judge_all(item: Item, test: ItemTest, fact: ItemFact, limit: Limit, scene: Scene) -> list[UnitTest]:
    relaxed = [
        Relaxed(one.id, found, condition_on(one.when, scene))
        for one in item.relaxations
        if (found := one.limits.get(test.limit)) is not None
    ]
    asked = Asked(item, test, fact, limit, relaxed)
    rooms = fact.gives == "enough"
    units = measure_rooms(fact, scene) if rooms else measure_each(fact, scene, filters(item, test))
    return [_judge(asked, unit) for unit in units]


def filters(asked_of: Item, test: ItemTest) -> Mapping[str, Callable[[object], bool]]:
    """Whether a row is one the test is for, by the fact's filters."""
    return {name: _named(asked_of.limits[key]) for name, key in test.only.items()}


def _named(limit: Limit) -> Callable[[object], bool]:
    return lambda value: is_named(limit, value)


def _judge(asked: Asked, unit: Unit) -> UnitTest:
    """Verdict, line, shortfall and reason of one unit."""
    used = base = line_for(asked, "", asked.limit, unit)
    verdict = _verdict(asked, unit, base)
    ids: tuple[str, ...] = ()
    absent = _absent(unit)
    if verdict is not Verdict.MET and asked.relaxations:
        sure, maybe, lacking = _relaxations(asked, unit)
        if sure:
            used = easiest(asked, (base, *sure.values()))
            verdict = _verdict(asked, unit, used)
            ids = tuple(key for key, line in sure.items() if line(None) == used(None) != base(None))
        if verdict is Verdict.NOT_MET and maybe:
            wider = easiest(asked, (used, *maybe))
            if _verdict(asked, unit, wider) is not Verdict.NOT_MET:
                verdict, absent = Verdict.CANNOT_TELL, lacking
    return UnitTest(unit, _result(asked, unit, verdict, used, absent), ids)


def _relaxations(asked: Asked, unit: Unit) -> tuple[dict[str, Line], list[Line], tuple[str, ...]]:
    """Lines of those that hold, of those that cannot be told, and the columns for want of which they cannot."""
    sure: dict[str, Line] = {}
    maybe: list[Line] = []
    lacking: list[str] = []
    for relaxed in asked.relaxations:
        if unit.school is None:
            continue
        holds, columns = relaxed.told[unit.school.place]
        if holds is not False:
            line = line_for(asked, relaxed.id, relaxed.limit, unit)
            if holds:
                sure[relaxed.id] = line
            else:
                maybe.append(line)
                lacking += columns
    return sure, maybe, tuple(dict.fromkeys(lacking))


def _absent(unit: Unit) -> tuple[str, ...]:
    if unit.absent or not unit.figures:  # of whose figures nothing is told
        return unit.absent
    if len(unit.figures) == 1:
        return unit.figures[0].absent
    return tuple(dict.fromkeys(name for figure in unit.figures for name in figure.absent))


def _verdict(asked: Asked, unit: Unit, line: Line) -> Verdict:
    if unit.absent:
        return Verdict.CANNOT_TELL
    if asked.fact.gives == "enough":
        return _enough(asked, unit, line)
    at = line(None)
    known = [] if at is None else [figure.value for figure in unit.figures if figure.value is not None]
    if known and at is not None:
        worst = min(known) if more_is_better(asked.limit) else max(known)
        if not keeps(asked.limit, worst, at):
            return Verdict.NOT_MET
    return Verdict.MET if len(known) == len(unit.figures) else Verdict.CANNOT_TELL


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
    return ceil(Fraction(unit.need or 0, exact_line(per))) if isinstance(per, Decimal) else 0


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
    fact, key, at = asked.fact, asked.test.limit, line(None)
    if verdict is Verdict.CANNOT_TELL:
        return _cannot_tell(asked, at, absent)
    value = _value(asked, unit, line)
    if verdict is Verdict.MET:
        return SchoolItemTest(fact.id, key, verdict, value, at, 0.0, fact.quantity_unit, None)
    lacks = _shortfall(asked, unit, line)
    more = fact.gives == "enough" or more_is_better(asked.limit)
    why = school_below(fact, key, lacks, more) if lacks else None
    return SchoolItemTest(fact.id, key, verdict, value, at, float(lacks), fact.quantity_unit, why)


def _cannot_tell(asked: Asked, line: Decimal | None, absent: tuple[str, ...]) -> SchoolItemTest:
    fact = asked.fact
    sized = (f"{fact.over}.{fact.size}",) if fact.gives == "enough" and not absent else ()
    key = (absent or sized, line)
    if key not in asked.open_ones:
        why = absent_cells(absent or sized)
        asked.open_ones[key] = SchoolItemTest(
            fact.id, asked.test.limit, Verdict.CANNOT_TELL, None, line, None, fact.quantity_unit, why
        )
    return asked.open_ones[key]


def _value(asked: Asked, unit: Unit, line: Line) -> float | None:
    if asked.fact.gives == "enough":
        return float(rooms_of(asked, unit, line))
    known = [figure.value for figure in unit.figures if figure.value is not None]
    return float(max(known)) if known else None


def _shortfall(asked: Asked, unit: Unit, line: Line) -> Number:
    if asked.fact.gives == "enough":
        return needed_rooms(asked, unit) - rooms_of(asked, unit, line)
    at = line(None)
    gaps = [
        lacking(asked.fact, asked.limit, figure.numerator, figure.denominator, at)
        for figure in unit.figures
        if at is not None and figure.value is not None and not keeps(asked.limit, figure.value, at)
    ]
    return sum(gaps)


def lacking(fact: ItemFact, limit: Limit, top: Number | None, bottom: Number | None, line: Decimal) -> Number:
    """How far the numerator is from its line, in its own unit; whole things rounded up, one more where strict."""
    apart = exact_line(line) * (bottom or 0) - (top or 0)
    gap = apart if apart >= 0 else -apart
    if not fact.whole:
        return gap
    below = gap // 1
    return below + 1 if below < gap or word_of(limit) in ("大于", "小于") else below
