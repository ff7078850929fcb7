"""What the county reported, as the finding's cells keep it: totals of pupils, classes and teachers; schools by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = Mapping[str, Any]
_FILES = ("cells.parquet", "item_cells.parquet")


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over rows; ``value`` is None where a row lacks its figure (``lacking`` rows) or none is there."""

    value: Fraction | None
    rows: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Reported:
    """The cells of a finding, each once."""

    cells: Sequence[Row]

    def total(self, table: str, column: str, stage: str) -> Total:
        """The sum of a column over the rows of ``stage``; a stage that is merged into another school counts too."""
        found = [
            row for row in self.cells if (row["table"], row["column"], row["stage"]) == (table, column, stage)
        ]
        known = [Fraction(repr(row["value"])) for row in found if row["value"] is not None]
        is_whole = bool(found) and len(known) == len(found)
        return Total(sum(known, Fraction(0)) if is_whole else None, len(found), len(found) - len(known))

    def schools_by_kind(self) -> Mapping[str, int]:
        """Rows of the school table by kind of school, in the order met."""
        counts: dict[str, int] = {}
        for row in self.cells:
            if (row["table"], row["column"]) == ("school", "kind"):
                kind = str(row["text"] or "")
                counts[kind] = counts.get(kind, 0) + 1
        return counts

    def of(self, places: frozenset[tuple[str, str]]) -> Iterator[Row]:
        """The cells of these tables and columns."""
        return (row for row in self.cells if (row["table"], row["column"]) in places)


def read_reported(finding: Path) -> Reported:
    """The cells of ``finding``; a cell that resource indicators and items share stands once."""
    unique: dict[tuple[Any, ...], Row] = {}
    for name in _FILES:
        path = finding / name
        for row in pq.read_table(path).to_pylist() if path.exists() else ():
            key = (
                row["table"],
                row["column"],
                row["school_id"],
                row["stage"],
                row["file"],
                row["sheet"],
                row["row"],
            )
            unique.setdefault(key, row)
    return Reported(tuple(unique.values()))
