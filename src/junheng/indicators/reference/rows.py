"""Tables as plain rows: numbers as fractions, each meaning the shortest decimal that reads back to it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pyarrow as pa

from junheng.data.engines import Table, parquet_files
from junheng.indicators.fields import known_fields

Row = dict[str, Any]
Key = tuple[Any, ...]
Rows = Mapping[str, list[Row]]


def exact(value: Any) -> Fraction | None:
    """What a number in a cell means exactly; None for an absent one (NaN and infinities count as absent).

    >>> exact(0.1)
    Fraction(1, 10)
    """
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None
    return Fraction(value) if isinstance(value, int) else Fraction(repr(float(value)))


def read_rows(table: Table, years: Sequence[int] | None) -> list[Row]:
    """The rows of ``table`` in ``years`` (default: all), as Python values."""
    if isinstance(table, pa.Table):
        whole = table
    else:
        import pyarrow.dataset as pads  # loads pandas where it is installed: only for those who need it

        whole = pads.dataset(parquet_files(table), partitioning="hive").to_table()
    rows: list[Row] = whole.to_pylist()
    return [row for row in rows if years is None or row["year"] in years]


def fact_rows(table: str, rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """``rows`` with keys and ``columns`` only, absent columns as None, numbers as fractions."""
    fields = known_fields()
    keys = ("year", "school_id", "stage") if table in ("stage", "teacher_count") else ("year", "school_id")
    numbers = {name for name in columns if fields[name].type == "number"}
    return [
        {key: row[key] for key in keys}
        | {name: exact(row.get(name)) if name in numbers else row.get(name) for name in columns}
        for row in rows
    ]
