"""The rows that the facts of items look at, for one county and year (docs/method/items.md, 2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.data import load_dictionary
from junheng.standards import Standard
from junheng.verification.cells import Cells, Year, empty, number
from junheng.verification.items_tables import ItemTables
from junheng.verification.merging import additive, merged

_SCHOOL = ("school", "premises", "finance", "county")
_BY_STAGE = ("stage", "teacher_count")
_ORDER = ("school_id", "senior_school_id", "respondent_group")
_LARGEST = frozenset({"max_class_size"})
StageKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row a fact is read from; ``tables`` says in which table each of its columns stands."""

    key: StageKey
    cells: Cells
    tables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class School:
    """A school with what was merged into it. ``stages``: those of the standard that it teaches."""

    row: Row
    members: tuple[str, ...]
    stages: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its kind, "" where it was not reported."""
        return str(self.row.cells.get("kind") or "")


class Scene:
    """One county in one year: its schools, and the rows of its other tables."""

    def __init__(self, tables: ItemTables, county: str, standard: Standard) -> None:
        self.code = county
        self.stages = tuple(str(stage) for stage in standard.stages)
        self.tables = tables
        self.reported = _only(tables.year, tables.schools.get(county, []))
        self.county = next(iter(tables.of("county", county)), empty("county"))
        self._merged = merged(self.reported, standard.counting)
        members = self._merged.members.items()
        self.homes = {member: home for home, found in members for member in found}

    def rows(self, over: str) -> list[Row]:
        """The rows of ``over``: school_stage, or a table of the county or of its schools; by their key."""
        if over == "school_stage":
            return [self.stage_row(key) for key in self.stage_keys()]
        owners = list(self.reported.schools) if over in {"cohort", "quota", "class"} else [self.code]
        found = [row for owner in owners for row in self.tables.of(over, owner)]
        columns = dict.fromkeys(load_dictionary().tables[over].columns, over)
        rows = [Row((_owner(row), str(row.get("stage") or "")), row, columns) for row in found]
        return sorted(rows, key=lambda row: (row.key[0], self._place(row.key[1])))

    def table(self, over: str) -> str:
        """The table whose rows ``over`` goes through."""
        return "stage" if over == "school_stage" else over

    def stage_keys(self) -> list[StageKey]:
        """The school-stages of the standard, campuses and teaching points among them, by school and stage."""
        keys = [key for key in self.reported.stages if key[1] in self.stages]
        return sorted(keys, key=lambda key: (key[0], self._place(key[1])))

    def stage_row(self, key: StageKey) -> Row:
        """A school-stage as reported, with what its school and county reported."""
        year, school = self.reported, key[0]
        parts = {
            "school": year.schools[school],
            "stage": year.stages.get(key, empty("stage")),
            "teacher_count": year.teachers.get(key, empty("teacher_count")),
            "premises": year.premises.get(school, empty("premises")),
            "finance": year.finance.get(school, empty("finance")),
            "county": self.county,
        }
        return Row(key, *_joined(parts))

    def schools(self) -> Iterator[School]:
        """The schools that have pupils, or whose pupils are unknown, in a stage of the standard; by code."""
        year = self._merged
        for school in sorted(year.schools):
            stages = tuple(stage for stage in self.stages if (school, stage) in year.stages)
            if stages:
                row = self._school_row(school, stages)
                if row.cells["pupils"] != 0:
                    yield School(row, year.members[school], stages)

    def _school_row(self, school: str, stages: Sequence[str]) -> Row:
        year = self._merged
        of_table = {"school": year.schools, "premises": year.premises, "finance": year.finance}
        parts = {table: of_table[table].get(school, empty(table)) for table in of_table}
        found = [year.stages[school, stage] for stage in stages]
        teachers = [year.teachers.get((school, stage), empty("teacher_count")) for stage in stages]
        parts |= {"stage": _summed(found, "stage"), "teacher_count": _summed(teachers, "teacher_count")}
        cells, tables = _joined(parts | {"county": self.county})
        for stage in ("primary", "junior"):
            row = year.stages.get((school, stage)) if stage in self.stages else None
            cells[f"{stage}_pupils"] = Fraction(0) if row is None else row.get("pupils")
        return Row((school, ""), cells, {**tables, "primary_pupils": _PUPILS, "junior_pupils": _PUPILS})

    def rooms(self, school: School) -> list[Row]:
        """The special rooms of a school and of what was merged into it."""
        columns = dict.fromkeys(load_dictionary().tables["special_room"].columns, "special_room")
        rows = [row for member in school.members for row in self.tables.of("special_room", member)]
        return [Row(school.row.key, row, columns) for row in rows]

    def has_rooms(self) -> bool:
        """Whether any school of the county reported a special room."""
        return any(self.tables.of("special_room", school) for school in self.reported.schools)

    def classes(self, key: StageKey) -> list[Row]:
        """The classes reported for a school-stage."""
        rows = self.tables.of("class", key[0])
        columns = dict.fromkeys(load_dictionary().tables["class"].columns, "class")
        return [Row(key, row, columns) for row in rows if row.get("stage") == key[1]]

    def _place(self, stage: str) -> int:
        return self.stages.index(stage) if stage in self.stages else len(self.stages)


_PUPILS = "stage.pupils"


def _owner(row: Cells) -> str:
    """By what the rows of a table stand in order: the school, the senior school, or who was asked."""
    return str(next((row[name] for name in _ORDER if row.get(name)), ""))


def _joined(parts: Mapping[str, Cells]) -> tuple[Cells, dict[str, str]]:
    """The cells of several tables side by side; a column two tables have is the first's."""
    cells: Cells = {}
    tables: dict[str, str] = {}
    for table, row in parts.items():
        for column, cell in row.items():
            if column not in cells:
                cells[column], tables[column] = cell, table
    return cells, tables


def _summed(rows: Sequence[Cells], table: str) -> Cells:
    """Quantities added up over the stages, the largest class the largest; absent in one, absent altogether."""
    found: Cells = empty(table)
    for column in additive(table):
        cells = [number(row, column) for row in rows]
        known = [cell for cell in cells if cell is not None]
        if known and len(known) == len(cells):
            found[column] = max(known) if column in _LARGEST else sum(known[1:], known[0])
    return found


def _only(year: Year, schools: Sequence[str]) -> Year:
    """``year`` with these schools alone."""
    chosen = set(schools)
    return Year(
        year.year,
        {school: year.schools[school] for school in schools},
        {key: row for key, row in year.stages.items() if key[0] in chosen},
        {key: row for key, row in year.teachers.items() if key[0] in chosen},
        {school: year.premises[school] for school in schools if school in year.premises},
        {school: year.finance[school] for school in schools if school in year.finance},
    )
