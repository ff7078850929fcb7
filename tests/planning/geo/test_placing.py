"""Nothing that others wrote is overwritten; coordinates that are no degrees are not turned."""

from pathlib import Path

import pytest
import xlsxwriter
from tests.planning.geo.shapes import grid, table

from junheng.basics import UserError
from junheng.planning.geo import Area, convert_file, import_osm, read_areas, write_areas

_ROADS = """<?xml version='1.0'?><osm version="0.6">
<node id="1" lon="110.0" lat="40.0"/><node id="2" lon="110.01" lat="40.0"/>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>"""


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,经度,纬度\na,110.5,40.5\n", "a.csv")
    target = table(tmp_path, "我的表\n", "b.csv")
    with pytest.raises(UserError, match=r"b\.csv") as caught:
        convert_file(source, target, "gcj02")
    assert "--force" in (caught.value.fix.zh if caught.value.fix else "")
    assert target.read_text("utf-8-sig") == "我的表\n"
    convert_file(source, target, "gcj02", force=True)
    convert_file(source, target, "gcj02")  # its own earlier output
    assert "110.49" in target.read_text("utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_one_table_of_roads_that_differs_keeps_both(tmp_path: Path) -> None:
    (tmp_path / "a.osm").write_text(_ROADS, encoding="utf-8")
    out = tmp_path / "out"
    import_osm(tmp_path / "a.osm", out)
    import_osm(tmp_path / "a.osm", out)
    (out / "nodes.csv").unlink()
    (out / "roads.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match=r"roads\.csv"):
        import_osm(tmp_path / "a.osm", out)
    assert [path.name for path in out.iterdir()] == ["roads.csv"]
    import_osm(tmp_path / "a.osm", out, force=True)
    assert (out / "roads.csv").read_text("utf-8-sig").startswith("起点")


def test_metres_are_no_degrees(tmp_path: Path) -> None:
    rows = "学校标识码,学校名称,经度,纬度\n1,a,37585123.1,4431234.5\n2,b,37585124.1,4431235.5\n"
    source = table(tmp_path, rows, "gk.csv")
    with pytest.raises(UserError, match=r"37585123\.1、4431234\.5 不是经纬度") as caught:
        convert_file(source, tmp_path / "o.csv", "wgs84")
    assert caught.value.where == "gk.csv C2"
    assert "共 2 个" in caught.value.what.zh
    assert "--from gk" in (caught.value.fix.zh if caught.value.fix else "")
    assert not (tmp_path / "o.csv").exists()
    convert_file(source, tmp_path / "o.csv", "gk")


def test_swapped_columns_and_areas_of_metres(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,经度,纬度\na,40.1,110.5\n", "a.csv")
    with pytest.raises(UserError) as caught:
        convert_file(source, tmp_path / "b.csv", "gcj02")
    assert "写反" in (caught.value.fix.zh if caught.value.fix else "")
    ring = ((400000.0, 4400000.0), (400100.0, 4400000.0), (400100.0, 4400100.0), (400000.0, 4400000.0))
    write_areas([Area("1", "a", ((ring,),), {}, "")], tmp_path / "m.geojson")
    with pytest.raises(UserError) as caught:
        convert_file(tmp_path / "m.geojson", tmp_path / "n.geojson", "gcj02")
    assert caught.value.where == "m.geojson 第 1 个要素"


def test_a_shapefile_says_what_it_cut_and_gives_the_id_back(tmp_path: Path) -> None:
    own = {"片块编号": "001", "片块名称": "甲片", "在校生总数": "9", "在校生人数": "8", "ID": "x"}
    areas = [Area("001", "甲片", area.polygons, own, "") for area in grid(1, 1)]
    write_areas(areas, tmp_path / "a.geojson")
    done = convert_file(tmp_path / "a.geojson", tmp_path / "b.shp", "wgs84")
    assert "片块编号 → 片块编" in done.notes[0].zh
    assert "在校生人数 → 在校生1" in done.notes[0].zh
    assert "ID → ID1" in done.notes[0].zh
    convert_file(tmp_path / "a.geojson", tmp_path / "b.shp", "wgs84")  # its own earlier output
    (back,) = read_areas(tmp_path / "b.shp")
    assert (back.id, back.name) == (areas[0].properties["ID"], "甲片") or back.id == "001"
    assert (back.properties["片块编号"], back.properties["片块名称"]) == ("001", "甲片")
    assert (back.properties["在校生"], back.properties["在校生1"]) == ("9", "8")


def test_a_workbook_says_which_sheet_was_taken(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, heads in (("说明", ("a", "b")), ("学校", ("经度", "纬度")), ("教学点", ("经度", "纬度"))):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, (110.5, 40.5))
    book.close()
    (note,) = convert_file(tmp_path / "a.xlsx", tmp_path / "b.csv", "gcj02").notes
    assert note.zh == "只转换了工作表“学校”，没有转换：说明、教学点"
