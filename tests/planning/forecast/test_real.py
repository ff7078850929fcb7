"""Real tables: Toronto's projections against capacity, Hamilton's two years, the open register."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from junheng.planning.forecast import fans, read_problem, solve, summary
from junheng.planning.frozen import exact


@pytest.fixture(scope="module")
def open_data(example_district: Path) -> ModuleType:
    path = example_district.parent / "plans" / "forecast" / "open_data.py"
    spec = importlib.util.spec_from_file_location("open_data", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_toronto_seats_against_the_boards_own_projections(
    shared_data: Path, tmp_path: Path, open_data: ModuleType
) -> None:
    open_data.toronto(shared_data, tmp_path)
    problem = read_problem(tmp_path / "problem.yaml")
    outcome = solve(problem)
    rows = {(r["school"], r["year"]): exact(r["mid"]) for r in outcome["pupils"]}
    albion = rows["Albion Heights Junior Middle School", 2040]
    assert (albion, 509 - albion) == (403, 106)  # surplus_2040 of the table
    (tested,) = [row for row in outcome["tests"] if "stage" not in row]
    assert (tested["lead"], tested["points"]) == (0, 579)
    assert "repeat" not in tested  # one year: last year repeats has no last year
    assert any("不能回测" in line.zh for line in summary(problem, outcome))
    assert [year for year, _ in fans(problem, outcome)[-1].mid] == [2025, 2030, 2035, 2040]


def test_hamilton_is_too_short_and_told_so(shared_data: Path, tmp_path: Path, open_data: ModuleType) -> None:
    open_data.hamilton(shared_data, tmp_path)
    problem = read_problem(tmp_path / "problem.yaml")
    outcome = solve(problem)
    assert (outcome["status"], outcome["pupils"], outcome["tests"]) == ("infeasible", [], [])
    assert {m for row in outcome["cannot"] for m in row["missing"]} == {"grades", "history"}
    assert any("没有回测" in line.zh for line in summary(problem, outcome))


def test_first_grades_of_an_area_from_its_villages(
    shared_data: Path, tmp_path: Path, open_data: ModuleType
) -> None:
    open_data.register(shared_data, tmp_path, ["苗栗縣"])
    problem = read_problem(tmp_path / "problem.yaml")
    outcome = solve(problem)
    assert outcome["status"] == "computed"
    assert max(row["year"] for row in outcome["entrants"]) == 2031
    assert outcome["tests"] == []  # one year cannot be tested
    first = {y: sum(exact(r["mid"]) for r in outcome["entrants"] if r["year"] == y) for y in (2026, 2031)}
    assert first[2031] < first[2026]  # births fall
