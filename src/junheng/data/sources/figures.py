"""What one source says of the figures of a year, each with the place it stands at."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc

from junheng.data.dictionary import load_dictionary
from junheng.data.reading.numbers import is_missing
from junheng.data.register_query import load_registers
from junheng.data.registers import roll_up_registers
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Snapshot, Source

Wanted = Mapping[str, Collection[str]]  # columns by table; tables whose key begins with school_id


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One cell of the dictionary's tables; ``key`` are the key columns after the school's code, joined by "|"."""

    table: str
    school_id: str
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class Told:
    """What stands there as text, exact; ``row`` 0 and ``cells`` "": the count of many rows, or no one place."""

    value: str
    file: str = ""
    sheet: str = ""
    row: int = 0
    cells: str = ""

    @property
    def place(self) -> str:
        """File, sheet and cells (else the row) in one line."""
        at = self.cells or (str(self.row) if self.row else "")
        return " ".join(part for part in (self.file, self.sheet, at) if part)


def figures_of(snapshot: Snapshot, year: int, wanted: Wanted) -> dict[Figure, Told]:
    """What the tables of ``snapshot`` say of ``year``; what is missing has no entry."""
    return {
        figure: told
        for name, columns in wanted.items()
        if name in snapshot.tables
        for figure, told in _of_table(snapshot, name, year, columns)
    }


def register_figures(snapshot: Snapshot, year: int, wanted: Wanted) -> dict[Figure, Told]:
    """What its registers of pupils and teachers count up to, whatever the tables beside them report."""
    alone = {name: snapshot.tables[name] for name in load_registers() if name in snapshot.tables}
    return figures_of(roll_up_registers(Snapshot(alone, snapshot.sources, snapshot.inputs)), year, wanted)


def _of_table(
    snapshot: Snapshot, name: str, year: int, columns: Collection[str]
) -> Iterator[tuple[Figure, Told]]:
    table, keys = snapshot.tables[name], load_dictionary().tables[name].key[1:]
    for row in table.filter(pc.equal(table["year"], year)).to_pylist():
        key = "|".join(exact_text(row.get(one)) for one in keys)
        for column in columns:
            value = exact_text(row.get(column))
            if row["school_id"] and not is_missing(value):
                yield Figure(name, row["school_id"], key, column), _told(value, row, column, snapshot.sources)


def _told(value: str, row: Mapping[str, object], column: str, sources: Sequence[Source]) -> Told:
    index, line = row.get(SOURCE_COLUMN), row.get(ROW_COLUMN)
    source = sources[index] if isinstance(index, int) and 0 <= index < len(sources) else None
    if source is None:
        return Told(value)
    number = line if isinstance(line, int) else 0
    letters = source.columns.get(column, ()) if number else ()
    cells = "+".join(f"{one.letter}{number}" for one in letters)
    return Told(value, source.file, source.sheet, number, cells)


def exact_text(value: object) -> str:
    """A typed value as text: exact, without exponents, true and false, ISO dates; None is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else str(value)
