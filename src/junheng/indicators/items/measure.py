"""Facts measured over a county: totals, a figure for each school, rooms beside the rooms needed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from junheng.basics import Stage
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.fields import UNIT, fields_of
from junheng.indicators.items.catalogue import filter_of, parsed
from junheng.indicators.items.fact import ItemFact
from junheng.indicators.items.frame import Frame, Number, total
from junheng.indicators.items.scene import Scene, SchoolUnit

Holds = Callable[[Any], bool]
Only = Mapping[str, Holds]  # filter → whether its value is one the limit names; asked of present values only
Inside = (
    bool | tuple[str, ...]
)  # whether a test is for a row, or the columns for want of which nobody can tell


class Absent(NamedTuple):
    """Cells that are absent in one row: whose row it is, and which columns ("finance.training_spending_yuan")."""

    owner: str
    stage: str
    columns: tuple[str, ...]


class Total(NamedTuple):
    """One figure of a county. ``fault``: why there is none beside absent cells (no_rows:t, no_value, conflict:c)."""

    numerator: Number | None
    denominator: Number | None
    value: Fraction | None
    absent: Sequence[Absent] = ()
    fault: str = ""


class Figure(NamedTuple):
    """One row's value, numerator and denominator, or the columns for want of which it has none."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    absent: tuple[str, ...] = ()


class Room(NamedTuple):
    """One room of a kind: its size where known, and the stage it is marked for."""

    size: Number | None
    stage: str | None


class Unit(NamedTuple):
    """A school, a school-stage or a row, with its figures; of rooms also how many are needed for (``need``)."""

    key: str
    stage: str | None
    school: SchoolUnit | None
    figures: Sequence[Figure] = ()
    rooms: Sequence[Room] = ()
    need: Number | None = None
    absent: tuple[str, ...] = ()


def measure_total(fact: ItemFact, scene: Scene, stage: Stage | None, only: Only) -> Total:
    """``fact`` over the county's rows, those of ``stage`` where one is named."""
    frame = rows_of(fact, scene)
    inside = _inside(fact, frame, only)
    rows = [row for row in _of_stage(frame, stage) if inside[row] is not False]
    chosen = [row for row in rows if inside[row] is True]
    absent = list(_expected(fact, scene)) if fact.expected_when else []
    if not rows and not absent:
        return Total(None, None, None, (), f"no_rows:{_table(fact)}")
    top, bottom = _sides(fact, stage)
    lacks = _lacks(frame, top, bottom)
    open_ones = [(row, found) for row in rows if isinstance(found := inside[row], tuple)]
    open_ones += [(row, lacks[row]) for row in chosen if lacks[row]]
    absent += [Absent(*frame.owners[row], found) for row, found in open_ones]
    if absent:
        return Total(None, None, None, sorted(absent, key=lambda one: one[:2]))
    return _ratio(fact, frame, chosen, top, bottom)


def _ratio(fact: ItemFact, frame: Frame, rows: Sequence[int], top: Expression, bottom: Expression) -> Total:
    tops, bottoms = frame.values(top), frame.values(bottom)
    numerator = total(tops[row] or 0 for row in rows)
    parts = [bottoms[row] or 0 for row in rows]
    if fact.once_per:
        names = frame.column(fact.once_per)
        once: dict[Any, Number] = {}
        for row, part in zip(rows, parts, strict=True):
            if once.setdefault(names[row], part) != part:
                return Total(None, None, None, (), f"conflict:{frame.place(bottom.columns[0])}")
        parts = list(once.values())
    denominator = total(parts)
    if denominator == 0:
        return Total(numerator, denominator, None, (), "no_value")
    value = Fraction(numerator, denominator)
    return Total(
        numerator, denominator, value if fact.at_most is None else min(value, Fraction(fact.at_most))
    )


