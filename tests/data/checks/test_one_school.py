"""One school's checks without an engine tell what DuckDB tells, on random returns, of every check."""

from datetime import date
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import ColumnSpec, Snapshot, arrow_array, check_snapshot, load_checks, load_dictionary
from junheng.data.checks import run
from junheng.data.checks.one_school import failures_of_one
from junheng.data.checks.one_school import run as of_one
from junheng.data.checks.one_school.conditions import UnknownTermError, term_of
from junheng.data.checks.one_school.joined import JOINED
from junheng.data.checks.run import engine_failures
from junheng.data.checks.sql import AT
from junheng.data.checks.views import view_named

_OWN = "2115000001"
_YEAR = 2024
_MANY = ("class", "special_room", "cohort")
_STAGES = ("primary", "junior", "senior")
_KINDS = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
_NUMBERS = (None, 0, 1, 2, 5, 9, 10, 12, 40, 50, 66, 90, 200, 900, 5000, 2_000_000, -3)
_CODES = (None, "150102", "15010", "150102001", "211500000", "nowhere", _OWN, "3115000001", "999900")
_FEW = settings(max_examples=examples(6), deadline=None)

Rows = list[dict[str, Any]]


def _cell(source: Random, spec: ColumnSpec) -> Any:
    if spec.type == "enum":
        return source.choice([None, "什么", *spec.values])
    if spec.type == "boolean":
        return source.choice([None, True, False])
    if spec.type == "date":
        return source.choice([None, date(2023, 5, 1), date(2025, 1, 1)])
    if spec.type == "integer":
        return source.choice(_NUMBERS)
    if spec.type == "number":
        return source.choice([source.choice(_NUMBERS), source.uniform(-5, 9000)])
    return source.choice(_CODES if spec.type == "code" else (None, "甲", "乙小学"))


def _return(source: Random, year: int) -> dict[str, Rows]:
    """A return of which any cell may hold anything; mostly one school's, and of a few tables."""
    tables: dict[str, Rows] = {"school": [_row(source, "school", year)]}
    for name in ("premises", "finance"):
        if source.random() < 0.8:
            tables[name] = [_row(source, name, year)]
    for name in ("stage", "teacher_count", *_MANY):
        if name == "stage" or source.random() < 0.7:
            stages = source.sample(_STAGES, source.randint(name == "stage", 3)) * source.choice(
                [1, 1, 2 if name in _MANY else 1]
            )
            tables[name] = [_row(source, name, year, stage) for stage in stages]
    for name in ("attestation", "quota"):
        if source.random() < 0.4:
            tables[name] = [_row(source, name, year) for _ in range(source.randint(1, 4))]
    return tables


def _row(source: Random, table: str, year: int, stage: str | None = None) -> dict[str, Any]:
    columns = load_dictionary().tables[table].columns
    row = {name: _cell(source, spec) for name, spec in columns.items()}
    whose = "2115000002" if source.random() < 0.1 else _OWN
    known = {"year": year, "school_id": whose, "stage": stage}
    return row | {name: value for name, value in known.items() if name in columns and value is not None}


def _tables(rows: dict[str, Rows]) -> dict[str, pa.Table]:
    return {
        name: pa.table({spec.name: _column(spec, found) for spec in _specs(name)})
        for name, found in rows.items()
    }


def _specs(table: str) -> list[ColumnSpec]:
    return list(load_dictionary().tables[table].columns.values())


def _column(spec: ColumnSpec, rows: Rows) -> pa.Array:
    kind = pa.int32() if spec.name == "year" else _KINDS.get(spec.type, pa.string())
    return arrow_array([row[spec.name] for row in rows], kind)


