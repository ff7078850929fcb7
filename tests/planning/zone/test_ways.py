"""Ways to school: by road, off the roads, on roads that join nothing; the exception is listed."""

from pathlib import Path
from typing import Any

import pytest
from tests.planning.zone.tables import HEAD, written

from junheng.planning.zone.problem import read_problem

ROADS = HEAD + "roads: {edges: roads.csv, nodes: nodes.csv}\nlimits: {reach_m: 9000}\n"
NODES = "结点编号,经度,纬度\n" + "".join(f"n{b},{110 + 0.009 * at:.3f},0\n" for at, b in enumerate("ABCDEF"))
EDGES = "起点,终点,长度米\nnA,nB,1100\nnB,nC,1200\nnC,nD,1300\nnD,nE,1400\nnE,nF,1500\n"


def _read(folder: Path, edges: str = EDGES, head: str = ROADS) -> dict[str, Any]:
    (folder / "roads.csv").write_text(edges, "utf-8")
    (folder / "nodes.csv").write_text(NODES, "utf-8")
    return read_problem(written(folder, head))


def test_ways_follow_the_roads(tmp_path: Path) -> None:
    found = _read(tmp_path)
    assert found["metres"]["C"] == {"S1": 2300, "S2": 4200}
    assert found["straight"]["C"]["S1"] == 2002  # the radius is still measured straight
    assert "路网" in found["sources"]["ways"]["zh"]
    assert {"roads.csv", "nodes.csv"} <= {row["file"] for row in found["inputs"]}


def test_roads_that_join_nothing_are_listed(tmp_path: Path) -> None:
    found = _read(tmp_path, EDGES.replace("nD,nE,1400\n", ""))
    row = next(row for row in found["warnings"] if row["about"] == "off_network")
    assert {"E", "F"} & set(row["touches"])
    assert "不与大路网相连" in row["zh"]
    assert found["metres"]["E"]["S2"] == 1500  # on their own piece of road they are measured by road


def test_what_no_road_reaches_in_time_lies_at_least_so_far(tmp_path: Path) -> None:
    found = _read(tmp_path, head=ROADS + "distance: {audit_m: 3000}\n")
    assert found["metres"]["D"]["S2"] == 2900
    assert (
        found["metres"]["C"]["S2"] == 3904
    )  # not found within 3,000 m: great circle × detour, here beyond it
    assert found["ways"]["C"]["S1"] == 2300


@pytest.mark.parametrize(("detour", "metres"), [("1", 1001), ("1.5", 1502)])
def test_the_detour_is_exact(tmp_path: Path, detour: str, metres: int) -> None:
    found = read_problem(written(tmp_path, HEAD + f"distance: {{detour: {detour}}}\n"))
    assert found["metres"]["B"]["S1"] == metres
    assert f"绕行系数 {detour}" in found["sources"]["ways"]["zh"]