def measure_each(fact: ItemFact, scene: Scene, only: Only) -> list[Unit]:
    """The units of ``fact`` that are concerned, each with its figures."""
    if fact.over == "monitoring":
        frame = scene.table("monitoring")
        figures = _figures(frame, *_sides(fact, None))
        names = zip(frame.column("subject"), frame.column("grade"), strict=True)
        return [
            Unit(f"{subject} {grade}", None, None, (figure,))
            for (subject, grade), figure in zip(names, figures, strict=True)
        ]
    return list(_classes(fact, scene) if fact.over == "class" else _schools(fact, scene, only))


def _schools(fact: ItemFact, scene: Scene, only: Only) -> Iterator[Unit]:
    frame = scene.school_rows
    figures, inside = _figures(frame, *_sides(fact, None)), _inside(fact, frame, only)
    for school, unsure in chosen_schools(fact, scene):
        found = inside[school.place]
        if found is False:
            continue
        lacking = unsure if found is True else (*found, *unsure)
        if lacking:
            yield Unit(school.school_id, None, school, absent=lacking)
        else:
            yield Unit(school.school_id, None, school, (figures[school.place],))


def _classes(fact: ItemFact, scene: Scene) -> Iterator[Unit]:
    """Each school-stage with its classes and those of its campuses, each of which may list them or not."""
    classes, stages = scene.table("class"), scene.stage_rows
    figures = _figures(classes, *_sides(fact, None))
    listed: dict[tuple[str, str], list[Figure]] = {}
    for key, figure in zip(_stage_keys(classes), figures, strict=True):
        listed.setdefault(key, []).append(figure)
    instead = _figures(stages, parsed(fact, fact.otherwise, scope=UNIT), None)
    reported = dict(zip(_stage_keys(stages), zip(stages.column("pupils"), instead, strict=True), strict=True))
    otherwise = {key: figure for key, (pupils, figure) in reported.items() if pupils != 0}
    for school, unsure in chosen_schools(fact, scene):
        for stage in school.stages:
            own: list[Figure] = []
            for member in school.members:  # one that lists no class is told by the figure ``otherwise`` names
                key = (member, stage)
                own += listed.get(key) or ([otherwise[key]] if key in otherwise else [])
            if own:
                yield Unit(school.school_id, stage, school, () if unsure else own, absent=unsure)


def _stage_keys(frame: Frame) -> list[tuple[str, str]]:
    return list(zip(frame.column("school_id"), frame.column("stage"), strict=True))


def measure_rooms(fact: ItemFact, scene: Scene) -> list[Unit]:
    """The rooms of each school and what they are needed for; no row of the table in the county: absent."""
    frame, units = scene.table(fact.over), scene.school_rows
    where, size = parsed(fact, fact.where, "boolean"), parsed(fact, fact.size)
    need = parsed(fact, fact.need, scope=UNIT)
    listed: dict[str, list[Room]] = {}
    rows = zip(
        *map(frame.column, ("school_id", "stage")), frame.values(where), frame.values(size), strict=True
    )
    for school_id, stage, is_one, area in rows:
        if is_one is not False:
            home = scene.homes.get(school_id, school_id)
            listed.setdefault(home, []).append(Room(area if is_one else None, stage))
    nothing = () if scene.has_rows(fact.over) else tuple(map(frame.place, size.columns))
    needs, lacks = units.values(need), units.lacks(need)
    found = []
    for school, unsure in chosen_schools(fact, scene):
        needed = needs[school.place]
        lacking = (*unsure, *nothing, *(lacks[school.place] if needed is None else ()))
        rooms = listed.get(school.school_id, ())
        found.append(Unit(school.school_id, None, school, rooms=rooms, need=needed, absent=lacking))
    return found


def chosen_schools(fact: ItemFact, scene: Scene) -> Iterator[tuple[SchoolUnit, tuple[str, ...]]]:
    """The schools ``fact`` is about, and those of which that cannot be told with the columns for want of which it cannot."""
    told = condition_on(fact.of, scene) if fact.of else [(True, ())] * len(scene.schools)
    for school, (holds, lacking) in zip(scene.schools, told, strict=True):
        if holds is not False:
            yield school, lacking


