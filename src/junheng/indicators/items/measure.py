"""Facts measured over a county: totals, a figure for each school, rooms beside the rooms needed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Stage
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.fields import UNIT, fields_of
from junheng.indicators.items.catalogue import filter_of, parsed
from junheng.indicators.items.county_tables import Row
from junheng.indicators.items.fact import ItemFact
from junheng.indicators.items.scene import Scene, SchoolUnit
from junheng.indicators.reference.values import value_of

Holds = Callable[[Any], bool]
Only = Mapping[str, Holds]  # filter → whether its value is one the limit names; asked of present values only


@dataclass(frozen=True, slots=True)
class Absent:
    """Cells that are absent in one row: whose row it is, and which columns ("finance.training_spending_yuan")."""

    owner: str
    stage: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """One figure of a county. ``fault``: why there is none beside absent cells (no_rows:t, no_value, conflict:c)."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    absent: tuple[Absent, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row's value, numerator and denominator, or the columns for want of which it has none."""

    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """One room of a kind: its size where known, and the stage it is marked for."""

    size: Fraction | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A school, a school-stage or a row, with its figures; of rooms also how many are needed for (``need``)."""

    key: str
    stage: str | None
    school: SchoolUnit | None
    figures: tuple[Figure, ...] = ()
    rooms: tuple[Room, ...] = ()
    need: Fraction | None = None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One row's part of a total: its figure, or what is absent; ``once``: the value by which a denominator counts once."""

    owner: str
    figure: Figure | None
    absent: Absent | None
    once: Any = None


def measure_total(fact: ItemFact, scene: Scene, stage: Stage | None, only: Only) -> Total:
    """``fact`` over the county's rows, those of ``stage`` where one is named."""
    return total_of(fact, shares_of(fact, scene, stage, only), stage)


def shares_of(fact: ItemFact, scene: Scene, stage: Stage | None, only: Only) -> list[Share]:
    """The rows ``measure_total`` adds up, one by one, each with whose it is."""
    found = []
    if fact.expected_when:
        found += [Share(absent.owner, None, absent) for absent in _expected(fact, scene)]
    top, bottom = _sides(fact, stage)
    for row in _rows(fact, scene, stage):
        inside, lacking = _inside(fact, row, only)
        if lacking:
            found.append(Share(_owner(row), None, _whose(row, lacking)))
        elif inside:
            figure = _figure(top, bottom, row, fact)
            absent = _whose(row, figure.absent) if figure.absent else None
            found.append(Share(_owner(row), figure, absent, row[fact.once_per] if fact.once_per else None))
    return found


def total_of(fact: ItemFact, shares: Sequence[Share], stage: Stage | None) -> Total:
    """What the rows come to together."""
    chosen = [share for share in shares if share.figure is not None]
    absent = [share.absent for share in shares if share.figure is None and share.absent]
    if not chosen and not absent:
        return Total(None, None, None, (), f"no_rows:{_table(fact)}")
    absent += [share.absent for share in chosen if share.absent]
    if absent:
        return Total(None, None, None, tuple(sorted(absent, key=lambda one: (one.owner, one.stage or ""))))
    return _ratio(fact, chosen, _sides(fact, stage)[1])


def _ratio(fact: ItemFact, shares: Sequence[Share], bottom: Expression) -> Total:
    figures = [share.figure for share in shares if share.figure is not None]
    numerator = sum((found.numerator or Fraction(0) for found in figures), Fraction(0))
    parts = [found.denominator or Fraction(0) for found in figures]
    if fact.once_per:
        once: dict[Any, Fraction] = {}
        for share, part in zip(shares, parts, strict=True):
            if once.setdefault(share.once, part) != part:
                return Total(None, None, None, (), f"conflict:{_column(fact, bottom.columns[0])}")
        parts = list(once.values())
    denominator = sum(parts, Fraction(0))
    if denominator == 0:
        return Total(numerator, denominator, None, (), "no_value")
    value = numerator / denominator
    return Total(
        numerator, denominator, value if fact.at_most is None else min(value, Fraction(fact.at_most))
    )


