"""School sizes (大校额): item G4 of the standard with its relaxations, as the engine of items judges them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.basics import Text
from junheng.data import Snapshot
from junheng.indicators import CountyTables, Scene
from junheng.judgement.items.judge_items import judge_items
from junheng.judgement.parameters import parameters_of
from junheng.judgement.results import Reason, SchoolItem
from junheng.judgement.sizes.count import Area, area_of
from junheng.judgement.verdict import Verdict
from junheng.standards import Standard

ITEM, PUPILS = "G4", "pupils"
_AREAS: tuple[Area, ...] = ("urban", "town", "rural", "unknown")


@dataclass(frozen=True, slots=True)
class SchoolSize:
    """One school. ``line``: the limit used; ``relaxed``: relaxations it comes from; ``over``: pupils beyond it.

    ``pupils`` and ``over`` are None where they cannot be told.
    """

    school_id: str
    name: str
    kind: str
    area: Area
    pupils: int | None
    line: Decimal | None
    over: int | None
    relaxed: tuple[str, ...]
    verdict: Verdict
    reason: Text | None


@dataclass(frozen=True, slots=True)
class SizeCount:
    """Schools of a kind and area (empty: all). ``over``: schools over the limit, ``seats``: their pupils beyond it.

    ``relaxed``: schools that keep the limit only by a relaxation.
    """

    kind: str
    area: str
    schools: int
    over: int
    relaxed: int
    unknown: int
    seats: int


@dataclass(frozen=True, slots=True)
class SchoolSizes:
    """All schools of a county and year, largest overrun first, and their counts; none where G4 is not set."""

    year: int
    schools: tuple[SchoolSize, ...]
    counts: tuple[SizeCount, ...]


def school_sizes(snapshot: Snapshot, standard: Standard, *, year: int, county: str) -> SchoolSizes:
    """The sizes of the schools of ``county`` by item G4 of ``standard``; empty where the standard has no such item.

    Campuses are counted with the school they belong to. Judged by the engine that judges the whole evaluation.
    """
    items = tuple(item for item in standard.items if item.id == ITEM)
    scene = Scene(CountyTables(snapshot.tables, year), county, parameters_of(standard))
    found = judge_items(standard.model_copy(update={"items": items}), scene, ())
    told = [
        size
        for unit in scene.schools
        if unit.stages and ITEM in (mine := found.of(unit.school_id, unit.stages[0]))
        for size in (_size(unit.row, unit.school_id, unit.name, mine[ITEM]),)
    ]
    told.sort(key=lambda one: (-(one.over or 0), one.verdict is not Verdict.CANNOT_TELL, -(one.pupils or 0)))
    return SchoolSizes(year, tuple(told), tuple(_counts(told)))


def _size(row: Any, school_id: str, name: str, item: SchoolItem) -> SchoolSize:
    test = item.tests[0]
    reason: Reason | None = test.reason
    return SchoolSize(
        school_id,
        name,
        str(row["kind"] or ""),
        area_of(row["urban_rural_code"]),
        None if row[PUPILS] is None else int(row[PUPILS]),
        test.line,
        None if test.shortfall is None else int(test.shortfall),
        item.relaxed,
        item.verdict,
        None if reason is None else reason.text,
    )


def _counts(schools: Sequence[SchoolSize]) -> Iterator[SizeCount]:
    """All schools, each kind, each area."""
    yield _count("", "", schools)
    for kind in sorted({one.kind for one in schools}):
        yield _count(kind, "", [one for one in schools if one.kind == kind])
    for area in _AREAS:
        mine = [one for one in schools if one.area == area]
        if mine:
            yield _count("", area, mine)


def _count(kind: str, area: str, schools: Sequence[SchoolSize]) -> SizeCount:
    over = [one for one in schools if one.verdict is Verdict.NOT_MET]
    return SizeCount(
        kind,
        area,
        len(schools),
        len(over),
        sum(one.verdict is Verdict.MET and bool(one.relaxed) for one in schools),
        sum(one.verdict is Verdict.CANNOT_TELL for one in schools),
        sum(one.over or 0 for one in over),
    )
