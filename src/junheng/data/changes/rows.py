"""The rows of a few schools out of a year's tables, as plain rows, and the tables with those
rows put back."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.arrays import array_of
from junheng.data.dictionary import load_dictionary
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Tables = Mapping[str, pa.Table]
# Column by which a row belongs to a school, where it is not school_id.
_OWNER = {"quota": "junior_school_id", "attestation": "scope_id"}
_TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}


def owner(table: str) -> str:
    """The column that names the school of a row of ``table``."""
    return _OWNER.get(table, "school_id")


def _mask(name: str, table: pa.Table, schools: frozenset[str]) -> Any:
    chosen = pc.is_in(table.column(owner(name)), value_set=pa.array(sorted(schools), pa.string()))
    return pc.fill_null(chosen, False)


def tables_of(tables: Tables, schools: frozenset[str]) -> dict[str, pa.Table]:
    """The rows of ``schools`` in every table that has rows of schools; other tables stay whole."""
    return {
        name: table.filter(_mask(name, table, schools)) if owner(name) in table.column_names else table
        for name, table in tables.items()
    }


def rows_of(tables: Tables, schools: frozenset[str]) -> Rows:
    """The same as plain rows, without tables that have none of schools."""
    return {
        name: table.filter(_mask(name, table, schools)).to_pylist()
        for name, table in tables.items()
        if owner(name) in table.column_names
    }


def with_tables(tables: Tables, schools: frozenset[str], found: Tables) -> dict[str, pa.Table]:
    """``tables`` with the rows of ``schools`` taken from ``found``. A table whose rows are the same is the same object."""
    made = {
        name: _with_rows(table, _mask(name, table, schools), found.get(name))
        if owner(name) in table.column_names
        else table
        for name, table in tables.items()
    }
    return made | {name: table for name, table in found.items() if name not in tables and table.num_rows}


def _with_rows(table: pa.Table, theirs: Any, new: pa.Table | None) -> pa.Table:
    had = table.filter(theirs)
    fresh = had.slice(0, 0) if new is None else new.select(table.column_names).cast(table.schema)
    if had.equals(fresh):
        return table
    kept = table.filter(pc.invert(theirs))
    return pa.concat_tables([kept, fresh]) if fresh.num_rows else kept


def as_tables(rows: Rows, like: Tables) -> dict[str, pa.Table]:
    """Plain rows as tables with the columns and types of ``like``; a table it lacks gets those of the dictionary."""
    return {
        name: pa.Table.from_pylist(found, schema=like[name].schema if name in like else _schema(name))
        for name, found in rows.items()
    }


def _schema(name: str) -> pa.Schema:
    fields = [
        (column.name, pa.int32() if column.name == "year" else _TYPES.get(column.type, pa.string()))
        for column in load_dictionary().tables[name].columns.values()
    ]
    return pa.schema([*fields, (SOURCE_COLUMN, pa.int32()), (ROW_COLUMN, pa.int32())])


def of_year(tables: Tables, year: int) -> dict[str, pa.Table]:
    """The rows of one year."""
    return {
        name: table.take(array_of(np.flatnonzero(pc.equal(table.column("year"), year).to_numpy())))
        for name, table in tables.items()
    }


def school_ids(rows: Iterable[Row]) -> frozenset[str]:
    """The codes of rows of the table of schools."""
    return frozenset(str(row["school_id"]) for row in rows)
