"""One county in one year as the rows that item facts are written over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from junheng.basics import STAGES
from junheng.indicators.fields import NOT_ADDITIVE, UNIT, fields_of
from junheng.indicators.items.county_tables import CountyTables, Row
from junheng.indicators.items.lazy_row import LazyRow
from junheng.indicators.parameters import Parameters

FARTHEST = 3  # parents followed from a row to the school it ends up in
_BY_SCHOOL = ("premises", "finance")
_PUPILS_OF = {"primary_pupils": "primary", "junior_pupils": "junior"}


@dataclass(frozen=True, slots=True)
class SchoolUnit:
    """A school with whatever is merged into it (``members``, itself first) and its row over ``UNIT``."""

    school_id: str
    name: str
    stages: tuple[str, ...]
    members: tuple[str, ...]
    row: Mapping[str, Any]


class Scene:
    """The rows of one county. Everything is computed when first asked for."""

    def __init__(self, tables: CountyTables, county: str, parameters: Parameters) -> None:
        self.county = county
        self.parameters = parameters
        self._tables = tables
        self._rows: dict[str, list[Row]] = {}
        self.kept: dict[
            object, Any
        ] = {}  # what was measured of it, for a scene in which a few schools change

    def has_rows(self, name: str) -> bool:
        """Whether the county has any row of the table."""
        return bool(self.rows(name))

    def rows(self, name: str) -> list[Row]:
        """The county's rows of one table."""
        if name not in self._rows:
            self._rows[name] = self._tables.rows(name, self.county)
        return self._rows[name]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What to call each school."""
        return {row["school_id"]: row["name"] or row["school_id"] for row in self.rows("school")}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """School → the school of this county it is counted with: itself, or where it is merged into."""
        schools = {row["school_id"]: row for row in self.rows("school")}
        moves = {key: row["parent_school_id"] for key, row in schools.items() if self._moves(row)}
        found = {}
        for key in schools:
            home = key
            for _ in range(FARTHEST):
                home = moves.get(home, home)
            found[key] = home if home in schools and home not in moves else key
        return found

    def _moves(self, row: Row) -> bool:
        if row["parent_school_id"] is None or row["parent_school_id"] == row["school_id"]:
            return False
        if row["kind"] == "teaching_point":
            policy = self.parameters.teaching_point_policy
            if policy != "exclude":
                return policy == "merge_into_parent"
        return row["is_counted"] is False

    @cached_property
    def school_stages(self) -> Sequence[Row]:
        """Every school-stage of the standard's stages over ``UNIT``, with columns that are absent as None."""
        schools = _keyed(self.rows("school"), ("school_id",))
        found = []
        for row in self.rows("stage"):
            if row["stage"] in self.parameters.stages:
                school, key = (row["school_id"],), (row["school_id"], row["stage"])
                parts = {name: held.get(school, {}) for name, held in self._beside.items()}
                parts |= {"county": self._county_row(), "school": schools.get(school, {})}
                parts |= {"teacher_count": self._teachers.get(key, {}), "stage": row}
                found.append(LazyRow(fields_of(UNIT), partial(_cell_of_stage, parts)))
        return found

    def _county_row(self) -> Row:
        rows = self.rows("county")
        return rows[0] if rows else {}

    @cached_property
    def schools(self) -> Sequence[SchoolUnit]:
        """Every school that has a stage of the standard and pupils (or an unknown number of them)."""
        members: dict[str, list[str]] = {}
        for row in self.rows("school"):
            home = self.homes[row["school_id"]]
            members.setdefault(home, []).append(row["school_id"])
        stages = _grouped(self.rows("stage"))
        units = []
        for row in self.rows("school"):
            own = row["school_id"]
            if self.homes[own] == own:
                ordered = (own, *(one for one in members[own] if one != own))
                unit = self._unit(row, ordered, stages)
                if unit is not None and unit.row["pupils"] != 0:
                    units.append(unit)
        return units

    @cached_property
    def unit_of(self) -> Mapping[str, SchoolUnit]:
        """The unit each school of the county is part of."""
        return {member: unit for unit in self.schools for member in unit.members}

    def _unit(
        self, school: Row, members: tuple[str, ...], stages: Mapping[str, list[Row]]
    ) -> SchoolUnit | None:
        parts = [
            row for one in members for row in stages.get(one, ()) if row["stage"] in self.parameters.stages
        ]
        if not parts:
            return None
        keys = [(row["school_id"], row["stage"]) for row in parts]
        rows: dict[str, Sequence[Mapping[str, Any]]] = {
            name: [held.get((one,), {}) for one in members] for name, held in self._beside.items()
        }
        rows |= {"stage": parts, "teacher_count": [self._teachers.get(key, {}) for key in keys]}
        rows |= {"school": [school], "county": [self._county_row()]}
        row = LazyRow(fields_of(UNIT), partial(_cell_of_school, rows))
        present = {part["stage"] for part in parts}
        ordered = tuple(str(stage) for stage in STAGES if stage in present)
        own = str(school["school_id"])
        return SchoolUnit(own, self.names[own], ordered, members, row)

    @cached_property
    def _teachers(self) -> Mapping[tuple[str, ...], Row]:
        return _keyed(self.rows("teacher_count"), ("school_id", "stage"))

    @cached_property
    def _beside(self) -> Mapping[str, Mapping[tuple[str, ...], Row]]:
        return {name: _keyed(self.rows(name), ("school_id",)) for name in _BY_SCHOOL}


def _keyed(rows: Iterable[Row], keys: Sequence[str]) -> dict[tuple[str, ...], Row]:
    return {tuple(row[key] for key in keys): row for row in rows}


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["school_id"], []).append(row)
    return found


def _cell_of_stage(parts: Mapping[str, Mapping[str, Any]], name: str) -> Any:
    """A cell of a school-stage: of the table that has the column; a stage it is not of has no pupils."""
    if name in _PUPILS_OF:
        return parts["stage"]["pupils"] if parts["stage"]["stage"] == _PUPILS_OF[name] else Fraction(0)
    if name in ("school_id", "stage", "year"):
        return parts["stage"][name]
    field = fields_of(UNIT)[name]
    return parts[field.table].get(field.column)


def _cell_of_school(rows: Mapping[str, Sequence[Mapping[str, Any]]], name: str) -> Any:
    """A cell of a school: numbers added up over its parts (the greatest of what does not add up)."""
    if name in _PUPILS_OF:
        return _total([row["pupils"] for row in rows["stage"] if row["stage"] == _PUPILS_OF[name]])
    if name in ("school_id", "year"):
        return rows["school"][0][name]
    if name == "stage":
        return None
    field = fields_of(UNIT)[name]
    values = [row.get(field.column) for row in rows[field.table]]
    if field.type != "number":
        return values[0] if field.table in ("school", "county") else None
    return _greatest(values) if name in NOT_ADDITIVE else _total(values)


def _total(values: Sequence[Fraction | None]) -> Fraction | None:
    if len(values) == 1:
        return values[0]
    known = [value for value in values if value is not None]
    return None if len(known) < len(values) else sum(known, Fraction(0))


def _greatest(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return None if len(known) < len(values) or not known else max(known)
