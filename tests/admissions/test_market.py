"""Rows and columns become the same arrays, and whatever is doubtful in them is refused with its row."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import Json, random_market, random_markets
from tests.admissions.small import make, problem_of
from tests.effort import examples

from junheng.admissions import Market, market_from, market_from_parquet, market_from_table
from junheng.basics import UserError

PROBLEM = problem_of({"a": 1, "b": 1})
ARRAYS = ("row_unit", "size", "start", "school", "klass", "fallback_start", "fallback")


def _row(pid: str = "1", **changes: Any) -> Json:
    return {"pid": pid, "unit": pid, "choices": ["a", "b"], "classes": [0, 0], "flags": {}} | changes


def _table(rows: list[Json]) -> pa.Table:
    names, numbers = pa.list_(pa.string()), pa.list_(pa.int64())
    return pa.table(
        {
            "pid": pa.array([row["pid"] for row in rows], pa.string()),
            "unit": pa.array([row["unit"] for row in rows], pa.string()),
            "choices": pa.array([row["choices"] for row in rows], names),
            "classes": pa.array([row["classes"] for row in rows], numbers),
            "fallback": pa.array([row.get("fallback", []) for row in rows], names),
        }
    )


def _same(one: Market, other: Market) -> bool:
    equal = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)
    return equal and list(one.pids) == list(other.pids) and list(one.units) == list(other.units)


@settings(max_examples=examples(100))
@given(random_markets())
def test_columns_make_the_same_market_as_rows(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    assert _same(market_from(problem, rows), market_from_table(problem, _table(rows)))


def test_a_parquet_file_makes_the_same_market(tmp_path: Path) -> None:
    problem, rows = random_market(5, units_at_most=60)
    pq.write_table(_table(rows), tmp_path / "roll.parquet", row_group_size=7)
    assert _same(market_from(problem, rows), market_from_parquet(problem, tmp_path / "roll.parquet"))


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roll.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(UserError, match="cannot be read"):
        market_from_parquet(PROBLEM, tmp_path / "roll.parquet")


WRONG = [
    ([_row(choices=["a", "c"])], "no school c"),
    ([_row(choices=["a", "a"])], "twice"),
    ([_row(classes=[0])], ""),
    ([_row(classes=[0, 5])], "no class 5"),
    ([_row(fallback=["z"])], "no school z"),
    ([_row(), _row()], "twice"),
    ([_row(), _row("2", unit="1", choices=["b", "a"])], "differ"),
    ([_row(), _row("2", unit="1", fallback=["a"])], "differ"),
    ([_row(), _row("2", unit="1", choices=["a"], classes=[0])], "differ"),
    ([_row(unit="")], "text"),
]


@pytest.mark.parametrize(("rows", "said"), WRONG)
def test_doubtful_rows_are_refused(rows: list[Json], said: str) -> None:
    with pytest.raises(UserError) as caught:
        market_from(PROBLEM, rows)
    assert said in caught.value.what.en
    assert f"row {len(rows)} " in caught.value.what.en
    assert caught.value.fix is not None
    assert caught.value.what.zh.startswith(f"报名第 {len(rows)} 行")


@pytest.mark.parametrize(("rows", "said"), WRONG)
def test_doubtful_columns_are_refused(rows: list[Json], said: str) -> None:
    with pytest.raises(UserError) as caught:
        market_from_table(PROBLEM, _table(rows))
    assert said in caught.value.what.en


@pytest.mark.parametrize(
    "row",
    [
        {"pid": "1"},
        _row(note="x"),
        _row(classes=[0.0, 0]),
        _row(classes=[True, 0]),
        _row(pid=7),
    ],
)
def test_rows_of_another_shape_are_refused(row: Json) -> None:
    with pytest.raises(UserError):
        market_from(PROBLEM, [row])


@pytest.mark.parametrize("name", ["pid", "unit", "choices", "classes"])
def test_absent_and_empty_columns_are_refused(name: str) -> None:
    table = _table([_row()])
    with pytest.raises(UserError, match=f"no column {name}"):
        market_from_table(PROBLEM, table.drop_columns([name]))
    blank = pa.nulls(1, table[name].type)
    with pytest.raises(UserError, match=name):
        market_from_table(PROBLEM, table.set_column(table.column_names.index(name), name, blank))


def test_bands_are_counted_inside_a_stage() -> None:
    stages = [{"id": "private", "schools": ["b", "d"]}, {"id": "public", "schools": ["a", "c"]}]
    market = make({"1": "a b c d", "2": "d"}, dict.fromkeys("abcd", 1), stages=stages, band_width=1)
    private, public = market.stages
    assert (private.school.tolist(), private.level.tolist()) == ([1, 3, 3], [0, 1, 0])
    assert (public.school.tolist(), public.level.tolist()) == ([0, 2], [0, 1])
    assert public.start.tolist() == [0, 2, 2]
    assert private.application.tolist() == [1, 3, 4]


def test_class_first_weighs_the_class_before_the_wish() -> None:
    classes = [{"code": 7, "name": "x"}, {"code": 3, "name": "y"}]
    rows = [_row(classes=[7, 3])]
    for key, expected in ((["band", "class", "ticket"], [1, 2]), (["class", "band", "ticket"], [2, 1])):
        problem = PROBLEM | {"classes": classes, "band_width": 1, "key": key}
        assert market_from(problem, rows).stages[0].level.tolist() == expected


def test_an_empty_roll_is_a_market() -> None:
    market = market_from(PROBLEM, [])
    assert len(market.units) == 0
    assert market.start.tolist() == [0]