def measure_each(fact: ItemFact, scene: Scene, only: Only) -> list[Unit]:
    """The units of ``fact`` that are concerned, each with its figures."""
    if fact.over == "monitoring":
        top, bottom = _sides(fact, None)
        return [
            Unit(f"{row['subject']} {row['grade']}", None, None, (_figure(top, bottom, row, fact),))
            for row in scene.rows("monitoring")
        ]
    return list(_classes(fact, scene) if fact.over == "class" else _schools(fact, scene, only))


def _schools(fact: ItemFact, scene: Scene, only: Only) -> Iterator[Unit]:
    top, bottom = _sides(fact, None)
    for school in chosen_schools(fact, scene):
        inside, lacking = _inside(fact, school.row, only)
        lacking = (*lacking, *_unsure(fact, school)) if inside or lacking else ()
        if lacking:
            yield Unit(school.school_id, None, school, absent=_named(fact, lacking))
        elif inside:
            yield Unit(school.school_id, None, school, (_figure(top, bottom, school.row, fact),))


def _classes(fact: ItemFact, scene: Scene) -> Iterator[Unit]:
    """Each school-stage with its classes and those of its campuses, each of which may list them or not."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in scene.rows("class"):
        rows.setdefault((row["school_id"], row["stage"]), []).append(row)
    stages = {(row["school_id"], row["stage"]): row for row in scene.school_stages}
    for school in chosen_schools(fact, scene):
        unsure = _unsure(fact, school)
        for stage in school.stages:
            keys = [(member, stage) for member in school.members]
            figures = tuple(f for key in keys for f in _listed(fact, rows.get(key, ()), stages.get(key)))
            if figures:
                told = () if unsure else figures
                yield Unit(school.school_id, stage, school, told, absent=unsure)


def _listed(fact: ItemFact, classes: Sequence[Row], stage: Row | None) -> Iterator[Figure]:
    """The classes of one school or campus; where it lists none, the figure that ``otherwise`` names."""
    top, bottom = _sides(fact, None)
    for row in classes:
        yield _figure(top, bottom, row, fact)
    if not classes and stage is not None and stage["pupils"] != 0:
        yield _figure(parsed(fact, fact.otherwise, scope=UNIT), None, stage, fact, UNIT)


def measure_rooms(fact: ItemFact, scene: Scene) -> list[Unit]:
    """The rooms of each school and what they are needed for; no row of the table in the county: absent."""
    listed: dict[str, list[Row]] = {}
    where = parsed(fact, fact.where, "boolean")
    for row in scene.rows(fact.over):
        if value_of(where.tree, row) is not False:
            listed.setdefault(scene.homes.get(row["school_id"], row["school_id"]), []).append(row)
    size, need = parsed(fact, fact.size), parsed(fact, fact.need, scope=UNIT)
    nothing = () if scene.has_rows(fact.over) else tuple(f"{fact.over}.{name}" for name in size.columns)
    found = []
    for school in chosen_schools(fact, scene):
        rooms = tuple(
            Room(value_of(size.tree, row) if value_of(where.tree, row) else None, row["stage"])
            for row in listed.get(school.school_id, ())
        )
        needed = value_of(need.tree, school.row)
        lacking = (
            *_unsure(fact, school),
            *nothing,
            *(_lacking(need, school.row, UNIT) if needed is None else ()),
        )
        found.append(Unit(school.school_id, None, school, rooms=rooms, need=needed, absent=lacking))
    return found


def chosen_schools(fact: ItemFact, scene: Scene) -> Iterator[SchoolUnit]:
    """The schools ``fact`` is about, and those of which that cannot be told."""
    of = parsed(fact, fact.of, "boolean", UNIT) if fact.of else None
    for school in scene.schools:
        if of is None or value_of(of.tree, school.row) is not False:
            yield school


def _unsure(fact: ItemFact, school: SchoolUnit) -> tuple[str, ...]:
    """The columns for want of which nobody can tell whether ``fact`` is about ``school``."""
    return condition_on(fact.of, school)[1] if fact.of else ()


def condition_on(text: str, school: SchoolUnit) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the condition ``text`` holds for ``school``; unknown: with the columns that are absent."""
    when = parse_expression(text, kind="boolean", table=UNIT)
    found: bool | None = value_of(when.tree, school.row)
    return found, () if found is not None else _lacking(when, school.row, UNIT)


