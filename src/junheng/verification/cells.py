"""The cells of one year as plain rows: exact numbers, texts, truth values, or None where absent."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite

from junheng.basics import Text, UserError
from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot, load_dictionary
from junheng.verification.meaning import Value

Cells = dict[str, Value]

_SERVICE = frozenset({SOURCE_COLUMN, ROW_COLUMN})


@dataclass(slots=True)
class Year:
    """What was reported for one year, by key.

    After merging, ``members`` names for each school the schools whose rows it holds, itself first.
    """

    year: int
    schools: dict[str, Cells] = field(default_factory=dict)
    stages: dict[tuple[str, str], Cells] = field(default_factory=dict)
    teachers: dict[tuple[str, str], Cells] = field(default_factory=dict)
    premises: dict[str, Cells] = field(default_factory=dict)
    finance: dict[str, Cells] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)


def exact(cell: object) -> Value:
    """The exact meaning of a typed cell: a double means its shortest decimal, the number somebody typed.

    What is not a number (infinite, NaN) is absent.
    """
    if cell is None or isinstance(cell, bool | str):
        return cell
    if isinstance(cell, int):
        return Fraction(cell)
    if isinstance(cell, float):
        return Fraction(repr(cell)) if isfinite(cell) else None
    return str(cell)


def rows_of(snapshot: Snapshot, table: str, year: int) -> list[Cells]:
    """The rows of one table and year, with every column of the dictionary (None where the input has none)."""
    names = list(load_dictionary().tables[table].columns)
    if table not in snapshot.tables:
        return []
    found = []
    for row in snapshot.tables[table].to_pylist():
        if row.get("year") == year:
            found.append({name: exact(row.get(name)) for name in names if name not in _SERVICE})
    return found


def by_school(rows: list[Cells]) -> dict[str, Cells]:
    """Rows keyed by their school."""
    return {text_of(row, "school_id"): row for row in rows}


def by_stage(rows: list[Cells]) -> dict[tuple[str, str], Cells]:
    """Rows keyed by their school and stage."""
    return {(text_of(row, "school_id"), text_of(row, "stage")): row for row in rows}


def text_of(row: Cells, column: str) -> str:
    """A text that must be there, because it is part of a key."""
    value = row.get(column)
    if isinstance(value, str):
        return value
    raise UserError(Text(f"输入中有一行缺少 {column}", f"A row of the input lacks {column}"))


def number(row: Cells, column: str) -> Fraction | None:
    """A number, or None where the cell is absent."""
    value = row.get(column)
    if value is None or isinstance(value, Fraction):
        return value
    raise UserError(Text(f"{column} 不是数值：{value!r}", f"{column} is not a number: {value!r}"))


def empty(table: str) -> Cells:
    """A row of ``table`` in which nothing was reported."""
    return dict.fromkeys(load_dictionary().tables[table].columns, None)
