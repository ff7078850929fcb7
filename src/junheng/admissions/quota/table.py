"""A table of seats: senior schools by row, receivers by column; before and after rounding."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from junheng.admissions.quota.rules import Correction, TieBreak, Totals

UnitKind = Literal["school", "pack", "district"]
Fill = Literal["controlled", "floor_then_deal", "deal"]
Why = Literal[
    "whole", "extra", "extra_by_lot", "passed", "passed_by_lot", "blocked", "row_full", "column_full", "dealt", "unserved"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """What receives seats. ``basis``: persons counted; ``weight``: basis × coefficients (of a pack: summed)."""

    kind: UnitKind
    id: str
    name: str
    basis: int
    weight: Fraction
    is_rural: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A senior school and the whole seats it shares out in this table. ``place``: its line on the sheet."""

    senior: str
    name: str
    seats: int
    place: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A table to be made whole. ``exact[i][j]`` are the exact shares in seats: row i adds up to ``rows[i].seats``.

    ``served[i][j]``: whether senior school i serves unit j at all (elsewhere the share is 0).
    """

    id: str
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    served: tuple[tuple[bool, ...], ...]
    exact: tuple[tuple[Fraction, ...], ...]
    totals: Totals
    fill: Fill
    correction: Correction | None = None
    ties: tuple[TieBreak, ...] = ("graduates",)

    def column(self, unit: int) -> Fraction:
        """The exact share of a unit in the whole table."""
        return sum((row[unit] for row in self.exact), Fraction(0))


@dataclass(frozen=True, slots=True)
class Settled:
    """How one exact share became whole. ``rank``: place in the order for extra seats, 0 where it took no part."""

    exact: Fraction
    rank: int
    extra: int
    dealt: int
    why: Why

    @property
    def whole(self) -> int:
        """The floor of the exact share."""
        return floor(self.exact)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tie that a lot has decided: labels in the order drawn; ``of`` the table."""

    of: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table in whole seats: ``seats[i][j]``, column by column and cell by cell why; and the lots drawn."""

    task: Task
    seats: tuple[tuple[int, ...], ...]
    columns: tuple[Settled, ...]
    cells: tuple[tuple[Settled, ...], ...]
    lots: tuple[Resolved, ...]

    def column_seats(self, unit: int) -> int:
        """The whole seats of a unit in this table."""
        return sum(row[unit] for row in self.seats)
