"""Every bad input the programme must see: located, listed, explained in both languages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.planning.geo.shapes import corner, drawn, grid, square, table

from junheng.basics import UserError
from junheng.planning.geo import Area, Finding, check_map, read_map, read_places
from junheng.planning.geo.area_faults import area_faults
from junheng.planning.geo.coordinates import from_wgs84
from junheng.planning.geo.coverage_faults import coverage_faults
from junheng.planning.geo.place_faults import place_faults

COUNTY = [square("county", 0, 0, 10)]


def codes(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Code and subject; every finding speaks both languages and says what to do."""
    for finding in findings:
        for text in (finding.what, finding.effect, finding.fix):
            assert text.zh
            assert text.en
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh) or "junheng" in text.zh
    return [(finding.code, finding.subject) for finding in findings]


def points(folder: Path, rows: str) -> Path:
    return table(folder, f"编号,经度,纬度\n{rows}")


def at(x: float, y: float) -> str:
    lon, lat = corner(x, y)
    return f"{lon},{lat}"


GOOD = "".join(f"g{n},{at(1 + n, 2 + n)}\n" for n in range(5))


@pytest.mark.parametrize("boundary", [[], COUNTY])
def test_sound_points_have_no_fault(tmp_path: Path, boundary: list[Area]) -> None:
    assert codes(place_faults(read_places(points(tmp_path, GOOD)), boundary)) == []


@pytest.mark.parametrize("boundary", [[], COUNTY])
def test_what_a_row_shows(tmp_path: Path, boundary: list[Area]) -> None:
    rows = f"{GOOD}a,,\nb,105.1°,37.2\nc,0,0\nd,37.0171,105.02\ne,90.5101,30.1001\nf,500000,4100000\nh,105.02,37.0\n"
    found = place_faults(read_places(points(tmp_path, rows)), boundary)
    assert codes(found) == [
        ("no_coordinates", "a"), ("not_a_number", "b"), ("zero", "c"), ("swapped", "d"), ("far", "e"),
        ("not_a_place", "f"), ("coarse", "h"),
    ]  # fmt: skip
    assert found[0].where == "places.csv 第 7 行 row 7"
    far = next(fault for fault in found if fault.code == "far")
    assert (
        1_500 < float(far.what.en.split()[1].replace(",", "")) < 1_700
    )  # great circle by hand: about 1,560 km
    assert (far.lon, far.lat) == (90.5101, 30.1001)


def test_outside_the_county_with_the_distance(tmp_path: Path) -> None:
    found = place_faults(read_places(points(tmp_path, f"{GOOD}x,{at(12.5, 5)}\n")), COUNTY)
    assert codes(found) == [("outside", "x")]
    assert "2.5 km" in found[0].what.zh


def test_swapped_axes_of_a_county_abroad(tmp_path: Path) -> None:
    rows = "a,-79.87,43.2510\nb,-79.88,43.2601\nc,43.2555,-79.8701\nd,-79.91,43.2402\n"
    assert codes(place_faults(read_places(points(tmp_path, rows)))) == [("swapped", "c")]


def test_a_lonely_place_and_two_at_one_spot(tmp_path: Path) -> None:
    rows = f"{GOOD}far,{at(1, 40)}\ntwin,{at(1, 2)}\n"
    assert sorted(codes(place_faults(read_places(points(tmp_path, rows))))) == [
        ("lonely", "far"),
        ("same_spot", "g0"),
    ]


def test_one_id_at_two_places_but_a_row_per_stage_is_fine(tmp_path: Path) -> None:
    rows = f"s,{at(1, 1)}\ns,{at(1, 1)}\nt,{at(2, 2)}\nt,{at(3, 3)}\n"
    assert codes(place_faults(read_places(points(tmp_path, rows)))) == [("two_places", "t")]


def test_shifted_points_suggest_their_system(tmp_path: Path) -> None:
    """Schools along the western edge, given in GCJ-02 but said to be WGS-84."""
    county = [square("county", 0, 0, 3)]
    shift = [
        from_wgs84(*corner(x, y), "gcj02") for x, y in ((2.9, 0.2), (2.95, 1.0), (2.9, 2.0), (2.95, 2.8))
    ]
    rows = "".join(f"p{n},{float(lon):.6f},{float(lat):.6f}\n" for n, (lon, lat) in enumerate(shift))
    found = place_faults(read_places(points(tmp_path, rows)), county)
    assert "system" in {fault.code for fault in found}
    assert any("--from gcj02" in fault.fix.zh for fault in found)
    assert "system" not in {fault.code for fault in place_faults(read_places(points(tmp_path, GOOD)), county)}


