"""The schools a ledger is about, with what its rates need of them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from junheng.basics import urban_town_rural
from junheng.data import Snapshot
from junheng.judgement.ledgers.definition import Area, Group

_AREAS: dict[str, Area] = {"city": "urban", "town": "town", "rural": "rural"}
_COMPULSORY = ("primary", "junior")


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


def _rows(snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    found = snapshot.tables.get(table)
    return [] if found is None else found.to_pylist()


def _area(code: object) -> Area | None:
    words = urban_town_rural(str(code or ""))
    return None if words is None else _AREAS[words.en]


def _total(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
