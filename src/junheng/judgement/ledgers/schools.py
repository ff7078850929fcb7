"""The schools a ledger is about, with what its rates need of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import urban_town_rural
from junheng.data import Snapshot
from junheng.data.books import yes_or_no
from junheng.judgement.finding import Finding
from junheng.judgement.ledgers.definition import Area, Group

_AREAS: dict[str, Area] = {"city": "urban", "town": "town", "rural": "rural"}
_COMPULSORY = ("primary", "junior")
_KEPT = ("name", "urban_rural_code", "classes", "pupils")


@dataclass(frozen=True, slots=True)
class LedgerSchool:
    """A school of compulsory education; None where the input does not tell."""

    id: str
    name: str
    area: Area | None
    classes: int | None
    pupils: int | None
    is_weak: bool | None = None
    is_boarding: bool | None = None

    def belongs(self, areas: tuple[Area, ...], only: Group | None) -> bool | None:
        """Whether it is in one of ``areas`` (empty: anywhere) and of the group ``only``; None where not told."""
        where = True if not areas else None if self.area is None else self.area in areas
        flag = {None: True, "weak": self.is_weak, "boarding": self.is_boarding}[only]
        if where is False or flag is False:
            return False
        return True if where and flag else None


def ledger_schools(snapshot: Snapshot, year: int, county: str) -> dict[str, LedgerSchool]:
    """The schools of ``county`` in ``year`` with a primary or junior stage, by id."""
    stages: dict[str, list[tuple[int | None, int | None]]] = defaultdict(list)
    for row in _rows(snapshot, "stage"):
        if row["year"] == year and row["stage"] in _COMPULSORY:
            stages[row["school_id"]].append((row["classes"], row["pupils"]))
    return {
        row["school_id"]: LedgerSchool(
            row["school_id"],
            row["name"] or row["school_id"],
            _area(row["urban_rural_code"]),
            _total([classes for classes, _ in stages[row["school_id"]]]),
            _total([pupils for _, pupils in stages[row["school_id"]]]),
            row["is_weak"],
            row["is_boarding"],
        )
        for row in _rows(snapshot, "school")
        if row["year"] == year and row["county_code"] == county and row["school_id"] in stages
    }


def schools_in_finding(finding: Finding, flags: Mapping[str, Mapping[str, str]]) -> dict[str, LedgerSchool]:
    """The schools of a finding, from the cells it rests on; what it does not hold is None.

    ``flags``: by school, ``is_weak`` and ``is_boarding`` as a return says them ("" or absent: not told).
    """
    told: dict[str, dict[tuple[str, str], Any]] = defaultdict(dict)
    cells = finding.cells().select(["school_id", "stage", "column", "value", "text"])
    for row in cells.filter(pc.is_in(cells.column("column"), value_set=pa.array(_KEPT))).to_pylist():
        value = row["text"] if row["text"] is not None else row["value"]
        told[row["school_id"]][row["column"], row["stage"] or ""] = value
    return {
        key: _of_cells(key, cells, flags.get(key, {}))
        for key, cells in sorted(told.items())
        if any(stage in _COMPULSORY for _, stage in cells)
    }


def _of_cells(key: str, cells: Mapping[tuple[str, str], Any], flags: Mapping[str, str]) -> LedgerSchool:
    stages = sorted({stage for _, stage in cells if stage in _COMPULSORY})
    counts = {
        column: [None if (n := cells.get((column, stage))) is None else int(n) for stage in stages]
        for column in ("classes", "pupils")
    }
    name, area = cells.get(("name", "")) or key, _area(cells.get(("urban_rural_code", "")))
    weak, boarding = (yes_or_no(flags.get(flag, "")) for flag in ("is_weak", "is_boarding"))
    return LedgerSchool(key, name, area, _total(counts["classes"]), _total(counts["pupils"]), weak, boarding)


def _rows(snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    found = snapshot.tables.get(table)
    return [] if found is None else found.to_pylist()


def _area(code: object) -> Area | None:
    words = urban_town_rural(str(code or ""))
    return None if words is None else _AREAS[words.en]


def _total(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
