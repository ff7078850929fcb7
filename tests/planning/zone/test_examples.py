"""The shipped examples: tables as the script makes them; read, solved, checked."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from junheng.planning.zone import audit_plan, audit_today, check, maps, read_problem, solve, summary

FOLDER = Path(__file__).parents[3] / "examples" / "plans" / "zone"


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_zone", FOLDER / "make_zone.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FOLDER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_as_the_script_makes_them(tmp_path: Path) -> None:
    _maker().write(tmp_path)
    for name in ("attending.csv", "zones.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_district_gets_zones_within_its_seats() -> None:
    problem = read_problem(FOLDER / "problem.yaml")
    outcome = solve(problem, gap=1e-3, seconds=10)
    assert check(problem, outcome) == ()
    today, plan = audit_today(problem), audit_plan(problem, outcome)
    assert today["seats"]["short"] > 0
    assert plan["seats"]["short"] == 0
    assert plan["split"] == []
    assert plan["unassigned"] == []
    assert today["own"]["verdict"] == "cannot_tell"  # the schools do not say whether they lie in town
    assert [len(layers.areas) for layers in maps(problem, outcome)] == [len(problem["blocks"])] * 2
    assert all(area.rings for layers in maps(problem, outcome) for area in layers.areas)


def test_the_audit_alone() -> None:
    problem = read_problem(FOLDER / "audit.yaml")
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert summary(problem, outcome)[0].zh.startswith("现行：")


def test_junior_zones_of_several_schools() -> None:
    problem = read_problem(FOLDER / "junior.yaml")
    shared = [zone for zone in problem["zones"] if len(zone["schools"]) > 1]
    assert [zone["id"] for zone in shared] == ["J01", "J02"]
    outcome = solve(problem, gap=1e-2, seconds=8)
    assert check(problem, outcome) == ()
    pupils = {row["school_id"]: row["pupils"] for row in outcome["state"]["pupils"]}
    zone = next(row for row in outcome["zones"] if row["id"] == "J01")
    assert sum(pupils[school] for school in shared[0]["schools"]) == zone["pupils"]


@pytest.mark.parametrize("name", ["problem.yaml", "audit.yaml", "junior.yaml"])
def test_no_block_is_doubted_in_the_examples(name: str) -> None:
    about = {row["about"] for row in read_problem(FOLDER / name)["warnings"]}
    assert about <= {"private", "empty", "reach"}
