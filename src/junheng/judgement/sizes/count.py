"""Classes by size: how many in each band, how many large and super-large, by stage and place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from junheng.basics import Stage, is_rural, urban_town_rural
from junheng.data import Snapshot
from junheng.judgement.sizes.rules import SizeRules

Area = Literal["all", "urban", "town", "rural", "unknown"]
_COMPULSORY: tuple[Stage, ...] = ("primary", "junior")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class as reported, with its place in the input (``source``: index of the snapshot's sources)."""

    school_id: str
    name: str
    stage: Stage
    grade: int | None
    class_no: str
    pupils: int | None
    area: Area
    source: int
    row: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Classes of one stage and area. ``unknown``: classes without a number of pupils, in no band."""

    stage: Stage
    area: Area
    bands: tuple[int, ...]
    large: int
    super_large: int
    pupils: int
    unknown: int

    @property
    def classes(self) -> int:
        """Classes whose size is known."""
        return sum(self.bands)

    def share(self, size: Literal["large", "super"]) -> tuple[Fraction, Fraction] | None:
        """Least and greatest share of large classes, the unknown ones being none or all; None without classes."""
        count = self.large if size == "large" else self.super_large
        whole = self.classes + self.unknown
        return None if not whole else (Fraction(count, whole), Fraction(count + self.unknown, whole))

    @property
    def mean(self) -> Fraction | None:
        """Pupils per class; None when a class is unknown or there is none."""
        return None if self.unknown or not self.classes else Fraction(self.pupils, self.classes)


def county_names(snapshot: Snapshot, year: int) -> dict[str, str]:
    """Code and name of every county with a school in ``year``, by code; the code where no name is given."""
    named = {row["county_code"]: row["county_name"] for row in _rows(snapshot, "county", year)}
    codes = {row["county_code"] for row in _rows(snapshot, "school", year) if row["county_code"]}
    return {code: named.get(code) or code for code in sorted(codes)}


def class_rows(snapshot: Snapshot, year: int, county: str) -> list[ClassRow]:
    """The classes of the county's schools in ``year``, in the order of the input."""
    schools = {
        row["school_id"]: row for row in _rows(snapshot, "school", year) if row["county_code"] == county
    }
    return [
        _class_row(row, schools[row["school_id"]])
        for row in _rows(snapshot, "class", year)
        if row["school_id"] in schools and row["stage"] in _COMPULSORY
    ]


def _rows(snapshot: Snapshot, table: str, year: int) -> Iterable[Mapping[str, Any]]:
    found = snapshot.tables.get(table)
    return [] if found is None else (row for row in found.to_pylist() if row["year"] == year)


def _class_row(row: Mapping[str, Any], school: Mapping[str, Any]) -> ClassRow:
    return ClassRow(
        row["school_id"],
        school["name"] or row["school_id"],
        row["stage"],
        row["grade"],
        row["class_no"] or "",
        row["pupils"],
        area_of(school["urban_rural_code"]),
        row["_source"],
        row["_row"],
    )


def area_of(code: str | None) -> Area:
    """The area of an urban–rural code; "unknown" without one."""
    words = urban_town_rural(code or "")
    if words is None:
        return "unknown"
    return "rural" if is_rural(code or "") else "urban" if words.en == "city" else "town"


def tallies(rows: Iterable[ClassRow], rules: SizeRules) -> list[Tally]:
    """One tally per stage over all areas, then one per area that occurs."""
    grouped: dict[tuple[Stage, Area], list[ClassRow]] = defaultdict(list)
    for row in rows:
        grouped[row.stage, "all"].append(row)
        grouped[row.stage, row.area].append(row)
    order: tuple[Area, ...] = ("all", "urban", "town", "rural", "unknown")
    keys = ((stage, area) for stage in _COMPULSORY for area in order)
    return [
        _tally(stage, area, grouped[stage, area], rules) for stage, area in keys if (stage, area) in grouped
    ]


def _tally(stage: Stage, area: Area, rows: Iterable[ClassRow], rules: SizeRules) -> Tally:
    bands = [0] * (len(rules.bands.upper) + 1)
    large = super_large = pupils = unknown = 0
    for row in rows:
        if row.pupils is None:
            unknown += 1
            continue
        bands[rules.bands.index(row.pupils)] += 1
        large += row.pupils >= rules.large.large_from
        super_large += row.pupils >= rules.large.super_from
        pupils += row.pupils
    return Tally(stage, area, tuple(bands), large, super_large, pupils, unknown)