def _rows(fact: ItemFact, scene: Scene, stage: Stage | None) -> Iterator[Row]:
    rows = scene.school_stages if fact.over == "school_stage" else scene.rows(fact.over)
    for row in rows:
        if stage is None or "stage" not in row or row["stage"] == stage:
            yield row


def _inside(fact: ItemFact, row: Row, only: Only) -> tuple[bool, tuple[str, ...]]:
    """Whether the row is one the test is for; where that cannot be told, the columns that are absent."""
    lacking: list[str] = []
    if fact.where:
        where = parsed(fact, fact.where, "boolean")
        found = value_of(where.tree, row)
        if found is False:
            return False, ()
        lacking += [] if found is True else [name for name in where.columns if row[name] is None]
    for name, holds in only.items():
        expression = filter_of(fact, name)
        value = value_of(expression.tree, row)
        if value is None:
            lacking += [column for column in expression.columns if row[column] is None]
        elif not holds(value):
            return False, ()
    return not lacking, tuple(dict.fromkeys(_named(fact, lacking)))


def _sides(fact: ItemFact, stage: Stage | None) -> tuple[Expression, Expression]:
    return parsed(fact, fact.numerator_of(stage)), parsed(fact, fact.denominator)


def _figure(top: Expression, bottom: Expression | None, row: Row, fact: ItemFact, scope: str = "") -> Figure:
    """One row's figure; a denominator of 0 leaves it without a value."""
    numerator = value_of(top.tree, row)
    denominator = Fraction(1) if bottom is None else value_of(bottom.tree, row)
    absent = [] if numerator is not None else [name for name in top.columns if row[name] is None]
    if bottom is not None and denominator is None:
        absent += [name for name in bottom.columns if row[name] is None]
    told = numerator is not None and denominator
    value = None if not told else numerator if denominator == 1 else numerator / denominator
    return Figure(value, numerator, denominator, tuple(dict.fromkeys(_named(fact, absent, scope))))


def _lacking(expression: Expression, row: Mapping[str, Any], scope: str) -> tuple[str, ...]:
    return tuple(_place(scope, name) for name in expression.columns if row[name] is None)


def _named(fact: ItemFact, columns: Sequence[str], scope: str = "") -> tuple[str, ...]:
    return tuple(name if "." in name else _column(fact, name, scope) for name in columns)


def _column(fact: ItemFact, name: str, scope: str = "") -> str:
    is_unit = scope == UNIT or fact.over in ("school_stage", "school")
    return _place(UNIT if is_unit else fact.over, name)


def _place(scope: str, name: str) -> str:
    return ".".join(place_of(scope, name))


def place_of(scope: str, name: str) -> tuple[str, str]:
    """Table and column that ``name`` stands for in rows of ``scope``."""
    field = fields_of(scope)[name]
    return field.table, field.column


def _table(fact: ItemFact) -> str:
    return "stage" if fact.over == "school_stage" else fact.over


def _whose(row: Row, columns: Sequence[str]) -> Absent:
    return Absent(_owner(row), row.get("stage"), tuple(columns))


def _owner(row: Row) -> str:
    owner = row.get("school_id") or row.get("senior_school_id") or row.get("respondent_group")
    return str(owner or row.get("county_code") or "")


def _expected(fact: ItemFact, scene: Scene) -> Iterator[Absent]:
    """School-stages that should have a row and have none; unknown: they should."""
    when = parsed(fact, fact.expected_when, "boolean", UNIT)
    present = {(row["school_id"], row["stage"]) for row in scene.rows(fact.over)}
    names = [name for side in _sides(fact, None) for name in side.columns]
    columns = tuple(f"{fact.over}.{name}" for name in dict.fromkeys(names))
    for row in scene.school_stages:
        if (row["school_id"], row["stage"]) not in present and value_of(when.tree, row) is True:
            yield Absent(row["school_id"], row["stage"], columns)
