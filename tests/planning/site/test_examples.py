"""The shipped example: solved within its gap, its tables written the same again;
what is told and drawn of it."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from junheng.data import read_sheets
from junheng.planning.site import check, maps, read_problem, solve, summary, tables

Json = dict[str, Any]


@pytest.fixture(scope="module")
def folder(example_district: Path) -> Path:
    return example_district.parent / "plans" / "site"


@pytest.fixture(scope="module")
def solved(folder: Path) -> tuple[Json, Json]:
    frozen = read_problem(folder / "problem.yaml")
    return frozen, solve(frozen, gap=2e-2, seconds=240)  # a busy machine takes longer, and must not fail


def test_estates_bring_their_schools_in_every_scenario_and_land_is_kept_for_one(
    solved: tuple[Json, Json],
) -> None:
    frozen, outcome = solved
    assert outcome["status"] in ("optimal", "within_gap")
    opened = {row["site"]: row["in_all"] for row in outcome["choices"] if row["kind"] == "open"}
    assert {site for site, is_in_all in opened.items() if is_in_all} == {"X01", "X06"}
    assert check(frozen, outcome) == ()


def test_children_that_reach_no_school_are_told(solved: tuple[Json, Json]) -> None:
    frozen, outcome = solved
    far = {row["id"] for row in frozen["blocks"] if not row["ways"]}
    assert len(far) == 5
    plan = next(row for row in outcome["plans"] if row["scenario"] == "mid")
    assert {row["block"] for row in plan["unmet"] if row["why"] == "out_of_reach"} == far
    assert {table.name.zh for table in tables(frozen, outcome)} >= {
        "缺学位",
        "选址",
        "情景",
        "口径",
        "撤并去向（中方案）",
    }


def test_every_child_of_the_blocks_is_in_the_problem(solved: tuple[Json, Json], folder: Path) -> None:
    frozen, _ = solved
    table = next(grid for grid in read_sheets(folder / "site.xlsx") if grid.sheet == "需求")
    column = table.rows[0].index("中方案")
    total = sum(int(row[column]) for row in table.rows[1:])
    assert total == sum(sum(row["pupils"]["mid"]) for row in frozen["blocks"])
    assert len(frozen["empty"]) == 3


def test_what_is_told_fits_its_headings(solved: tuple[Json, Json]) -> None:
    frozen, outcome = solved
    assert 3 <= len(summary(frozen, outcome)) <= 8
    for table in tables(frozen, outcome):
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name


def test_maps_show_today_and_the_plan(solved: tuple[Json, Json]) -> None:
    frozen, outcome = solved
    before, after = maps(frozen, outcome)
    kinds = {place.kind for place in after.places}
    assert {"primary", "opened", "closed", "candidate"} <= kinds
    assert {place.kind for place in before.places} == {"primary"}  # what is not built yet is not there today
    assert all(layer.are_coordinates_assumed for layer in (before, after))
    assert all("路程：" in str(layer.note) for layer in (before, after))
    assert sum(flow.weight for flow in after.flows) + sum(
        row["pupils"][-1] for row in outcome["plans"][1]["unmet"]
    ) == sum(row["pupils"]["mid"][-1] for row in frozen["blocks"])


def test_the_tables_are_those_the_program_writes(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_site", folder / "make_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.sheets()
    for grid in read_sheets(folder / "site.xlsx"):
        heading, rows = made[grid.sheet]
        assert tuple(grid.rows[0]) == tuple(heading)
        assert [list(map(_plain, row)) for row in grid.rows[1:]] == [list(map(_plain, row)) for row in rows]


def _plain(cell: object) -> str:
    """Numbers and texts alike, a blank as nothing: a sheet turns 5 into 5.0."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell or "") if cell != 0 else "0"  # type: ignore[arg-type] # a float by the line before