def test_rings() -> None:
    bow = drawn("bow", (0, 0), (1, 1), (1, 0), (0, 1), (0, 0))
    found = area_faults([bow])
    assert codes(found) == [("crossing", "bow")]
    assert (found[0].lon, found[0].lat) == pytest.approx(corner(0.5, 0.5), abs=1e-6)
    assert "自身相交" in found[0].what.zh
    open_ring = drawn("open", (0, 0), (1, 0), (1, 1), (0, 1))
    short = drawn("short", (0, 0), (1, 0), (0, 0))
    empty = Area("empty", "empty", (), {}, "x #1")
    exclave = Area("two", "two", (square("a", 0, 0).polygons[0], square("b", 5, 5).polygons[0]), {}, "x #2")
    assert codes(area_faults([open_ring, short, empty, exclave])) == [
        ("open_ring", "open"), ("short_ring", "short"), ("empty", "empty"), ("exclave", "two"),
    ]  # fmt: skip


def test_doubled_swapped_and_metres() -> None:
    good = square("a", 0, 0)
    turned = Area("t", "t", ((tuple((lat, lon) for lon, lat in good.points()),),), {}, "x #9")
    metres = Area(
        "m", "m", ((((500000.0, 4e6), (500100.0, 4e6), (500100.0, 4.1e6), (500000.0, 4e6)),),), {}, "x #8"
    )
    found = codes(area_faults([good, square("a", 1, 0), turned, metres]))
    assert found == [("doubled_id", "a"), ("not_degrees", "t"), ("not_degrees", "m")]
    beijing = Area("b", "b", ((((40.0, 80.0), (40.1, 80.0), (40.1, 80.1), (40.0, 80.0)),),), {}, "x #7")
    assert codes(area_faults([beijing])) == [("swapped", "b")]


def test_gaps_overlaps_islands() -> None:
    assert coverage_faults(grid(3, 3)) == []
    holed = [area for area in grid(3, 3) if area.id != "r1c1"]
    (gap,) = coverage_faults(holed)
    assert (gap.code, gap.subject) == ("gap", "r0c1、r1c0、r1c2、r2c1")
    assert "999," in gap.what.en or "1,000," in gap.what.en  # a square kilometre
    (overlap,) = coverage_faults([square("a", 0, 0), square("b", 0.9, 0)])
    assert overlap.code == "overlap"
    assert 95_000 < float(overlap.what.en.split(" by ")[1].split()[0].replace(",", "")) < 105_000
    island = coverage_faults([*grid(2, 2), square("x", 9, 9)])
    assert codes(island) == [("island", "x")]
    group = coverage_faults([*grid(2, 2), square("x", 9, 9), square("y", 10, 9)])
    assert codes(group) == [("island", "x")]
    assert "2 片" in group[0].what.zh
    whole = coverage_faults([square("a", 0, 0), square("a2", 0, 0)])
    assert "整片" in whole[0].what.zh


def test_against_the_boundary() -> None:
    found = coverage_faults([square("a", 0, 0), square("b", 1, 0)], [square("county", 0, 0, 2)])
    assert [fault.code for fault in found] == ["gap"]  # the northern half belongs to none
    out = coverage_faults([square("a", 1.5, 0)], [square("county", 0, 0, 2)])
    assert {fault.code for fault in out} == {"gap", "outside"}


def test_roads(tmp_path: Path) -> None:
    nodes = "结点编号,经度,纬度\n" + "".join(
        f"{n},{at(x, 0)}\n" for n, x in (("a", 0), ("b", 1), ("c", 2), ("e", 7), ("f", 8))
    )
    nodes += f"bare,{at(3, 0)}\nend,{at(2, 1)}\n"
    edges = "起点,终点,长度米,等级,单向\na,b,1100,县道,否\nb,c,500,县道,否\nc,end,9000,怪路,是\ne,f,1200,县道,否\n"
    schools = f"编号,经度,纬度\ns1,{at(0.1, 0.1)}\ns2,{at(7.1, 0.1)}\ns3,{at(0, 6)}\n"
    for name, text in (("nodes.csv", nodes), ("roads.csv", edges), ("schools.csv", schools)):
        table(tmp_path, text, name)
    found = check_map(read_map([tmp_path]))
    assert sorted(codes(found)) == sorted([
        ("separate", "e"), ("trap", "end"), ("bare_node", "bare"), ("too_short", "b"), ("too_long", "c"),
        ("unknown_class", "怪路"), ("cut_off", "s2"), ("off_network", "s3"),
    ])  # fmt: skip


