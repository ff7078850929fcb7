"""What cannot be is refused with the constraint and the children, in both languages, and nothing is formed."""

from typing import Any

import pytest
from tests.class_formation.small import GRADE, SEED, Json, formed, plan, problem, row

from junheng.basics import UserError
from junheng.class_formation import plan_from, run_draw


def refusal(rules: Any, rows: list[Json]) -> UserError:
    with pytest.raises(UserError) as error:
        formed(rules, rows)
    assert error.value.what.zh
    assert error.value.what.en
    assert error.value.fix is not None
    return error.value


def test_more_children_apart_than_classes() -> None:
    rows = [row(i, apart=["same name"] if i < 4 else []) for i in range(12)]
    error = refusal(plan(3), rows)
    assert "4" in error.what.zh
    assert "3 个班" in error.what.zh
    assert all(rows[i]["pid"] in error.where for i in range(4))


def test_together_and_apart_at_once() -> None:
    rows = [row(i) for i in range(8)]
    for i in (1, 2):
        rows[i] |= {"unit": "a" * 64, "apart": ["x"]}
    assert rows[1]["pid"] in refusal(plan(2), rows).where


def test_more_classes_than_children() -> None:
    assert "3 个班" in refusal(plan(3), [row(0), row(1)]).what.zh


def test_a_unit_in_two_grades() -> None:
    rows = [row(0), row(1), row(2, unit=row(0)["unit"], grade="八年级")]
    rules = problem(1)
    rules["groups"].append({**rules["groups"][0], "grade": "八年级"})
    assert rows[2]["pid"] in refusal(plan_from(rules), rows).where


def test_a_row_outside_the_rules() -> None:
    stray = row(5, grade="九年级")
    assert stray["pid"] in refusal(plan(1), [row(0), stray]).where


def test_the_cap_counts_relief() -> None:
    rows = [row(i, special=int(i == 3)) for i in range(40)]
    assert formed(plan(2, cap=20), rows)
    error = refusal(plan(2, cap=20, relief=2), rows)
    assert "21" in error.what.zh
    assert rows[3]["pid"] in error.where


@pytest.mark.parametrize(("name", "wanted"), [("size", 3), ("sex", 3)])
def test_tolerances_refuse_what_units_make_uneven(name: str, wanted: int) -> None:
    rows = [row(i, sex=1, unit="a" * 64 if i < 4 else row(i)["unit"]) for i in range(5)]
    error = refusal(plan(2, tolerance={name: 1}), rows)
    assert str(wanted) in error.what.zh
    assert rows[0]["pid"] in error.where


def test_nobody_has_the_mark() -> None:
    assert "数学" in refusal(plan(2), [row(i, marks={}) for i in range(6)]).what.zh


def test_sums_beyond_doubles_are_refused() -> None:
    heavy = [{"name": "数学", "source": "mark", "weight": 1_000_000}]
    rows = [row(i, marks={"数学": i}) for i in range(400)]
    error = refusal(plan(2, "stratified", covariates=heavy), rows)
    assert "2^53" in error.what.en


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("method", "magic"),
        ("sweeps", -1),
        ("polish", 2),
        ("relief", "1"),
        ("covariates", {}),
        ("magic", 1),
        ("cap", 0),
    ],
)
def test_rules_out_of_shape(field: str, value: object) -> None:
    with pytest.raises(UserError):
        plan_from({**problem(2), field: value})


@pytest.mark.parametrize("teams", [["甲"], ["甲", "甲"], ["甲", "乙", "丙"]])
def test_as_many_teams_as_classes_or_none(teams: list[str]) -> None:
    with pytest.raises(UserError, match="2"):
        plan(2, teams=teams)


@pytest.mark.parametrize(
    "fields",
    [{"sex": 3}, {"sex": "男"}, {"special": -1}, {"marks": {"数学": 1.5}}, {"apart": "x"}, {"more": 1}],
)
def test_rows_out_of_shape(fields: Json) -> None:
    spec = {"kind": "classes", "hash": "sha256", "problem": problem(1)}
    with pytest.raises(UserError):
        run_draw(spec, [row(0), row(1, **fields)], SEED)


def test_another_kind_of_draw() -> None:
    with pytest.raises(UserError, match="admission"):
        run_draw({"kind": "admission"}, [], SEED)


def test_one_class_needs_no_draw() -> None:
    rows = [row(i, marks={"数学": i}) for i in range(5)]
    assert set(formed(plan(1), rows).values()) == {1}
    assert rows[0]["grade"] == GRADE
