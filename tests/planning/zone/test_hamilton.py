"""Real catchments before and after closures (Hamilton): read, cut, audited, compared, planned better."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from junheng.planning.zone import audit, audit_plan, audit_today, check, read_problem, solve, summary, tables
from junheng.planning.zone.versions import assigned

ROOT = Path(__file__).parents[3]


def _maker() -> ModuleType:
    path = ROOT / "examples" / "plans" / "zone" / "make_hamilton.py"
    spec = importlib.util.spec_from_file_location("make_hamilton", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("hamilton")
    _maker().write(shared_data / "hamilton", out, cells=3)
    return out


@pytest.fixture(scope="module")
def problems(folder: Path) -> dict[str, dict[str, Any]]:
    names = ("audit_2011", "audit_2016", "audit_closures", "plan_2016")
    return {name: read_problem(folder / f"{name}.yaml") for name in names}


def _over(folder: Path, year: str, held: set[str]) -> tuple[int, int]:
    """Zones beyond their seats and by how many pupils, straight from the written table."""
    with (folder / f"schools_{year}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["学校标识码"] in held]
    over = [int(float(row["在校生"])) - int(row["学位"]) for row in rows]
    return sum(n > 0 for n in over), sum(max(0, n) for n in over)


@pytest.mark.parametrize(("year", "pupils", "zones"), [("2011", 31625, 86), ("2016", 31781, 79)])
def test_both_years_are_audited(
    problems: dict[str, dict[str, Any]], folder: Path, year: str, pupils: int, zones: int
) -> None:
    problem = problems[f"audit_{year}"]
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    found = outcome["audit"]
    assert (found["pupils"], len(found["zones"])) == (pupils, zones)
    held = {row["id"] for row in found["zones"]}
    assert (len(found["seats"]["over"]), found["seats"]["short"]) == _over(folder, year, held)
    assert found["own"] == {"told": 0}  # enrolment by school does not tell who lives where
    assert any("面积均匀" in line.zh for line in summary(problem, outcome))


def test_faults_of_the_published_polygons_are_located(problems: dict[str, dict[str, Any]]) -> None:
    rows = problems["audit_2016"]["warnings"]
    crossing = [row for row in rows if "自相交" in row["zh"]]
    assert [row["touches"] for row in crossing] == [["419"], ["78"], ["425"]]
    assert all(row["where"].startswith("catchments_2016.geojson 第 ") for row in crossing)
    assert [row["touches"] for row in rows if row["about"] == "catchments"] == [
        ["425"]
    ]  # a new school, no enrolment yet
    before = problems["audit_2011"]["warnings"]
    assert [row["touches"] for row in before if row["about"] == "shapes"] == [
        ["279"]
    ]  # one school, two polygons
    assert len([row for row in before if row["about"] == "overlap"]) == 5  # of 1,000 m² or more


def test_before_and_after_are_compared_on_the_same_blocks(problems: dict[str, dict[str, Any]]) -> None:
    problem = problems["audit_closures"]
    layer = problem["beside"][0]
    after = audit(problem, layer["zones"], assigned(layer))
    before = audit_today(problem)
    assert before["pupils"] - after["pupils"] == sum(
        block["pupils"] for block in problem["blocks"] if block["id"] in after["unassigned"]
    )
    closed = set(problem["closed"])
    table = next(t for t in tables(problem, solve(problem)) if t.name.zh.startswith("对照"))
    gone = sum(int(str(row[5])) for row in table.rows if row[0] in closed)
    home = assigned(problem["today"])
    assert gone == sum(block["pupils"] for block in problem["blocks"] if home[block["id"]] in closed)


def test_better_zones_are_proposed_and_pass_the_check(problems: dict[str, dict[str, Any]]) -> None:
    problem = problems["plan_2016"]
    outcome = solve(problem, seconds=6)
    assert check(problem, outcome) == ()
    today, plan = audit_today(problem), audit_plan(problem, outcome)
    assert plan["seats"]["short"] < today["seats"]["short"] / 2
    assert not plan["split"]
    figures: dict[str, Any] = {row["id"]: row for row in outcome["zones"]}
    assert sum(row["pupils"] for row in figures.values()) == plan["pupils"]
    if outcome["status"] == "infeasible":
        assert all(row["zh"] and row["en"] for row in outcome["reasons"])
