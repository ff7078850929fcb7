"""The shipped examples: written the same again, better than both plain rules, also on a real series."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from junheng.planning.forecast import read_problem, solve, summary, tables
from junheng.planning.frozen import exact

Json = dict[str, Any]


@pytest.fixture(scope="module")
def solved(example_district: Path) -> tuple[Json, Json]:
    problem = read_problem(example_district.parent / "plans" / "forecast" / "problem.yaml")
    return problem, solve(problem)


def test_the_example_is_computed_for_every_school(solved: tuple[Json, Json]) -> None:
    problem, outcome = solved
    assert (outcome["status"], outcome["cannot"]) == ("computed", [])
    assert {row["year"] for row in outcome["pupils"]} == {*range(2025, 2031)}
    assert any(row["level"] == "surplus" for row in outcome["zones"])
    assert outcome["warnings"]
    assert all("area_seats" in row for row in outcome["zones"])
    assert 3 <= len(summary(problem, outcome)) <= 8
    assert {table.name.zh for table in tables(problem, outcome)} >= {"学位预警", "滚动回测", "新建小区配建"}


@pytest.mark.parametrize("scope", ["school", "zone", "county"])
def test_it_is_better_than_last_year_and_three_year_mean(solved: tuple[Json, Json], scope: str) -> None:
    _, outcome = solved
    rows = [r for r in outcome["tests"] if r["scope"] == scope and "stage" not in r and "size" not in r]
    assert [row["lead"] for row in rows] == [1, 2, 3, 4, 5]
    for row in rows:
        assert exact(row["model"]) < min(exact(row["repeat"]), exact(row["mean3"]))


def test_intervals_hold_the_middle_path_or_say_that_it_was_biased(solved: tuple[Json, Json]) -> None:
    _, outcome = solved
    told = [row for row in outcome["pupils"] if "from" in row]
    assert told
    assert all(exact(row["from"]) <= exact(row["to"]) for row in told)
    assert not [
        row for row in outcome["pupils"] if row["year"] == 2030 and "from" in row
    ]  # six years were not tested


def _program(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_the_programs_write(example_district: Path, tmp_path: Path) -> None:
    folder = example_district.parent / "plans" / "forecast"
    made, nation = _program(folder / "make_forecast.py"), _program(folder / "make_nation.py")
    made.FOLDER, nation.FOLDER = tmp_path, tmp_path / "nation"
    made.write("openings.csv", made.OPENINGS)
    made.write("changes.csv", made.CHANGES)
    nation.main()
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert len(written) == 5
    for name in written:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("stage", ["", "primary", "junior", "senior"])
def test_a_real_series_is_forecast_better_than_by_both_plain_rules(
    example_district: Path, stage: str
) -> None:
    """Public schools of the United States by grade, 1990 to 1999 (NCES Digest 2013, table 203.10)."""
    path = example_district.parent / "plans" / "forecast" / "nation" / "problem.yaml"
    outcome = solve(read_problem(path))
    rows = [
        r
        for r in outcome["tests"]
        if r["scope"] == "school" and r.get("stage", "") == stage and "size" not in r
    ]
    assert [row["lead"] for row in rows] == [1, 2, 3, 4, 5]
    for row in rows:
        assert exact(row["model"]) * 2 < min(exact(row["repeat"]), exact(row["mean3"]))
