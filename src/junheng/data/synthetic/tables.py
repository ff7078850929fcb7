"""Rows of made-up data as Arrow tables with the columns and types of the dictionary."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from junheng.data.dictionary import ColumnSpec, load_dictionary

Row = Mapping[str, Any]

_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "text": pa.string(),
    "code": pa.string(),
    "enum": pa.string(),
}


def table_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """``rows`` as the dictionary's table ``name``; a column that no row has is null throughout.

    Raises KeyError when a row has a column the dictionary does not know.
    """
    columns = load_dictionary().tables[name].columns
    for row in rows[:1]:
        if unknown := set(row) - set(columns):
            raise KeyError(f"{name}: {sorted(unknown)}")
    return pa.table(
        {
            key: pa.array([row.get(key) for row in rows], type=arrow_type(spec))
            for key, spec in columns.items()
        }
    )


def arrow_type(spec: ColumnSpec) -> pa.DataType:
    """The Arrow type of a canonical column; a year is 32-bit everywhere."""
    return pa.int32() if spec.name == "year" else _TYPES[spec.type]
