import csv
from pathlib import Path

import pytest
from tests.planning.geo.shapes import grid, table

from junheng.basics import UserError
from junheng.planning.geo import convert_file, from_wgs84, read_areas, write_areas


def test_a_table_keeps_its_other_columns(tmp_path: Path) -> None:
    source = table(
        tmp_path, "学校名称,经度,纬度,人数\n甲校,116.38404722455657,39.91334545536069,9\n乙校,,,7\n", "a.csv"
    )
    done = convert_file(source, tmp_path / "b.csv", "gcj02")
    assert (done.points, done.left) == (1, ["a.csv 第 3 行 row 3"])
    with (tmp_path / "b.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["学校名称", "经度", "纬度", "人数"], ["甲校", "116.3778170", "39.9119540", "9"], ["乙校", "", "", "7"],
    ]  # fmt: skip


def test_a_table_onto_the_plane_and_back(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,经度,纬度\na,110.0188000,40.0533000\n", "a.csv")
    convert_file(source, tmp_path / "b.csv", "wgs84", "gk:111")
    assert "416276.0" in (tmp_path / "b.csv").read_text("utf-8-sig")  # EPSG:4546, as test_coordinates
    convert_file(tmp_path / "b.csv", tmp_path / "c.csv", "gk:111")
    assert (tmp_path / "c.csv").read_bytes() == source.read_bytes()


def test_areas_change_system_and_format(tmp_path: Path) -> None:
    write_areas(grid(2, 1), tmp_path / "a.geojson")
    done = convert_file(tmp_path / "a.geojson", tmp_path / "b.gpkg", "bd09")
    assert (done.points, done.left) == (10, [])
    first, *_ = read_areas(tmp_path / "b.gpkg")
    back = [tuple(map(float, from_wgs84(*point, "bd09"))) for point in first.points()]
    wanted = grid(2, 1)[0].points()
    assert sorted(back) == [pytest.approx(point, abs=2e-7) for point in sorted(wanted)]


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,经度,纬度\na,110,40\n", "a.csv")
    write_areas(grid(1, 1), tmp_path / "a.geojson")
    for given, target, system, end in (
        (source, "a.csv", "gcj02", "wgs84"), (source, "b.xlsx", "gcj02", "wgs84"), (source, "b.csv", "mars", "wgs84"),
        (tmp_path / "a.geojson", "b.geojson", "wgs84", "gk"), (tmp_path / "a.geojson", "b.kml", "gcj02", "wgs84"),
    ):  # fmt: skip
        with pytest.raises(UserError):
            convert_file(given, tmp_path / target, system, end)
    with pytest.raises(UserError, match="经度"):
        convert_file(table(tmp_path, "a,b\n1,2\n", "c.csv"), tmp_path / "d.csv", "gcj02")


def test_a_row_in_no_zone_is_named(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,东坐标,北坐标\na,37416276,4435908\nb,4435908,416276\n", "a.csv")
    with pytest.raises(UserError, match="带号 4") as caught:
        convert_file(source, tmp_path / "b.csv", "gk")
    assert caught.value.where == "a.csv B3"
    assert not (tmp_path / "b.csv").exists()
