"""Shapes of blocks and catchments: neighbours, faults of polygons, catchments cut into blocks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.planning.zone.tables import HEAD, TABLES, said, written

from junheng.planning.zone.problem import read_problem
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.reading.plane import read_layer
from junheng.planning.zone.reading.shapes import thawed

Ring = Sequence[tuple[float, float]]
STEP = 0.009  # about a kilometre at the equator
AREAS = "areas: {file: areas.geojson, id: id}\n"


def _square(x: float, y: float, wide: float = 1.0, high: float = 1.0) -> Ring:
    west, south = 110 + (x - 0.5) * STEP, (y - 0.5) * STEP
    east, north = west + wide * STEP, south + high * STEP
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def _write(path: Path, shapes: Mapping[str, Ring] | Sequence[tuple[str, Ring]], **more: str) -> None:
    rows = list(shapes.items()) if isinstance(shapes, Mapping) else shapes
    features = [
        {
            "type": "Feature",
            "properties": {"id": key, **more},
            "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
        }
        for key, ring in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


SIX = {block: _square(at, 0) for at, block in enumerate("ABCDEF")}


def _about(problem: dict[str, Any], about: str) -> list[dict[str, Any]]:
    return [row for row in problem["warnings"] if row["about"] == about]


def test_neighbours_and_points_come_from_shapes(tmp_path: Path) -> None:
    _write(tmp_path / "areas.geojson", SIX)
    nowhere = TABLES["片块"].replace("C,丙,110.018,0", "C,丙,,")
    found = read_problem(written(tmp_path, HEAD + AREAS, 相邻="", 片块=nowhere))
    assert found["neighbours"] == [["A", "B"], ["B", "C"], ["C", "D"], ["D", "E"], ["E", "F"]]
    third = found["blocks"][2]
    assert (third["lon"], third["lat"]) == ("110.0180000", "0.0000000")
    assert thawed(found["shapes"]["A"])[0][0] == (109.9955, -0.0045)


def test_corners_do_not_make_neighbours(tmp_path: Path) -> None:
    _write(tmp_path / "areas.geojson", {**SIX, "B": _square(1, 1)})
    found = read_problem(written(tmp_path, HEAD + AREAS, 相邻=""))
    assert found["islands"] == ["A", "B"]


def test_a_self_intersecting_polygon_is_repaired_and_located(tmp_path: Path) -> None:
    west, east, south, north = 109.9955, 110.0045, -0.0045, 0.0045
    bow = [(west, south), (east, north), (east, south), (west, north), (west, south)]
    _write(tmp_path / "areas.geojson", {**SIX, "A": bow})
    found = read_problem(written(tmp_path, HEAD + AREAS))
    row = _about(found, "shapes")[0]
    assert row["where"] == "areas.geojson 第 1 个要素"
    assert "自相交（交点 " in row["zh"]
    assert "Self-intersection" not in row["zh"]
    assert "自相交" in row["zh"]
    assert "110" in row["zh"]  # the point of the crossing
    assert row["touches"] == ["A"]


def test_shapes_without_area_or_block_and_blocks_without_shape(tmp_path: Path) -> None:
    flat = [(110.0, 0.0), (110.001, 0.0), (110.002, 0.0), (110.0, 0.0)]
    rest = {key: ring for key, ring in SIX.items() if key not in "EF"}
    _write(tmp_path / "areas.geojson", {**rest, "E": flat, "Z": _square(9, 9)})
    said_rows = [row["zh"] for row in _about(read_problem(written(tmp_path, HEAD + AREAS)), "shapes")]
    assert any("没有面积" in text for text in said_rows)
    assert any("2 个片块没有图形" in text for text in said_rows)
    assert any("1 个图形不在片块表" in text for text in said_rows)


def test_shapes_of_another_place_are_refused(tmp_path: Path) -> None:
    _write(tmp_path / "areas.geojson", {"Q": _square(0, 0)})
    assert "没有一个图形的编号是片块编号" in said(written(tmp_path, HEAD + AREAS))
    _write(tmp_path / "areas.geojson", {"": _square(0, 0)})
    assert "没有属性 id" in said(written(tmp_path, HEAD + AREAS))


def test_points_outside_the_county_are_listed(tmp_path: Path) -> None:
    _write(tmp_path / "county.geojson", {"all": _square(0, 0, wide=4)})
    found = read_problem(written(tmp_path, HEAD + "boundary: county.geojson\n"))
    assert _about(found, "outside")[0]["touches"] == ["E", "F", "S2"]


def test_a_school_outside_every_block_takes_the_nearest(tmp_path: Path) -> None:
    _write(tmp_path / "areas.geojson", SIX)
    schools = TABLES["学校"].replace("S1,东校,小学,110.000,0", "S1,东校,小学,110.000,0.006")
    found = read_problem(written(tmp_path, HEAD + AREAS, 学校=schools))
    assert _about(found, "outside")[0]["touches"] == ["S1"]
    assert found["zones"][0]["seed"] == "A"


CUT = (
    HEAD
    + "mode: audit\ncatchments: {file: now.geojson, id: id}\ncut: {cells: 4, with: {file: then.geojson, id: id}}\n"
)
PUPILS = "学校标识码,学校名称,经度,纬度,在校生,学位\nS1,东校,110.0,0,41,50\nS2,西校,110.027,0,59,60\n"


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    _write(tmp_path / "now.geojson", {"S1": _square(0, 0, 2, 2), "S2": _square(2, 0, 2, 2)})
    _write(tmp_path / "then.geojson", {"S1": _square(0, 0, 3, 2), "S2": _square(3, 0, 1, 2)})
    return written(tmp_path, CUT, 片块="", 相邻="", 学校=PUPILS)


def test_catchments_are_cut_into_blocks_that_hold_all_pupils(cut: Path) -> None:
    found = read_problem(cut)
    sums = {
        zone: sum(b["pupils"] for b in found["blocks"] if b["id"].startswith(zone)) for zone in ("S1", "S2")
    }
    assert sums == {"S1": 41, "S2": 59}
    assert "面积均匀" in found["sources"]["pupils"]["zh"]
    ids = {block["id"] for block in found["blocks"]}
    assert {row["block"] for row in found["today"]["assignment"]} == ids
    then = found["beside"][0]
    assert {row["block"] for row in then["assignment"]} == ids
    moved = {r["block"] for r in then["assignment"] if r["zone"] == "S1"} - {
        b for b in ids if b.startswith("S1")
    }
    assert sum(b["pupils"] for b in found["blocks"] if b["id"] in moved) in (29, 30)  # half of S2's area
    assert found["islands"] == []


def test_cutting_twice_gives_the_same_blocks(cut: Path) -> None:
    assert read_problem(cut) == read_problem(cut)


def test_a_catchment_without_enrolment_is_left_out_and_said(cut: Path, tmp_path: Path) -> None:
    (tmp_path / "学校.csv").write_text(PUPILS.replace(",59,", ",,"), "utf-8")
    found = read_problem(cut)
    assert _about(found, "catchments")[0]["touches"] == ["S2"]
    assert sum(block["pupils"] for block in found["blocks"]) == 41


def test_overlapping_and_doubled_catchments_are_listed(cut: Path, tmp_path: Path) -> None:
    rows = [("S1", _square(0, 0, 2.2, 2)), ("S2", _square(2, 0, 1, 2)), ("S2", _square(3, 0, 1, 2))]
    _write(tmp_path / "now.geojson", rows)
    found = read_problem(cut)
    assert _about(found, "overlap")[0]["touches"] == ["S1", "S2"]
    assert _about(found, "shapes")[0]["touches"] == ["S2"]
    assert sum(block["pupils"] for block in found["blocks"]) == 100


def test_cut_needs_catchments(cut: Path) -> None:
    cut.write_text(cut.read_text("utf-8").replace("catchments: {file: now.geojson, id: id}\n", ""), "utf-8")
    assert "cut 要有 catchments" in said(cut)


def test_a_file_that_is_no_geojson_is_refused(cut: Path, tmp_path: Path) -> None:
    (tmp_path / "now.geojson").write_text("{", "utf-8")
    assert "now.geojson" in said(cut)


def test_a_layer_of_nothing_usable(tmp_path: Path) -> None:
    flat = [(110.0, 0.0), (110.001, 0.0), (110.002, 0.0), (110.0, 0.0)]
    _write(tmp_path / "now.geojson", {"S1": flat})
    faults = Faults()
    assert read_layer(tmp_path / "now.geojson", {"id": "id"}, faults) == {}
    assert faults.doubts[0]["touches"] == ["S1"]
