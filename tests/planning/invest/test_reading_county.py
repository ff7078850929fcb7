"""The county's facts in a frozen problem: worked by hand on seven schools."""

from pathlib import Path
from typing import Any

import pytest
from tests.planning.invest.small_input import CLOSING, GAP, NINE, POINT, TWELVE, YAML, A, write_small

from junheng.basics import UserError
from junheng.planning import problem_hash
from junheng.planning.invest import read_problem

Json = dict[str, Any]
SAME = YAML.replace("forecast: forecast.xlsx", "forecast: same")


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Json:
    return read_problem(write_small(tmp_path_factory.mktemp("small")))


def school(problem: Json, key: str) -> Json:
    found: Json = next(row for row in problem["schools"] if row["id"] == key)
    return found


def test_head(problem: Json) -> None:
    assert problem["standard"]["id"] == "quality-2017"
    assert (problem["base_year"], problem["years"], problem["target"]) == (2024, [2025, 2026], 2026)
    assert problem["rule"] == {"needed": 6}
    assert problem["weights"] == {"primary": 1, "junior": "1.1", "senior": "1.32"}
    lines = {row["id"]: row["lines"]["junior"] for row in problem["indicators"]}
    assert lines["R1"] == {"line": "5.3", "floor": "4.505", "cv": "0.45"}
    assert [row["id"] for row in problem["indicators"] if row["shared"]] == ["R4", "R5", "R6", "R7"]
    assert "budgets" not in problem
    assert problem["cv"] == "weighted"


def test_frozen_and_repeatable(problem: Json, tmp_path: Path) -> None:
    assert problem_hash(read_problem(write_small(tmp_path))) == problem_hash(problem)


def test_merged_campus_is_added_in(problem: Json) -> None:
    found = school(problem, A)
    assert found["stock"] == {"R4": "2700.5", "R5": "4800.25", "R6": 1000000, "R7": 14}
    (stage,) = found["stages"]
    assert stage["pupils"] == {"2026": 600}
    assert stage["stock"] == {"R1": 27, "R2": 7, "R3": 5}  # 23 + 4, 6 + 1, 4 + 1
    assert stage["full_time"] == 36


def test_trainable_are_those_who_lack_it(problem: Json) -> None:
    (stage,) = school(problem, A)["stages"]
    assert stage["limits"] == {"train:primary:R1": 7, "train:primary:R2": 24, "train:primary:R3": 26}


def test_senior_part_only_weighs(problem: Json) -> None:
    found = school(problem, TWELVE)
    assert found["stock"] == {"R4": 1700, "R5": 3200, "R6": 800000, "R7": 8}
    assert [(s["stage"], s["judged"], s["pupils"]["2026"]) for s in found["stages"]] == [
        ("primary", 1, 100),
        ("junior", 1, 100),
        ("senior", 0, 100),
    ]


def test_two_stages_of_one_school(problem: Json) -> None:
    primary, junior = school(problem, NINE)["stages"]
    assert primary["stock"] == {"R1": 15, "R2": 2, "R3": 2}
    assert junior["stock"] == {"R1": 13, "R2": 3, "R3": 2}
    assert primary["limits"]["train:primary:R1"] == 3
    assert junior["limits"]["train:junior:R1"] == 3


def test_relaxation_follows_the_forecast(problem: Json, tmp_path: Path) -> None:
    """The visiting teacher counts for 80 pupils, not for the 120 who are forecast."""
    assert school(problem, POINT)["stages"][0]["stock"]["R3"] == 0
    today = school(read_problem(write_small(tmp_path, SAME)), POINT)["stages"][0]
    assert (today["pupils"], today["stock"]["R3"]) == ({"2026": 80}, 1)
    assert today["limits"]["train:primary:R3"] == 5  # six teachers; the visitor is none of them


def test_what_cannot_be_told_is_said(problem: Json) -> None:
    (row,) = problem["cannot_tell"]
    assert (row["school_id"], row["stage"], row["missing"]) == (GAP, "primary", ["R6"])
    assert "教学仪器设备资产值" in row["zh"]
    assert GAP not in {row["id"] for row in problem["schools"]}


def test_school_without_pupils_is_skipped(problem: Json) -> None:
    row = next(row for row in problem["skipped"] if row["school_id"] == CLOSING)
    assert row["zh"] == "学生数为 0，不参与评价"
    assert CLOSING not in {row["id"] for row in problem["schools"]}


def test_growth(tmp_path: Path) -> None:
    growth = "forecast: {growth: {primary: -1%, junior: 2.5%, senior: 0}}"
    found = read_problem(write_small(tmp_path, YAML.replace("forecast: forecast.xlsx", growth)))
    assert [s["pupils"]["2026"] for s in school(found, NINE)["stages"]] == [294, 210]  # 294.03, 210.125
    assert found["forecast"]["rates"] == {"primary": "-0.01", "junior": "0.025", "senior": 0}


def test_moves_take_nobody_twice(tmp_path: Path) -> None:
    """Of 23 above requirement on the school's own roll half may go, then half of the four in PE and arts."""
    transfers = """\
transfers:
  - {stage: primary, gives: [R1], cost: 0.6, unit: 万元, at_most: 50%}
  - {stage: primary, gives: [R1, R3], cost: 6000, unit: 元, at_most: 50%}
"""
    found = read_problem(write_small(tmp_path, YAML + transfers))
    (stage,) = school(found, A)["stages"]
    assert stage["movable"] == {"move:primary:R1": 11, "move:primary:R1+R3": 2}
    # without R1: 7; without R2: 24 - 11 - 2; without R3: 26 - 11
    assert stage["limits"] == {"train:primary:R1": 7, "train:primary:R2": 11, "train:primary:R3": 15}
    assert [row["cost_yuan"] for row in found["transfers"]] == [6000, 6000]


def test_weak_by_name(tmp_path: Path) -> None:
    found = read_problem(write_small(tmp_path, YAML + f'weak: ["{POINT}"]\n'))
    assert [row["id"] for row in found["schools"] if row["weak"]] == [POINT]


def test_other_counties_of_the_input_are_passed_over(tmp_path: Path) -> None:
    """A city's tables hold all its counties; the plan is for the one that is named."""
    other = "2199000009"
    path = write_small(
        tmp_path, YAML + 'county: "999901"\nlimits: limits.xlsx\n', limits=[_land(A), _land(other)]
    )
    for name, row in (
        ("school", f"2024,{other},庚小学,primary,111,,true,999902,public,county"),
        ("stage", ""),
    ):
        with (tmp_path / "input" / f"{name}.csv").open("a", encoding="utf-8") as stream:
            stream.write((row or f"2024,{other},primary,90,2,45") + "\n")
    found = read_problem(path)
    assert other not in {row["id"] for row in found["schools"]}
    assert school(found, A)["limits"] == {"build:R5": 900}
    (tmp_path / "problem.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(UserError, match="数据里有几个县"):
        read_problem(path)


def _land(key: str) -> dict[str, object]:
    return {"school_id": key, "measure": "build:R5", "most": 900}
