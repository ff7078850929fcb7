"""Checks made from the dictionary: every column with a bound, a list or whole numbers is held to it."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Snapshot, check_snapshot, load_checks, load_dictionary
from junheng.data.checks.definition import Check

Make = Callable[..., Snapshot]
FACETS = ("finite", "minimum", "maximum", "whole", "values", "required")
BY_FACET = {facet: [c for c in load_checks() if c.rule.facet == facet] for facet in FACETS}


def _good(check: Check) -> Any:
    spec = load_dictionary().column(check.view, check.bound["it"])
    if spec.type == "enum":
        return next(iter(spec.values))
    if spec.type not in {"integer", "number"}:
        return "甲"
    return spec.maximum if check.rule.facet == "maximum" else spec.minimum or 0.0


def _bad(check: Check) -> Any:
    spec = load_dictionary().column(check.view, check.bound["it"])
    return {
        "finite": float("inf"),
        "minimum": (spec.minimum or 0.0) - 1,
        "maximum": (spec.maximum or 0.0) + 1,
        "whole": (spec.minimum or 0.0) + 0.5,
        "values": "不在其中",
        "required": None,
    }[check.rule.facet or ""]


def _column(check: Check, value: Any) -> pa.Array:
    """One cell; numbers as doubles, as a Parquet file may bring them."""
    return pa.array([value], pa.string() if isinstance(value, str) or value is None else pa.float64())


def _snapshot(checks: list[Check], value_of: Callable[[Check], Any]) -> Snapshot:
    """One row in every table with the value of each check in its column."""
    tables: dict[str, dict[str, pa.Array]] = {}
    for check in checks:
        columns = tables.setdefault(check.view, {"year": pa.array([2024])})
        columns[check.bound["it"]] = _column(check, value_of(check))
    return Snapshot({name: pa.table(columns) for name, columns in tables.items()}, (), ())


def test_every_facet_has_columns() -> None:
    assert all(len(checks) > 10 for checks in BY_FACET.values())


@pytest.mark.parametrize("facet", FACETS)
def test_each_column_is_held_to_its_facet(facet: str) -> None:
    # Registers are rolled up by their keys, which this test plays with.
    checks = [c for c in BY_FACET[facet] if c.view not in {"pupil", "teacher"} and c.bound["it"] != "year"]
    told = check_snapshot(_snapshot(checks, _bad), checks=checks).problems
    assert sorted((p.check, p.table, p.column) for p in told) == sorted((c.id, *c.marks[0]) for c in checks)
    assert check_snapshot(_snapshot(checks, _good), checks=checks).problems == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_told_once_and_blanked(value: float) -> None:
    table = pa.table({"year": [2024], "school_id": ["2115000001"], "teaching_area_m2": [value]})
    checked = check_snapshot(Snapshot({"premises": table}, (), ()))
    about = [p.check for p in checked.problems if p.column == "teaching_area_m2"]
    assert about[0] == "cell.finite"
    assert len([check for check in about if check.startswith("cell.")]) == 1
    assert checked.snapshot.tables["premises"].column("teaching_area_m2").to_pylist() == [None]


def test_a_key_is_reported_but_never_blanked() -> None:
    table = pa.table({"year": [1900], "school_id": ["2115000001"], "stage": ["kindergarten"], "pupils": [5]})
    checked = check_snapshot(Snapshot({"stage": table}, (), ()))
    assert {p.column for p in checked.problems if p.check in {"cell.values", "cell.minimum"}} == {
        "stage",
        "year",
    }
    assert checked.blanked == frozenset()


def test_required_cells_blank_in_some_rows_are_told_row_by_row(snapshot_of: Make) -> None:
    snapshot = snapshot_of({"school": [{}, {"school_id": "2115000002", "kind": None}], "stage": []})
    found = [
        p for p in check_snapshot(snapshot).problems if p.check == "cell.required" and p.column == "kind"
    ]
    assert [(p.row, p.school_id) for p in found] == [(3, "2115000002")]
