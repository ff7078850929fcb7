"""One county in one year as the rows that item facts are written over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from junheng.basics import STAGES
from junheng.indicators.fields import fields_of
from junheng.indicators.items.columnwise import Column
from junheng.indicators.items.county_tables import CountyTables, Row
from junheng.indicators.items.frame import Frame, FrameRow, exact_numbers
from junheng.indicators.items.unit_frames import Made, school_frame, stage_frame
from junheng.indicators.parameters import Parameters

FARTHEST = 3  # parents followed from a row to the school it ends up in


@dataclass(frozen=True, slots=True)
class SchoolUnit:
    """A school with whatever is merged into it (``members``, itself first) and its row over ``UNIT``.

    ``place``: the number of that row in ``Scene.school_rows``.
    """

    school_id: str
    name: str
    kind: str
    stages: tuple[str, ...]
    members: tuple[str, ...]
    row: Mapping[str, Any]
    place: int


class Scene:
    """The rows of one county. Everything is computed when first asked for."""

    def __init__(self, tables: CountyTables, county: str, parameters: Parameters) -> None:
        self.county = county
        self.parameters = parameters
        self._tables = tables
        self._rows: dict[str, list[Row]] = {}
        self._frames: dict[str, Frame] = {}
        self.kept: dict[object, Any] = {}  # what was judged of it, for a scene in which a few schools change

    def has_rows(self, name: str) -> bool:
        """Whether the county has any row of the table."""
        return self.table(name).size > 0

    def rows(self, name: str) -> list[Row]:
        """The county's rows of one table, one by one."""
        if name not in self._rows:
            self._rows[name] = self._tables.rows(name, self.county)
        return self._rows[name]

    def table(self, name: str) -> Frame:
        """The county's rows of one table, by column."""
        if name not in self._frames:
            self._frames[name] = _frame(self._tables, name, self.county)
        return self._frames[name]

    @cached_property
    def evidence(self) -> Mapping[str, Sequence[Row]]:
        """The rows of evidence by the item they are for."""
        found: dict[str, list[Row]] = {}
        for row in self.rows("attestation"):
            found.setdefault(row["item"], []).append(row)
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What to call each school."""
        school = self.table("school")
        pairs = zip(school.column("school_id"), school.column("name"), strict=True)
        return {key: name or key for key, name in pairs}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """School → the school of this county it is counted with: itself, or where it is merged into."""
        school = self.table("school")
        names = ("school_id", "parent_school_id", "kind", "is_counted")
        rows = {row[0]: row for row in zip(*map(school.column, names), strict=True)}
        moves = {key: row[1] for key, row in rows.items() if self._moves(*row)}
        found = {}
        for key in rows:
            home = key
            for _ in range(FARTHEST):
                home = moves.get(home, home)
            found[key] = home if home in rows and home not in moves else key
        return found

    def _moves(self, school: str, parent: str | None, kind: str | None, is_counted: bool | None) -> bool:
        if parent is None or parent == school:
            return False
        if kind == "teaching_point":
            policy = self.parameters.teaching_point_policy
            if policy != "exclude":
                return policy == "merge_into_parent"
        return is_counted is False

    @cached_property
    def stage_rows(self) -> Frame:
        """Every school-stage of the standard's stages over ``UNIT``."""
        return stage_frame(self.table, self._judged_stages)

    @cached_property
    def _judged_stages(self) -> Sequence[int]:
        stages = self.table("stage").column("stage")
        return [row for row, stage in enumerate(stages) if stage in self.parameters.stages]

    @cached_property
    def schools(self) -> Sequence[SchoolUnit]:
        """Every school that has a stage of the standard and pupils (or an unknown number of them)."""
        stages, kinds = self.table("stage").column("stage"), self.school_rows.column("kind")
        found = []
        for place, made in enumerate(self._made):
            present = {stages[row] for row in made.stages}
            own = made.members[0]
            ordered = tuple(str(stage) for stage in STAGES if stage in present)
            row = FrameRow(self.school_rows, place)
            found.append(
                SchoolUnit(own, self.names[own], kinds[place] or "", ordered, made.members, row, place)
            )
        return found

    @cached_property
    def school_rows(self) -> Frame:
        """The rows of ``schools`` over ``UNIT``."""
        return school_frame(self.table, self._made)

    @cached_property
    def _made(self) -> Sequence[Made]:
        ids, stage = self.table("school").column("school_id"), self.table("stage")
        pupils, schools = stage.column("pupils"), stage.column("school_id")
        homes = self.homes
        members: dict[str, list[str]] = {}
        for own in ids:
            members.setdefault(homes[own], []).append(own)
        stages: dict[str, list[int]] = {}
        for row in self._judged_stages:
            stages.setdefault(schools[row], []).append(row)
        found = []
        for row, own in enumerate(ids):
            if homes[own] == own:
                ordered = (own, *(one for one in members[own] if one != own))
                parts = tuple(part for one in ordered for part in stages.get(one, ()))
                numbers = [pupils[part] for part in parts]
                if parts and (None in numbers or sum(numbers)):
                    found.append(Made(row, ordered, parts))
        return found


def _frame(tables: CountyTables, name: str, county: str) -> Frame:
    found = tables.table(name, county)

    def load(column: str) -> Column:
        if found is None or column not in found.column_names:
            return []
        values: Column = found.column(column).to_pylist()
        return exact_numbers(values) if fields_of(name)[column].type == "number" else values

    return Frame(name, 0 if found is None else found.num_rows, load)
