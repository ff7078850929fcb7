"""Small snapshots for the tests of checks."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Snapshot, load_dictionary
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Source, SourceColumn

Rows = Mapping[str, Any]
TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
DEFAULTS = {
    "school_id": "2115000001",
    "stage": "primary",
    "county_code": "150102",
    "class_no": "1",
    "grade": 1,
}
SCHOOL = {"name": "甲小学", "kind": "primary"}


def _row(table: str, row: Mapping[str, Any], year: int) -> dict[str, Any]:
    spec = load_dictionary().tables[table]
    known = {
        name: value
        for name, value in DEFAULTS.items()
        if name in {*spec.key, "county_code"} & {*spec.columns}
    }
    return {"year": year, **known, **(SCHOOL if table == "school" else {}), **row}


def make_table(table: str, rows: list[dict[str, Any]], year: int, number: int) -> pa.Table:
    """``rows`` with every dictionary column, as the reader would give them from rows 2, 3, …"""
    columns: dict[str, pa.Array] = {}
    filled = [_row(table, row, year) for row in rows]
    for name, spec in load_dictionary().tables[table].columns.items():
        kind = pa.int32() if name == "year" else TYPES.get(spec.type, pa.string())
        cells = [row.get(name) for row in filled]
        if pa.types.is_integer(kind) and any(isinstance(cell, float) for cell in cells):
            kind = pa.float64()
        if pa.types.is_date(kind):
            cells = [datetime.date.fromisoformat(str(cell)) if cell else None for cell in cells]
        columns[name] = pa.array(cells, kind)
    columns[SOURCE_COLUMN] = pa.array([number] * len(rows), pa.int32())
    columns[ROW_COLUMN] = pa.array(range(2, len(rows) + 2), pa.int32())
    return pa.table(columns)


def make_snapshot(rows: Rows, year: int = 2024) -> Snapshot:
    """A snapshot of ``rows`` (table → row or rows); a school and a primary stage are there anyway."""
    asked = {"school": {}, "stage": {}, **rows}
    tables, sources, raw = {}, [], {}
    for number, (name, given) in enumerate(asked.items()):
        table = make_table(name, given if isinstance(given, list) else [given], year, number)
        columns = list(load_dictionary().tables[name].columns)
        letters = {column: (SourceColumn(column, chr(65 + i)),) for i, column in enumerate(columns)}
        tables[name] = table
        sources.append(Source(name, "book.xlsx", name, letters))
        raw[name] = pa.table(
            {
                column: pa.array([None if v is None else f"{v}" for v in table.column(column).to_pylist()])
                for column in columns
                if table.column(column).null_count < table.num_rows
            }
        )
    return Snapshot(tables, tuple(sources), (), (), raw)


@pytest.fixture(scope="session")
def snapshot_of() -> Callable[..., Snapshot]:
    """The maker of small snapshots."""
    return make_snapshot