def test_very_many_parts_are_summed_up(tmp_path: Path) -> None:
    """Forty stretches that do not touch: the first counts as the network, thirty are named, nine summed up."""
    nodes = "".join(f"{n},{at(n / 2, 0)}\n" for n in range(80))
    table(tmp_path, f"结点编号,经度,纬度\n{nodes}", "nodes.csv")
    table(
        tmp_path, "起点,终点,长度米\n" + "".join(f"{n},{n + 1},600\n" for n in range(0, 80, 2)), "roads.csv"
    )
    found = [fault for fault in check_map(read_map([tmp_path])) if fault.code == "separate"]
    assert len(found) == 31
    assert "9 more parts" in found[-1].what.en
    assert "18 nodes" in found[-1].what.en


def test_nodes_are_read_in_their_system(tmp_path: Path) -> None:
    spot = [(float(x), float(y)) for x, y in (from_wgs84(*corner(n, 1), "gcj02") for n in (1, 2))]
    table(
        tmp_path,
        "结点编号,经度,纬度\n" + "".join(f"{n},{x:.9f},{y:.9f}\n" for n, (x, y) in enumerate(spot)),
        "nodes.csv",
    )
    table(tmp_path, "起点,终点,长度米\n0,1,1100\n", "roads.csv")
    roads = read_map([tmp_path], "gcj02").roads
    assert roads is not None
    assert roads.points.tolist() == [pytest.approx(corner(n, 1), abs=1e-8) for n in (1, 2)]


def test_blocks_and_their_outlines(tmp_path: Path) -> None:
    from junheng.planning.geo import write_areas

    write_areas(grid(2, 2), tmp_path / "blocks.geojson")
    rows = [("r0c0", 0.5, 0.5, "12"), ("r0c1", 0.5, 0.6, "0"), ("r1c0", 0.5, 1.5, ""), ("x", 1.5, 1.5, "3")]
    text = "片块编号,经度,纬度,小学生\n" + "".join(
        f"{name},{at(x, y)},{pupils}\n" for name, x, y, pupils in rows
    )
    table(tmp_path, text, "blocks.csv")
    found = check_map(read_map([tmp_path]))
    assert sorted(codes(found)) == [
        ("elsewhere", "r0c1"), ("no_children", "r0c1"), ("no_outline", "x"), ("no_row", "r1c1"), ("pupils_unknown", "r1c0"),
    ]  # fmt: skip


def test_blocks_in_another_system_than_their_outlines(example_district: Path, tmp_path: Path) -> None:
    """The example's blocks as an officer would copy them from a Chinese map."""
    from junheng.planning.geo import convert_file

    layout = example_district.parent / "layout"
    convert_file(layout / "blocks.csv", tmp_path / "blocks.csv", "wgs84", "bd09")
    found = check_map(read_map([tmp_path / "blocks.csv", layout / "blocks.geojson"]))
    (hint,) = [fault for fault in found if fault.code == "system"]
    assert "--from bd09" in hint.fix.zh
    assert sum(fault.code == "elsewhere" for fault in found) > 100
    mended = check_map(read_map([tmp_path / "blocks.csv"], "bd09"))
    assert {fault.code for fault in mended} == {"no_children"}


def test_the_example_district_is_sound(example_district: Path) -> None:
    found = check_map(read_map([example_district.parent / "layout"]))
    assert [fault for fault in found if fault.level == "error"] == []
    assert {fault.code for fault in found} == {"off_network", "no_children"}


def test_what_cannot_be_checked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可检查"):
        read_map([tmp_path])
    with pytest.raises(UserError, match="经度"):
        read_map([table(tmp_path, "学校,人数\na,1\n")])
    with pytest.raises(UserError, match="两张"):
        read_map([table(tmp_path, "起点,终点,长度米\na,b,1\n", "roads.csv")])
