"""Checks asked again after a cell changed tell, with those remembered, what all checks tell."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import (
    Problem,
    Snapshot,
    check_snapshot,
    checks_that_see,
    load_checks,
    read_input,
    tables_of,
)

_DISTRICT = Path(__file__).resolve().parents[3] / "examples" / "xx_district"
_COLUMNS = (
    ("stage", "pupils"),
    ("stage", "classes"),
    ("stage", "max_class_size"),
    ("teacher_count", "full_time"),
    ("teacher_count", "backbone"),
    ("premises", "teaching_area_m2"),
    ("premises", "equipment_value_yuan"),
    ("premises", "computers"),
    ("finance", "operating_budget_yuan"),
)


@cache
def _year(year: int) -> Snapshot:
    return read_input(_DISTRICT / f"{year}.xlsx")


def _school(year: int, code: str) -> Snapshot:
    found = _year(year)
    return replace(found, tables=tables_of(found.tables, frozenset({code})), raw={}, problems=())


def _codes() -> list[str]:
    return sorted(set(_year(2024).tables["stage"]["school_id"].to_pylist()))


def _changed(snapshot: Snapshot, table: str, column: str, factor: float | None) -> Snapshot:
    held = snapshot.tables[table]
    place = held.column_names.index(column)
    was = held.column(column).to_pylist()
    now = [None if factor is None or one is None else type(one)(one * factor) for one in was]
    field = held.schema.field(column)
    made = held.set_column(place, field, pa.chunked_array([pa.array(now, field.type)]))
    return replace(snapshot, tables={**snapshot.tables, table: made})


def _told(problems: tuple[Problem, ...]) -> list[tuple[str, ...]]:
    return sorted((p.check, p.table, p.column, p.school_id, p.stage, p.what.zh) for p in problems)


@settings(max_examples=examples(6), deadline=None)
@given(st.data())
def test_with_what_is_remembered_it_is_everything(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(_codes()))
    table, column = data.draw(st.sampled_from(_COLUMNS))
    factor = data.draw(st.sampled_from([None, 0.2, 0.9, 1.1, 1.7, 30.0]))
    now, before = _school(2024, code), _school(2023, code)
    if now.tables[table].num_rows == 0:
        return
    before_or_none = before if before.tables["stage"].num_rows else None
    remembered = check_snapshot(now, before_or_none).problems
    changed = _changed(now, table, column, factor)
    few = checks_that_see([(table, column)])
    again = check_snapshot(changed, before_or_none, checks=few).problems
    whole = check_snapshot(changed, before_or_none).problems
    if any(one.severity == "logic" for one in (*remembered, *whole)):
        assert any(one.severity == "logic" for one in (*remembered, *again))  # so everything is asked
        return
    asked = {check.id for check in few}
    kept = tuple(one for one in remembered if one.check not in asked)
    assert _told((*kept, *again)) == _told(whole)


def test_few_checks_see_a_cell() -> None:
    assert 0 < len(checks_that_see([("premises", "computers")])) < len(load_checks())
    assert checks_that_see([]) == []