def condition_on(text: str, scene: Scene) -> list[tuple[bool | None, tuple[str, ...]]]:
    """Whether the condition ``text`` holds for each school; unknown: with the columns that are absent."""
    when, frame = parse_expression(text, kind="boolean", table=UNIT), scene.school_rows
    holds = frame.values(when)
    lacks = frame.lacks(when) if frame.has_gaps(when) else [()] * frame.size
    return [(found, lacking if found is None else ()) for found, lacking in zip(holds, lacks, strict=True)]


def rows_of(fact: ItemFact, scene: Scene) -> Frame:
    """The rows ``fact`` is written over."""
    if fact.over in ("school_stage", "school"):
        return scene.stage_rows if fact.over == "school_stage" else scene.school_rows
    return scene.table(fact.over)


def _of_stage(frame: Frame, stage: Stage | None) -> Sequence[int]:
    if stage is None or "stage" not in fields_of(frame.scope):
        return range(frame.size)
    return [row for row, found in enumerate(frame.column("stage")) if found == stage]


def _inside(fact: ItemFact, frame: Frame, only: Only) -> Sequence[Inside]:
    """Whether each row is one the test is for; where that cannot be told, the columns that are absent."""
    asked = [parsed(fact, fact.where, "boolean")] if fact.where else []
    told = [frame.values(where) for where in asked]
    for name, holds in only.items():
        asked.append(filter_of(fact, name))
        told.append([None if value is None else holds(value) for value in frame.values(asked[-1])])
    if not told:
        return [True] * frame.size
    return [
        False if False in row else _unless(asked, frame, place, row)
        for place, row in enumerate(zip(*told, strict=True))
    ]


def _unless(asked: Sequence[Expression], frame: Frame, place: int, told: Sequence[bool | None]) -> Inside:
    open_ones = [one for one, holds in zip(asked, told, strict=True) if holds is None]
    lacking = tuple(dict.fromkeys(name for one in open_ones for name in frame.lacks(one)[place]))
    return lacking or True


def _sides(fact: ItemFact, stage: Stage | None) -> tuple[Expression, Expression]:
    return parsed(fact, fact.numerator_of(stage)), parsed(fact, fact.denominator)


def _figures(frame: Frame, top: Expression, bottom: Expression | None) -> list[Figure]:
    """Each row's figure; a denominator of 0 leaves it without a value."""
    bottoms = [1] * frame.size if bottom is None else frame.values(bottom)
    return [
        Figure(_quotient(above, below), above, below, lacking)
        for above, below, lacking in zip(frame.values(top), bottoms, _lacks(frame, top, bottom), strict=True)
    ]


def _quotient(top: Number | None, bottom: Number | None) -> Number | None:
    if top is None or not bottom:
        return None
    return top if bottom == 1 else Fraction(top, bottom)


def _lacks(frame: Frame, top: Expression, bottom: Expression | None) -> Sequence[tuple[str, ...]]:
    """For each row the columns for want of which ``top``, or ``bottom``, has no value there."""
    sides = [side for side in (top, bottom) if side is not None and frame.has_gaps(side)]
    if not sides:
        return [()] * frame.size
    told = [zip(frame.values(side), frame.lacks(side), strict=True) for side in sides]
    open_ones = [[lacking if value is None else () for value, lacking in side] for side in told]
    if len(open_ones) == 1:
        return open_ones[0]
    pairs = zip(*open_ones, strict=True)
    return [tuple(dict.fromkeys((*one, *other))) if one and other else one or other for one, other in pairs]


def _table(fact: ItemFact) -> str:
    return "stage" if fact.over == "school_stage" else fact.over


def _expected(fact: ItemFact, scene: Scene) -> Iterator[Absent]:
    """School-stages that should have a row and have none; unknown: they should."""
    rows = scene.stage_rows
    when = rows.values(parsed(fact, fact.expected_when, "boolean", UNIT))
    present = set(_stage_keys(scene.table(fact.over)))
    names = [name for side in _sides(fact, None) for name in side.columns]
    columns = tuple(f"{fact.over}.{name}" for name in dict.fromkeys(names))
    for key, is_expected in zip(_stage_keys(rows), when, strict=True):
        if key not in present and is_expected is True:
            yield Absent(*key, columns)
