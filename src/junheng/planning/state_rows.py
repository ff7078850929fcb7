"""The county's tables as plain rows of one year, and a year to come written as an ordinary input.

What a forecast contradicts is left out: where the pupils of a school-stage change, its classes and its groups of
pupils are nobody's forecast, so they are absent, never carried over.
"""

import csv
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pyarrow as pa

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, load_dictionary
from junheng.planning.frozen import number

Row = dict[str, Any]
Rows = dict[str, list[Row]]
StageKey = tuple[str, str]  # school_id, stage
KEYS = ("year", "school_id", "stage")
_REGISTERS = frozenset(
    {"pupil", "teacher"}
)  # of persons: rolled up into counts before, none of a year to come
_GRAIN = 10**6  # a quantity without end is rounded up to the millionth of its unit


def county_rows(tables: Mapping[str, pa.Table], year: int, county: str) -> Rows:
    """The rows of ``year`` of one county, table by table, without registers and service columns."""
    schools = {
        row["school_id"]
        for row in tables["school"].select(["year", "school_id", "county_code"]).to_pylist()
        if row["year"] == year and row["county_code"] == county
    }
    found: Rows = {}
    for name, table in tables.items():
        if name in _REGISTERS:
            continue
        kept = [column for column in table.column_names if column not in (SOURCE_COLUMN, ROW_COLUMN)]
        rows = [row for row in table.select(kept).to_pylist() if row["year"] == year]
        found[name] = [row for row in rows if _is_of(row, schools, county)]
    return found


def _is_of(row: Row, schools: set[str], county: str) -> bool:
    if "school_id" in row:
        return row["school_id"] in schools
    if "junior_school_id" in row:
        return row["junior_school_id"] in schools or row.get("senior_school_id") in schools
    if "scope_id" in row and row.get("scope") in ("school", "county"):
        return row["scope_id"] in schools | {county}
    return bool(row.get("county_code", county) == county)


def year_rows(base: Rows, year: int, pupils: Mapping[StageKey, int]) -> Rows:
    """A copy of ``base`` for ``year`` with the forecast ``pupils``; a stage not in it keeps those it had."""
    found = {name: [{**row, "year": year} for row in rows] for name, rows in base.items()}
    changed: set[StageKey] = set()
    for place, row in enumerate(found["stage"]):
        key = (row["school_id"], row["stage"])
        if key in pupils and pupils[key] != row.get("pupils"):
            changed.add(key)
            kept = {name: value for name, value in row.items() if name in KEYS}
            found["stage"][place] = {**dict.fromkeys(row), **kept, "pupils": pupils[key]}
    if "class" in found:
        found["class"] = [row for row in found["class"] if (row["school_id"], row["stage"]) not in changed]
    return found


def write_rows(rows: Rows, folder: Path) -> None:
    """Write every table that has rows as ``<table>.csv`` with canonical names. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, spec in load_dictionary().tables.items():
        if not rows.get(name):
            continue
        columns = [column for column in spec.columns if any(column in row for row in rows[name])]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(row.get(column)) for column in columns] for row in rows[name])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Fraction):
        return _decimal(Fraction(repr(value)) if isinstance(value, float) else value)
    return str(value)


def _decimal(value: Fraction) -> str:
    """A fraction as a plain decimal, rounded up to the millionth where it has no end."""
    spelled = str(number(value))
    return str(number(Fraction(ceil(value * _GRAIN), _GRAIN))) if "/" in spelled else spelled


def staff_rows(rows: Rows, school_id: str, stage: str) -> list[Row]:
    """The rows of ``teacher_count`` of a school-stage: its own first, then those of campuses merged into it."""
    own = {school_id: 0} | {
        row["school_id"]: 1 for row in rows["school"] if row.get("parent_school_id") == school_id
    }
    found = [
        row for row in rows.get("teacher_count", ()) if row["school_id"] in own and row["stage"] == stage
    ]
    return sorted(found, key=lambda row: (own[row["school_id"]], row["school_id"]))
