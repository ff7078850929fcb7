"""A county in which a few schools have changed: only they are measured anew, the others stay as they were."""

from collections.abc import Mapping
from functools import cached_property

import pyarrow as pa

from junheng.data import tables_of
from junheng.indicators.items.county_tables import CountyTables
from junheng.indicators.items.scene import Scene

BY_SCHOOL = frozenset({"school", "class", "special_room"})  # units of these are schools, or belong to one
_OF_SCHOOLS = ("school", "stage", "teacher_count", "premises", "finance", "class", "special_room")
_ALL_OR_NONE = "special_room"  # without any row of it in the county no school's rooms are known


class _Few(Scene):
    """The schools that changed, as part of ``whole``."""

    def __init__(self, tables: CountyTables, whole: "ChangedScene") -> None:
        super().__init__(tables, whole.county, whole.parameters)
        self._whole = whole

    def has_rows(self, name: str) -> bool:
        return self._whole.has_rows(name)


class ChangedScene(Scene):
    """The county of ``before`` with the rows of ``schools`` as they stand in ``tables``; ``few``: those schools alone."""

    def __init__(
        self, before: Scene, tables: Mapping[str, pa.Table], year: int, schools: frozenset[str]
    ) -> None:
        super().__init__(CountyTables(tables, year), before.county, before.parameters)
        self.before = before
        self.changed = schools
        theirs = tables_of({name: tables[name] for name in _OF_SCHOOLS if name in tables}, schools)
        alone = {**theirs, "county": tables["county"]} if "county" in tables else theirs
        self.few: Scene = _Few(CountyTables(alone, year), self)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each school in the table of schools as it now is."""
        return {school: place for place, school in enumerate(self.table("school").column("school_id"))}


def changed_scene(before: Scene, tables: Mapping[str, pa.Table], year: int, schools: frozenset[str]) -> Scene:
    """``before`` after a change. ``schools`` must hold whatever is merged into them and what they are merged into.

    A whole new one where the county's first room is listed or its last goes: then every school is told anew.
    """
    found = ChangedScene(before, tables, year, schools)
    if found.has_rows(_ALL_OR_NONE) != before.has_rows(_ALL_OR_NONE):
        return Scene(CountyTables(tables, year), before.county, before.parameters)
    return found
