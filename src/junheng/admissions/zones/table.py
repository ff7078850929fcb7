"""The zone table: which address or community belongs to which schools, from when to when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from junheng.admissions.zones.address import Unit
from junheng.basics import Text
from junheng.data.books import Place

Side = Literal["odd", "even", "all"]
SIDE_NAMES: dict[Side, Text] = {
    "odd": Text("单号", "odd"),
    "even": Text("双号", "even"),
    "all": Text("全部", "all"),
}


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One row: a range of numbers of a ``road``, or a whole ``community``; both ends and dates included.

    ``first`` and ``last`` None: from the beginning, to the end. ``units``: house numbers, lanes, or both. ``town`` "" where
    the road's name is the only one. ``valid_to`` None: until further notice.
    """

    place: Place
    zone: str
    schools: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    town: str = ""
    road: str = ""
    side: Side = "all"
    first: int | None = None
    last: int | None = None
    units: tuple[Unit, ...] = ("house",)
    community: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the row holds on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def has_number(self, number: int) -> bool:
        """Whether the number lies in the range, on the right side of the road."""
        if self.side != "all" and (number % 2 == 1) != (self.side == "odd"):
            return False
        return (self.first is None or self.first <= number) and (self.last is None or number <= self.last)

    @property
    def words(self) -> str:
        """The row in short, as it stands in messages."""
        if self.community:
            return self.community
        first = self.first if self.first is not None else "…"
        last = self.last if self.last is not None else "…"
        return f"{self.town}{self.road} {first}–{last} {SIDE_NAMES[self.side].zh}"


@dataclass(frozen=True)
class ZoneTable:
    """All rows. ``marked_follow``: whether 甲12号 and 12-3号 go with 12号 (None: the table does not say).

    ``places``: names of places that may stand before a road, towns apart.
    """

    rows: tuple[ZoneRow, ...]
    marked_follow: bool | None = None
    places: tuple[str, ...] = ()

    def on(self, day: date) -> list[ZoneRow]:
        """The rows in force on this day."""
        return [row for row in self.rows if row.in_force(day)]

    @cached_property
    def towns(self) -> frozenset[str]:
        """The towns the table names."""
        return frozenset(row.town for row in self.rows if row.town)

    def schools_of(self, zone: str, day: date) -> tuple[str, ...]:
        """The schools of a zone on this day, in the order written; none when it is not in force."""
        found = (school for row in self.on(day) if row.zone == zone for school in row.schools)
        return tuple(dict.fromkeys(found))


def by_zone(rows: Iterable[ZoneRow]) -> dict[str, list[ZoneRow]]:
    """Rows by zone, in the order of the table."""
    found: dict[str, list[ZoneRow]] = {}
    for row in rows:
        found.setdefault(row.zone, []).append(row)
    return found


def pairs(rows: Sequence[ZoneRow]) -> Iterator[tuple[ZoneRow, ZoneRow]]:
    """Every two rows that are in force on a common day."""
    for index, first in enumerate(rows):
        for second in rows[index + 1 :]:
            starts = max(first.valid_from, second.valid_from)
            ends = [row.valid_to for row in (first, second) if row.valid_to is not None]
            if not ends or starts <= min(ends):
                yield first, second
