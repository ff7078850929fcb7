"""What is known of each school as a whole: reported cells of it and its campuses, rooms, further figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from junheng.basics import STAGES
from junheng.data import Snapshot
from junheng.indicators import CountyTables, Scene, SchoolUnit
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.parameters import parameters_of
from junheng.judgement.school_standards.figures import NO_FIGURES, Figures
from junheng.judgement.school_standards.names import ROOM_TABLE, STAGE_TABLES, Name, reported_names
from junheng.judgement.school_standards.places import Places
from junheng.standards import Standard

_COMPULSORY = frozenset({"primary", "junior"})
_GREATEST = frozenset({"max_class_size"})  # of the largest part: it does not add up


@dataclass(frozen=True, slots=True)
class Fact:
    """One value (None: absent) and the cells it comes from."""

    value: Value
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """One school with whatever is merged into it. ``facts``: every name asked for."""

    school_id: str
    name: str
    kind: str
    urban_rural_code: str
    is_weak: bool
    stages: tuple[str, ...]
    facts: Mapping[str, Fact]

    def values(self) -> dict[str, Value]:
        """The facts as expressions read them."""
        return {name: fact.value for name, fact in self.facts.items()}


class County:
    """The schools of one county and year with a primary or junior stage, merged as ``counting`` says."""

    def __init__(self, snapshot: Snapshot, counting: Standard, year: int, county: str) -> None:
        parameters = replace(parameters_of(counting), stages=STAGES)  # a school is all its stages
        self._scene = Scene(CountyTables(snapshot.tables, year), county, parameters)
        self._places = Places(snapshot, year)
        self.ids = frozenset(self._scene.names)
        self._by_school = {table: self._grouped(table) for table in (*STAGE_TABLES, ROOM_TABLE)}

    def _grouped(self, table: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for row in self._scene.rows(table):
            found.setdefault(row["school_id"], []).append(row)
        return found

    def _rows(self, table: str, unit: SchoolUnit) -> list[Mapping[str, Any]]:
        return [row for one in unit.members for row in self._by_school[table].get(one, ())]

    def schools(self, names: Sequence[str], figures: Figures = NO_FIGURES) -> list[KnownSchool]:
        """Every school with the facts called ``names``, in the order of the input."""
        return [
            self._school(unit, names, figures)
            for unit in self._scene.schools
            if _COMPULSORY & set(unit.stages)
        ]

    def listed(self) -> list[tuple[str, str]]:
        """Code and name of each of these schools and of every campus merged into one: who fills in the book."""
        names = self._scene.names
        return [
            (one, names[one])
            for unit in self._scene.schools
            if _COMPULSORY & set(unit.stages)
            for one in unit.members
        ]

    def _school(self, unit: SchoolUnit, names: Sequence[str], figures: Figures) -> KnownSchool:
        return KnownSchool(
            unit.school_id, unit.name, str(unit.row["kind"] or ""), str(unit.row["urban_rural_code"] or ""),
            unit.row["is_weak"] is True, unit.stages, {name: self._fact(name, unit, figures) for name in names},
        )  # fmt: skip

    def _fact(self, name: str, unit: SchoolUnit, figures: Figures) -> Fact:
        where = reported_names().get(name)
        if where is None:
            return _figure(name, unit, figures)
        if where.room:
            return self._rooms(where.room, unit)
        if where.stage:
            return self._of_stage(where, unit)
        return Fact(unit.row[name], self._cells(where, unit))

    def _cells(self, where: Name, unit: SchoolUnit) -> tuple[str, ...]:
        if where.table in STAGE_TABLES:
            keys = [(row["school_id"], row["stage"]) for row in self._rows("stage", unit)]
        else:
            members = unit.members if where.table != "school" else unit.members[:1]
            keys = [(one, "") for one in members]
        return tuple(self._places.cell(where.table, where.column, one, stage) for one, stage in keys)

    def _of_stage(self, where: Name, unit: SchoolUnit) -> Fact:
        """The part of one stage; a school without that stage has none of it."""
        keys = [row["school_id"] for row in self._rows("stage", unit) if row["stage"] == where.stage]
        if not keys:
            return Fact(Fraction(0), ())
        held = {
            row["school_id"]: row[where.column]
            for row in self._rows(where.table, unit)
            if row["stage"] == where.stage
        }
        values = [held.get(key) for key in keys]
        cells = tuple(self._places.cell(where.table, where.column, key, where.stage) for key in keys)
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return Fact(None, cells)
        return Fact(max(known) if where.column in _GREATEST else sum(known, Fraction(0)), cells)

    def _rooms(self, kind: str, unit: SchoolUnit) -> Fact:
        """Rooms of a kind: absent where the county lists no room at all, or one of the school has no kind."""
        mine = [row["kind"] for row in self._rows(ROOM_TABLE, unit)]
        cells = tuple(f"{ROOM_TABLE} {one}" for one in unit.members)
        if not self._by_school[ROOM_TABLE] or None in mine:
            return Fact(None, cells)
        return Fact(Fraction(sum(one == kind for one in mine)), cells)


def _figure(name: str, unit: SchoolUnit, figures: Figures) -> Fact:
    """A further figure, added up over the school and what is merged into it; absent where one lacks it."""
    held = [figures.held.get((one, name)) for one in unit.members]
    known = [one for one in held if one is not None]
    if len(known) < len(held):
        lacking = [one for one, found in zip(unit.members, held, strict=True) if found is None]
        return Fact(None, tuple(f"{figures.file or '补充数据'} {one}" for one in lacking))
    return Fact(sum((one.value for one in known), Fraction(0)), tuple(one.where for one in known))
