"""Findings of maps in plain words: no program text, no English in the Chinese, effects that fit the remedy."""

import re
from pathlib import Path

import pytest
from tests.planning.geo.shapes import grid, table

from junheng.basics import UserError
from junheng.planning.geo import check_map, import_osm, read_areas, read_map, write_areas

_LATIN = re.compile("[A-Za-z]{4,}")


def test_a_place_beyond_degrees_is_told_as_typed(tmp_path: Path) -> None:
    rows = "编号,名称,经度,纬度\n1,甲,110.0188,40.0533\n2,乙,300,40.0079\n3,丙,110.0288,40.0433\n"
    (found,) = check_map(read_map([table(tmp_path, rows, "s.csv")]))
    assert found.what.zh == "不是经纬度：300、40.0079"


def test_one_spot_may_be_right(tmp_path: Path) -> None:
    rows = "编号,名称,经度,纬度\n1,甲,110.0188,40.0533\n2,乙,110.0188,40.0533\n3,丙,110.0288,40.0433\n"
    (found,) = check_map(read_map([table(tmp_path, rows, "s.csv")]))
    assert (found.code, found.level) == ("same_spot", "warning")
    assert found.effect.zh == "位置若不准，路程也不准"


def test_a_feature_is_called_one(tmp_path: Path) -> None:
    write_areas(grid(2, 1), tmp_path / "a.geojson")
    write_areas(grid(2, 1), tmp_path / "a.gpkg")
    for name in ("a.geojson", "a.gpkg"):
        assert [area.where for area in read_areas(tmp_path / name)] == [
            f"{name} 第 {number} 个要素" for number in (1, 2)
        ]


@pytest.mark.parametrize("name", ["x.osm.pbf", "x.osm", "x.gpkg"])
def test_a_broken_file_is_told_in_chinese(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"no map")
    with pytest.raises(UserError) as caught:
        read_areas(tmp_path / name) if name.endswith("gpkg") else import_osm(tmp_path / name, tmp_path / "o")
    assert "文件残缺" in caught.value.what.zh
    assert set(_LATIN.findall(caught.value.what.zh)) <= {"OpenStreetMap", "Shapefile", "GeoPackage"}
