"""How an evaluation is cut into queries: one, or one a year where there are very many rows.

A year is also the unit in which a table may be absent and its register present, so a year that reports its
counts never touches the register.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from junheng.data import load_registers
from junheng.data.engines import Table, column_types, row_count, run_sql
from junheng.indicators.compiled import CompiledMeasure, columns_by_table
from junheng.indicators.parameters import Parameters
from junheng.indicators.query.merging import moves_condition
from junheng.indicators.query.scan import PARENT, Reading, readings

MANY_ROWS = 500_000  # beyond so many school-stages, one year at a time keeps memory low


@dataclass(frozen=True, slots=True)
class Part:
    """One query: the years it covers (None: all), what it reads of the tables, and whether rows merge."""

    years: tuple[int, ...] | None
    readings: Mapping[str, Reading]
    tables: Mapping[str, Table]
    merge: bool


def plan_parts(
    tables: Mapping[str, Table],
    compiled: Sequence[CompiledMeasure],
    parameters: Parameters,
    years: Sequence[int] | None,
    engine: str,
) -> list[Part]:
    """The queries, in order of years; together they cover every school-stage once."""
    present = {name: column_types(table) for name, table in tables.items()}
    registers = {found.target: name for name, found in load_registers().items() if name in tables}
    read = readings(columns_by_table(compiled), present, registers)
    merge = _has_merging_rows(tables["school"], present["school"], parameters)
    asked = None if years is None else tuple(sorted(set(years)))
    name = "stage" if "stage" in tables else "pupil"
    if engine != "duckdb" or row_count(tables[name]) <= MANY_ROWS:
        return [Part(asked, read, _used(read, tables, registers), merge)]
    known = {name: _years_in(name, tables[name]) for name in {*registers, *registers.values()} & set(tables)}
    found = []
    for year in asked or _years_in(name, tables[name]):
        pruned = {table: _pruned(reading, year, known, registers) for table, reading in read.items()}
        found.append(Part((year,), pruned, _used(pruned, tables, registers), merge))
    return found


def _pruned(
    reading: Reading, year: int, known: Mapping[str, Sequence[int]], registers: Mapping[str, str]
) -> Reading:
    """``reading`` without the table or the register that has no row in ``year``."""
    if reading.table not in registers:
        return reading
    if year not in known[registers[reading.table]]:
        return replace(reading, register="", counted=())
    return reading if year in known.get(reading.table, ()) else replace(reading, present={})


def _years_in(name: str, table: Table) -> list[int]:
    sql = f"SELECT DISTINCT CAST(year AS INTEGER) AS year FROM {name} WHERE year IS NOT NULL ORDER BY year"
    years: list[int] = run_sql("duckdb", {name: table}, sql).column("year").to_pylist()
    return years


def _used(
    read: Mapping[str, Reading], tables: Mapping[str, Table], registers: Mapping[str, str]
) -> dict[str, Table]:
    names = {table for table, reading in read.items() if reading.present}
    names |= {registers[table] for table, reading in read.items() if reading.register}
    return {name: table for name, table in tables.items() if name in names}


def _has_merging_rows(school: Table, present: Mapping[str, pa.DataType], parameters: Parameters) -> bool:
    if PARENT not in present:
        return False
    if isinstance(school, pa.Table) and school.column(PARENT).null_count == school.num_rows:
        return False
    columns = [name if name in present else f"NULL AS {name}" for name in ("school_id", PARENT, "kind")]
    columns.append("is_counted" if "is_counted" in present else "CAST(NULL AS BOOLEAN) AS is_counted")
    rows = f"SELECT {', '.join(columns)} FROM school"
    sql = f"SELECT 1 AS found FROM ({rows}) AS s WHERE {moves_condition(parameters)} LIMIT 1"
    return bool(run_sql("duckdb", {"school": school}, sql).num_rows)
