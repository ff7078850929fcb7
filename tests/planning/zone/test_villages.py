"""Real villages with polygons, neighbours and ages: read, planned and checked."""

import csv
from pathlib import Path
from typing import Any

import pytest

from junheng.planning.zone import check, read_problem, solve, summary, tables

COUNTIES = {"苗栗縣": "villages_miaoli_county.geojson", "嘉義市": "villages_chiayi_city.geojson"}
AGES = [f"age{age}" for age in range(6, 12)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(source: Path, folder: Path, county: str, seconds: str = "") -> Path:
    """Villages with pupils of six ages, schools with classes × 29 seats, neighbours and shapes as published."""
    villages = [row for row in _rows(source / "villages_age0_17_202512.csv") if row["county"] == county]
    ids = {row["villcode"] for row in villages}
    pairs = _rows(source / "villages_adjacency.csv")
    schools = [row for row in _rows(source / "schools_located_114.csv") if row["county"] == county]
    tables_of: dict[str, list[list[Any]]] = {
        "片块": [["片块编号", "片块名称", "乡镇街道", "经度", "纬度", "学生数"]]
        + [
            [r["villcode"], r["village"], r["town"], r["lon"], r["lat"], sum(int(r[age]) for age in AGES)]
            for r in villages
        ],
        "相邻": [["甲片块", "乙片块"]]
        + [[r["villcode_a"], r["villcode_b"]] for r in pairs if {r["villcode_a"], r["villcode_b"]} <= ids],
        "学校": [["学校标识码", "学校名称", "经度", "纬度", "在校生", "教室数", "班额标准"]]
        + [
            [r["code"], r["name"], r["lon"], r["lat"], r["pupils"], r["classes"], 29]
            for r in schools
            if int(r["classes"])
        ],
    }
    for name, lines in tables_of.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(lines)
    path = folder / "problem.yaml"
    path.write_text(
        f'kind: zone\nname: villages\ncounty: {{code: "000000", name: test}}\nstage: primary\nfrom: 2026-08-01\n'
        f"tables: [片块.csv, 相邻.csv, 学校.csv]\nareas: {{file: {source / COUNTIES[county]}, id: villcode}}\n"
        f"limits: {{reach_m: 6000}}\n",
        "utf-8",
    )
    return path


@pytest.mark.parametrize("county", COUNTIES)
def test_real_villages_are_read_planned_and_checked(shared_data: Path, tmp_path: Path, county: str) -> None:
    problem = read_problem(_write(shared_data / "open_schools_114", tmp_path, county))
    outcome = solve(problem, gap=0.02, seconds=6)
    assert check(problem, outcome) == ()
    held = {row["block"] for row in outcome["assignment"]} | {row["block"] for row in outcome["unplaced"]}
    assert held == {block["id"] for block in problem["blocks"]}
    assert outcome["status"] != "infeasible" or outcome["reasons"]
    assert summary(problem, outcome)
    assert {"学区", "划分明细", "学区审计"} <= {table.name.zh for table in tables(problem, outcome)}


def test_shapes_and_published_neighbours_agree(shared_data: Path, tmp_path: Path) -> None:
    """Borders of the polygons give nearly the pairs that are published (corners and generalisation apart)."""
    path = _write(shared_data / "open_schools_114", tmp_path, "嘉義市")
    published = {tuple(pair) for pair in read_problem(path)["neighbours"]}
    path.write_text(path.read_text("utf-8").replace("相邻.csv, ", ""), "utf-8")
    shaped = {tuple(pair) for pair in read_problem(path)["neighbours"]}
    assert len(shaped & published) >= 0.9 * len(published | shaped)


def test_schools_without_coordinates_are_listed(shared_data: Path, tmp_path: Path) -> None:
    problem = read_problem(_write(shared_data / "open_schools_114", tmp_path, "苗栗縣"))
    lost = {s["id"] for s in problem["schools"] if "lon" not in s}
    told = {key for row in problem["warnings"] if row["about"] == "placeless" for key in row["touches"]}
    assert lost <= told
