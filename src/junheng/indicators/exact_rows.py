"""The exact row of one school-stage, from the tables of an evaluation, however large they are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa

from junheng.data.engines import column_types, row_count, run_sql
from junheng.indicators.compiled import columns_by_table, compile_measures
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.query.scan import PARENT
from junheng.indicators.reference.rows import Row
from junheng.indicators.reference.stage_rows import stage_rows

SMALL = 200_000  # up to so many rows in all tables, an index in memory is worth its while
Places = Mapping[tuple[Any, ...], list[int]]
_indexes: WeakKeyDictionary[Evaluation, dict[str, Places]] = WeakKeyDictionary()
_rows: WeakKeyDictionary[Evaluation, dict[tuple[int, str], list[Row]]] = WeakKeyDictionary()


def exact_row(evaluation: Evaluation, year: int, school_id: str, stage: str) -> Row | None:
    """The school-stage with every column its measures read, merged and split, in fractions; None if absent."""
    known = _rows.setdefault(evaluation, {})
    if (year, school_id) not in known:
        known[year, school_id] = _school(evaluation, year, school_id)
    return next((row for row in known[year, school_id] if row["stage"] == stage), None)


def _school(evaluation: Evaluation, year: int, school_id: str) -> list[Row]:
    tables = _tables_of(evaluation, year, school_id)
    columns = columns_by_table(compile_measures(evaluation.measures, evaluation.parameters))
    rows = stage_rows(tables, columns, evaluation.parameters)
    return [row for row in rows if row["school_id"] == school_id]


def _tables_of(evaluation: Evaluation, year: int, school_id: str) -> dict[str, list[Row]]:
    """The rows of the school and of everything it is tied to as parent or part, directly or not."""
    family: set[str] = set()
    fresh = {school_id}
    while fresh:
        family |= fresh
        fresh = _relatives(evaluation, year, fresh) - family
    return {name: _pick(evaluation, name, year, family) for name in evaluation.tables}


def _relatives(evaluation: Evaluation, year: int, ids: set[str]) -> set[str]:
    if PARENT not in column_types(evaluation.tables["school"]):
        return set()
    parts = _pick(evaluation, "school", year, ids, PARENT)
    parents = [row[PARENT] for row in _pick(evaluation, "school", year, ids)]
    return {row["school_id"] for row in parts} | {parent for parent in parents if parent is not None}


def _pick(
    evaluation: Evaluation, name: str, year: int, ids: set[str], column: str = "school_id"
) -> list[Row]:
    table = evaluation.tables[name]
    if column not in column_types(table):
        return []
    if isinstance(table, Path) or row_count(table) > SMALL:
        sql = f"SELECT * FROM {name} WHERE year = {int(year)} AND {column} IN (SELECT id FROM wanted)"
        wanted = pa.table({"id": pa.array(sorted(ids), pa.string())})
        found: list[Row] = run_sql("duckdb", {name: table, "wanted": wanted}, sql).to_pylist()
        return found
    index = _index(evaluation, table, f"{name}.{column}")
    places = sorted(place for member in ids for place in index.get((year, member), ()))
    picked: list[Row] = table.take(places).to_pylist() if places else []
    return picked


def _index(evaluation: Evaluation, table: pa.Table, label: str) -> Places:
    """Where each (year, value of the column) stands; ``label`` is table.column."""
    kept = _indexes.setdefault(evaluation, {})
    if label not in kept:
        column = label.split(".")[1]
        found: dict[tuple[Any, ...], list[int]] = {}
        keys = zip(table.column("year").to_pylist(), table.column(column).to_pylist(), strict=True)
        for place, key in enumerate(keys):
            found.setdefault(key, []).append(place)
        kept[label] = found
    return kept[label]