@_FEW
@given(st.integers(0), st.booleans())
def test_it_tells_what_the_engine_tells(seed: int, is_first: bool) -> None:
    source = Random(seed)
    now, prior = _tables(_return(source, _YEAR)), {} if is_first else _tables(_return(source, _YEAR - 1))
    checks, dictionary = load_checks(), load_dictionary()
    expected = list(engine_failures(checks, now, prior, dictionary))
    assert failures_of_one(checks, now, prior) == expected


@_FEW
@given(st.integers(0))
def test_a_whole_check_is_the_same(seed: int) -> None:
    source = Random(seed)
    now, previous = (Snapshot(_tables(_return(source, year)), (), ()) for year in (_YEAR, _YEAR - 1))
    found = check_snapshot(now, previous)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "failures_of_one", lambda *_: None)
        by_engine = check_snapshot(now, previous)
    assert (found.problems, found.blanked) == (by_engine.problems, by_engine.blanked)


def test_every_check_of_a_schools_tables_is_known_here() -> None:
    for check in load_checks():
        term_of(check.sql)
        for sql in check.shows.values():
            term_of(sql)


def test_what_is_not_of_the_grammar_goes_to_the_engine() -> None:
    with pytest.raises(UnknownTermError):
        term_of("levenshtein(name, kind) > 2")


@pytest.mark.parametrize(
    ("sql", "row", "expected"),
    [
        ('"a" > 1 AND "b" > 1', {"a": None, "b": 0.0}, False),
        ('"a" > 1 OR "b" > 1', {"a": None, "b": 2.0}, True),
        ('NOT "a" IN (1, 2)', {"a": None}, None),
        ('NOT "a" IN (NULL)', {"a": "x"}, None),
        ('"a" / NULLIF("b", 0)', {"a": 1.0, "b": 0.0}, None),
        ('GREATEST("a", "b", 0)', {"a": None, "b": -1.0}, 0.0),
        ('"a" < "b" * (1 - 0.02)', {"a": 98.0, "b": 100.0}, False),
        ('CASE WHEN "a" IS NULL THEN \'x\' ELSE "a" END', {"a": None}, "x"),
    ],
)
def test_nothing_is_neither_true_nor_false(sql: str, row: dict[str, Any], expected: Any) -> None:
    assert term_of(sql)(row) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e200])
def test_what_is_no_usual_number_goes_to_the_engine(value: float) -> None:
    premises = pa.table({"year": [2024], "school_id": [_OWN], "teaching_area_m2": [value]})
    assert failures_of_one(load_checks(), {"premises": premises}, {}) is None


def test_two_schools_go_to_the_engine() -> None:
    schools = pa.table({"year": [2024, 2024], "school_id": [_OWN, "2115000002"]})
    assert failures_of_one(load_checks(), {"school": schools}, {}) is None


_NEVER_OF_ONE = {
    "county_listed",
    "is_listed",
    "county_code_near",
}  # told by a table of counties, or by other schools


@pytest.mark.parametrize("view", JOINED)
def test_every_derived_column_of_a_view_is_made_here_too(view: str) -> None:
    """A column that a view gains must be gained here: else its checks would pass in silence."""
    stage = {"year": 2024.0, "school_id": _OWN, "stage": "primary"}
    now: dict[str, Rows] = {}
    for name in (*view_named(view).tables(), "school", "stage"):
        now[name] = [{spec.name: 1.0 for spec in _specs(name)} | stage | {f"{AT}{name}": 0}]
    now["school"][0] |= {"county_code": "150102", "parent_school_id": _OWN, "town_code": "150102001"}
    before = {name: [row | {"year": 2023.0} for row in rows] for name, rows in now.items()}
    (made,) = JOINED[view](now, before)
    assert view_named(view).derived() - made.keys() <= _NEVER_OF_ONE


def test_a_view_that_is_not_known_here_goes_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = _tables(_return(Random(1), _YEAR))
    assert failures_of_one(load_checks(), tables, {}) is not None
    monkeypatch.setattr(of_one, "JOINED", {})
    assert failures_of_one(load_checks(), tables, {}) is None
