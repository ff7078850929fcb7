"""Rows of a few small tables as the views see them; and what is too much or too odd."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from junheng.data.checks.sql import AT
from junheng.data.dictionary import ColumnSpec, load_dictionary
from junheng.data.same import Same

Tables = Mapping[str, pa.Table]
Rows = list[dict[str, Any]]

_MOST_ROWS = 500
_LARGEST = 1e100  # beyond it a product may be no number, which engines and Python order differently
_ONE_ROW = ("school", "premises", "finance")  # what is counted over a county's schools is one school's own
_OF_A_COUNTY = "county"
_REMEMBERED = 4_000  # tables: of the returns that are being typed, this year and last


@dataclass(frozen=True, slots=True)
class Few:
    """The few rows of a table of the dictionary, each with its position, and the columns that the table has."""

    rows: Rows
    columns: frozenset[str]


def is_one_school(tables: Tables, prior: Tables) -> bool:
    """Whether ``tables`` are few rows of one school, and ``prior`` few rows."""
    count = sum(table.num_rows for table in (*tables.values(), *prior.values()))
    single = all(tables[name].num_rows <= 1 for name in _ONE_ROW if name in tables)
    return single and count <= _MOST_ROWS and _OF_A_COUNTY not in tables


def few_of(name: str, table: pa.Table) -> Few | None:
    """The rows of the small ``table``, not to be changed; None where only the engine knows how to convert a value."""
    return _few_of(name, Same(table))


@lru_cache(maxsize=_REMEMBERED)
def _few_of(name: str, same: Same[pa.Table]) -> Few | None:
    table = same.it
    present = frozenset(table.column_names)
    columns: dict[str, Sequence[Any]] = {AT + name: range(table.num_rows)}
    for spec in load_dictionary().tables[name].columns.values():
        found = _values(table.column(spec.name), spec) if spec.name in present else (None,) * table.num_rows
        if found is None:
            return None
        columns[spec.name] = found
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return Few(rows, present)


def _values(column: pa.ChunkedArray, spec: ColumnSpec) -> Sequence[Any] | None:
    kind = column.type
    if pa.types.is_null(kind):
        return (None,) * len(column)
    if spec.type in ("integer", "number"):
        return _doubles(column) if pa.types.is_integer(kind) or pa.types.is_floating(kind) else None
    known = {"boolean": pa.types.is_boolean, "date": pa.types.is_date32}.get(spec.type, pa.types.is_string)
    return list(column.to_pylist()) if known(kind) else None


def _doubles(column: pa.ChunkedArray) -> Sequence[float | None] | None:
    found = [None if value is None else float(value) for value in column.to_pylist()]
    is_usual = all(value is None or (math.isfinite(value) and abs(value) < _LARGEST) for value in found)
    return found if is_usual else None
