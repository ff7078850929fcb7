"""The shipped example end to end: written again cell for cell, solved, told, within every rule."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from junheng.data import read_sheets
from junheng.planning.frozen import exact
from junheng.planning.itinerant import check, read_problem, solve, summary, tables

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "itinerant"
Json = dict[str, Any]


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_itinerant", EXAMPLE / "make_itinerant.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("the example's maker is gone")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def problem() -> Json:
    return read_problem(EXAMPLE / "problem.yaml")


@pytest.fixture(scope="module")
def outcome(problem: Json) -> Json:
    return solve(problem)


def test_the_tables_are_written_again(tmp_path: Path) -> None:
    maker().main(tmp_path)
    for made, shipped in zip(
        read_sheets(tmp_path / "走教.xlsx"), read_sheets(EXAMPLE / "走教.xlsx"), strict=True
    ):
        assert (made.title, made.rows) == (shipped.title, shipped.rows)


def test_it_is_solved_and_proven(problem: Json, outcome: Json) -> None:
    assert check(problem, outcome) == ()
    assert exact(outcome["gap"]) <= exact("0.0001")
    assert outcome["objective"]["left"] < outcome["objective"]["unmet_periods"] < 227


def test_small_rural_schools_are_told(outcome: Json) -> None:
    assert [row["pupils"] for row in outcome["relaxation"]] == [88, 64]


def test_every_teacher_and_school_has_a_week(problem: Json, outcome: Json) -> None:
    found = tables(problem, outcome)
    names = [table.name.zh for table in found]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert sum(name.startswith("师 ") for name in names) == len(problem["teachers"])
    for table in found:
        assert all(len(row) == len(table.columns) for row in table.rows), table.name
    laid = sum(
        str(cell).count("（教师") for table in found if table.name.zh.startswith("校 ")
        for row in table.rows for cell in row
    )  # fmt: skip
    assert laid == len(outcome["lessons"])


def test_the_summary_is_short_and_says_the_figures(problem: Json, outcome: Json) -> None:
    found = summary(problem, outcome)
    assert 3 <= len(found) <= 8
    told = " ".join(line.zh for line in found)
    assert f"仍缺 {outcome['objective']['left']} 节" in told
    assert "评估引擎" in told
    assert "无法规划" in told


def test_what_is_impossible_is_told(problem: Json) -> None:
    people = [dict(person) for person in problem["teachers"]]
    people[0]["own"] = 40
    impossible = problem | {"teachers": people}
    outcome = solve(impossible)
    assert outcome["status"] == "infeasible"
    assert "矛盾" in summary(impossible, outcome)[0].zh
    assert tables(impossible, outcome)[0].rows
