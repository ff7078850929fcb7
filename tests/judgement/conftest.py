"""Small counties written row by row, and the standards they are judged by."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Checked, InputFile, Snapshot, Source, SourceColumn, load_dictionary
from junheng.indicators import Evaluation, evaluate, load_catalogue
from junheng.judgement import measures_of, parameters_of
from junheng.standards import Standard, resolve

Rows = Sequence[Mapping[str, Any]]
Tables = Mapping[str, pa.Table]
_ARROW = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
PER_PUPIL = {
    "primary": {"teachers": 0.05, "teaching_area_m2": 5.0, "sports_ground_area_m2": 8.0, "equipment": 2100.0},
    "junior": {"teachers": 0.06, "teaching_area_m2": 6.5, "sports_ground_area_m2": 11.0, "equipment": 2600.0},
}


def table(name: str, rows: Rows) -> pa.Table:
    """Rows as a canonical table: every column of the dictionary that some row has, typed."""
    specs = load_dictionary().tables[name].columns
    names = [column for column in specs if any(column in row for row in rows)]
    types = {
        column: pa.int32() if column == "year" else _ARROW.get(specs[column].type, pa.string())
        for column in names
    }
    return pa.table({column: pa.array([row.get(column) for row in rows], types[column]) for column in names})


def good_school(
    school_id: str, stage: str = "primary", pupils: int | None = 1000, **changes: Any
) -> dict[str, dict[str, Any]]:
    """One school-stage that meets every indicator of quality-2017, with ``changes`` to any of its cells."""
    size, per = pupils or 0, PER_PUPIL[stage]
    school = {"name": f"{school_id}学校", "kind": stage, "county_code": "150102", "ownership": "public"}
    school |= {"run_by": "county", "urban_rural_code": "111", "is_counted": True, "is_dense_core": False}
    teachers = {"doctor": 0, "master": 0, "bachelor": round(size * per["teachers"] * 1.3), "associate": 0}
    teachers |= {"backbone": -(-size * 12 // 1000), "pe": -(-size * 5 // 1000), "music": -(-size * 3 // 1000)}
    teachers |= {"art": -(-size * 3 // 1000), "arts": 0}
    premises = {
        "teaching_area_m2": size * per["teaching_area_m2"],
        "indoor_sports_area_m2": 0.0,
        "sports_ground_area_m2": size * per["sports_ground_area_m2"],
        "equipment_value_yuan": size * per["equipment"],
        "multimedia_rooms": -(-size * 25 // 1000),
    }
    found = {
        "school": school,
        "stage": {"stage": stage, "pupils": pupils},
        "teacher_count": {"stage": stage} | teachers,
    }
    found["premises"] = premises
    identity = {"year": changes.pop("year", 2024), "school_id": school_id}
    for rows in found.values():
        rows |= identity | {k: v for k, v in changes.items() if k in rows}
    known = {key for rows in found.values() for key in rows}
    found["school"] |= {key: value for key, value in changes.items() if key not in known}
    return found


def tables_of(*schools: Mapping[str, Mapping[str, Any]]) -> dict[str, pa.Table]:
    """The tables of a county made of ``good_school`` parts; a part without a table has no row there."""
    names = ("school", "stage", "teacher_count", "premises")
    return {name: table(name, [school[name] for school in schools if name in school]) for name in names}


def checked_of(tables: Tables) -> Checked:
    """Tables as if read from one workbook with a heading row and a row of units."""
    sources, placed, raw = [], {}, {}
    for index, (name, rows) in enumerate(tables.items()):
        columns = {column: (SourceColumn(column, chr(65 + i)),) for i, column in enumerate(rows.column_names)}
        sources.append(Source(name, "book.xlsx", load_dictionary().tables[name].sheet.zh, columns))
        count = rows.num_rows
        located = rows.append_column("_source", pa.array([index] * count, pa.int32()))
        placed[name] = located.append_column("_row", pa.array(range(3, 3 + count), pa.int32()))
        texts = {
            c: [None if v is None else str(v) for v in rows.column(c).to_pylist()] for c in rows.column_names
        }
        raw[name] = pa.table({column: pa.array(found, pa.string()) for column, found in texts.items()})
    counts = {name: rows.num_rows for name, rows in tables.items()}
    inputs = (InputFile("book.xlsx", "0" * 64, 1, counts),)
    return Checked(Snapshot(placed, tuple(sources), inputs, (), raw), ())


@pytest.fixture(scope="session")
def quality() -> Standard:
    return resolve("quality-2017", on=date(2024, 9, 1))


@pytest.fixture(scope="session")
def basic() -> Standard:
    return resolve("basic-2012", on=date(2024, 9, 1))


@pytest.fixture(scope="session")
def school_of() -> Callable[..., dict[str, dict[str, Any]]]:
    return good_school


@pytest.fixture(scope="session")
def county_of() -> Callable[..., dict[str, pa.Table]]:
    return tables_of


@pytest.fixture(scope="session")
def as_read() -> Callable[[Tables], Checked]:
    return checked_of


@pytest.fixture(scope="session")
def canonical() -> Callable[[str, Rows], pa.Table]:
    return table


@pytest.fixture(scope="session")
def facts_of() -> Callable[[Tables, Standard], Evaluation]:
    """Evaluate tables by a standard's measures and parameters."""
    catalogue = load_catalogue()

    def evaluated(tables: Tables, standard: Standard) -> Evaluation:
        return evaluate(tables, measures_of(standard, catalogue), parameters_of(standard))

    return evaluated


@pytest.fixture(scope="session")
def schema_path() -> Path:
    import junheng.judgement

    return Path(junheng.judgement.__file__).with_name("verdict.schema.json")
