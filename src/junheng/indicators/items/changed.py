"""A county in which a few schools have changed: only their rows are measured anew, the others stay as they were."""

from collections.abc import Mapping
from functools import cached_property

import pyarrow as pa

from junheng.basics import Stage
from junheng.data import tables_of
from junheng.indicators.items.county_tables import CountyTables, Row
from junheng.indicators.items.fact import ItemFact
from junheng.indicators.items.measure import Only, Share, Total, shares_of, total_of
from junheng.indicators.items.scene import Scene

BY_SCHOOL = frozenset({"school_stage", "school", "class", "special_room", "cohort"})  # rows of schools alone
_OF_SCHOOLS = ("school", "stage", "teacher_count", "premises", "finance", "class", "special_room", "cohort")
_UNTOUCHED = frozenset({"county", "survey", "monitoring"})  # no change is of them
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
        self._now = tables
        theirs = tables_of({name: tables[name] for name in _OF_SCHOOLS if name in tables}, schools)
        alone = {**theirs, "county": tables["county"]} if "county" in tables else theirs
        self.few: Scene = _Few(CountyTables(alone, year), self)

    def rows(self, name: str) -> list[Row]:
        """The county's rows of one table: those of ``before`` where nothing a change can make concerns them."""
        if name in _UNTOUCHED:
            return self.before.rows(name)
        return super().rows(name)

    def has_rows(self, name: str) -> bool:
        kept = any(row["school_id"] not in self.changed for row in self.before.rows(name))
        return kept or bool(self.few.rows(name))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What to call each school."""
        return self._with_few(self.before.names, self.few.names)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """School → the school it is counted with."""
        return self._with_few(self.before.homes, self.few.homes)

    def _with_few(self, before: Mapping[str, str], few: Mapping[str, str]) -> Mapping[str, str]:
        return {**{key: one for key, one in before.items() if key not in self.changed}, **few}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each school in the table of schools as it now is."""
        schools = self._now["school"].column("school_id").to_pylist()
        return {school: place for place, school in enumerate(schools)}


def changed_scene(before: Scene, tables: Mapping[str, pa.Table], year: int, schools: frozenset[str]) -> Scene:
    """``before`` after a change. ``schools`` must hold whatever is merged into them and what they are merged into.

    A whole new one where the county's first room is listed or its last goes: then every school is told anew.
    """
    found = ChangedScene(before, tables, year, schools)
    if found.has_rows(_ALL_OR_NONE) != before.has_rows(_ALL_OR_NONE):
        return Scene(CountyTables(tables, year), before.county, before.parameters)
    return found


def total_again(fact: ItemFact, scene: Scene, stage: Stage | None, only: Only, key: object) -> Total:
    """``measure_total``, with the rows of schools that did not change as they were. ``key`` names the question."""
    return total_of(fact, _shares(fact, scene, stage, only, key), stage)


def _shares(fact: ItemFact, scene: Scene, stage: Stage | None, only: Only, key: object) -> list[Share]:
    if key not in scene.kept:
        if isinstance(scene, ChangedScene) and fact.over in BY_SCHOOL:
            before: list[Share] = _shares(fact, scene.before, stage, only, key)
            others = [share for share in before if share.owner not in scene.changed]
            scene.kept[key] = others + shares_of(fact, scene.few, stage, only)
        else:
            scene.kept[key] = shares_of(fact, scene, stage, only)
    found: list[Share] = scene.kept[key]
    return found
