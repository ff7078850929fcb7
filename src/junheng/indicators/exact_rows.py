"""The exact row of one school-stage, from the tables of an evaluation, however large they are."""

from collections.abc import Iterable, Mapping
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
School = tuple[int, str]  # year, school_id
Places = Mapping[tuple[Any, ...], list[int]]
_indexes: WeakKeyDictionary[Evaluation, dict[str, Places]] = WeakKeyDictionary()
_rows: WeakKeyDictionary[Evaluation, dict[School, list[Row]]] = WeakKeyDictionary()


def exact_row(evaluation: Evaluation, year: int, school_id: str, stage: str) -> Row | None:
    """The school-stage with every column its measures read, merged and split, in fractions; None if absent."""
    prepare_rows(evaluation, [(year, school_id)])
    return next((row for row in _rows[evaluation][year, school_id] if row["stage"] == stage), None)


def prepare_rows(evaluation: Evaluation, schools: Iterable[School]) -> None:
    """Fetch the rows of many schools (year, school_id) at once: a nation's tables are read once, not per school."""
    known = _rows.setdefault(evaluation, {})
    wanted = {school for school in schools if school not in known}
    if not wanted:
        return
    tables = _tables_of(evaluation, wanted)
    columns = columns_by_table(compile_measures(evaluation.measures, evaluation.parameters))
    known.update((school, []) for school in wanted)
    for row in stage_rows(tables, columns, evaluation.parameters):
        if (row["year"], row["school_id"]) in wanted:
            known[row["year"], row["school_id"]].append(row)


def _tables_of(evaluation: Evaluation, wanted: set[School]) -> dict[str, list[Row]]:
    """The rows of the schools and of everything tied to them as parent or part, directly or not."""
    family: set[School] = set()
    fresh = wanted
    while fresh:
        family |= fresh
        fresh = _relatives(evaluation, fresh) - family
    return {name: _pick(evaluation, name, family) for name in evaluation.tables}


def _relatives(evaluation: Evaluation, schools: set[School]) -> set[School]:
    if PARENT not in column_types(evaluation.tables["school"]):
        return set()
    parts = _pick(evaluation, "school", schools, PARENT)
    own = _pick(evaluation, "school", schools)
    return {(row["year"], row["school_id"]) for row in parts} | {
        (row["year"], row[PARENT]) for row in own if row[PARENT] is not None
    }


def _pick(evaluation: Evaluation, name: str, wanted: set[School], column: str = "school_id") -> list[Row]:
    table = evaluation.tables[name]
    if column not in column_types(table):
        return []
    if isinstance(table, Path) or row_count(table) > SMALL:
        years, ids = zip(*sorted(wanted), strict=True)
        asked = pa.table({"asked_year": pa.array(years, pa.int32()), "asked_id": pa.array(ids, pa.string())})
        sql = f"SELECT x.* FROM {name} AS x JOIN asked ON x.year = asked_year AND x.{column} = asked_id"
        found: list[Row] = run_sql("duckdb", {name: table, "asked": asked}, sql).to_pylist()
        return found
    index = _index(evaluation, table, f"{name}.{column}")
    places = sorted(place for school in wanted for place in index.get(school, ()))
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
