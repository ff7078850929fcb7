"""A check is left out only where the query would find nothing: both are asked of the same columns."""

import math
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import load_checks, load_dictionary
from junheng.data.checks.certain import may_fail
from junheng.data.checks.definition import IT, Check
from junheng.data.checks.sql import failing_rows_sql
from junheng.data.engines import run_sql

NUMBERS = st.none() | st.sampled_from(
    [0.0, 1.0, 0.5, -1.0, 1e6, 1e300, math.inf, -math.inf, math.nan, 2024.0]
)
WORDS = st.none() | st.sampled_from(["primary", "junior", "", "x"])
FACETS = ("finite", "minimum", "maximum", "whole", "values", "required")


def _check(facet: str) -> Check:
    """A check of the facet on a column of stages, not on their year."""
    found = (check for check in load_checks() if check.rule.facet == facet and check.view == "stage")
    return next(check for check in found if check.bound[IT] != "year")


def _kind(check: Check) -> pa.DataType:
    kind = load_dictionary().column(check.view, check.bound[IT]).type
    return pa.float64() if kind in ("integer", "number") else pa.string()


def _fails(check: Check, table: pa.Table) -> bool:
    sql = failing_rows_sql("stage", [check], {"stage": table.column_names}, load_dictionary())
    return bool(run_sql("duckdb", {"stage": table}, sql).num_rows)


def _table(check: Check, cells: Sequence[Any]) -> pa.Table:
    rows = range(len(cells))
    columns = {"school_id": pa.array(map(str, rows), pa.string()), "_at_stage": pa.array(rows, pa.int64())}
    return pa.table(columns | {check.bound[IT]: pa.array(cells, _kind(check))})


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet != "finite"])
@given(data=st.data())
@settings(max_examples=examples(40), deadline=None)
def test_nothing_that_fails_is_left_out(facet: str, data: st.DataObject) -> None:
    check = _check(facet)
    cells = data.draw(st.lists(WORDS if _kind(check) == pa.string() else NUMBERS, min_size=1, max_size=4))
    table = _table(check, cells)
    spec = load_dictionary().column(check.view, check.bound[IT])
    assert may_fail(check, table, spec) >= _fails(check, table)


def test_a_column_as_it_should_be_is_left_out() -> None:
    check = _check("minimum")
    spec = load_dictionary().column(check.view, check.bound[IT])
    assert not may_fail(check, _table(check, [1.0, None, 5.0]), spec)
    assert may_fail(check, _table(check, [1.0, -1.0]), spec)


def test_what_is_not_finite_is_asked_for() -> None:
    check = next(found for found in load_checks() if found.rule.facet == "finite")
    spec = load_dictionary().column(check.view, check.bound[IT])
    for value, expected in ((1.0, False), (None, False), (math.nan, True), (-math.inf, True)):
        table = pa.table({check.bound[IT]: pa.array([value], pa.float64())})
        assert may_fail(check, table, spec) is expected


def test_an_unknown_condition_is_always_asked() -> None:
    from dataclasses import replace

    check = _check("minimum")
    own = replace(check, rule=replace(check.rule, fails_when="it <= minimum"))
    spec = load_dictionary().column(check.view, check.bound[IT])
    assert may_fail(own, _table(check, [1.0, 2.0]), spec)
