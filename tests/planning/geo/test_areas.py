import json
from collections.abc import Iterable
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.geo.shapes import corner, drawn, grid, square

from junheng.basics import UserError
from junheng.planning.geo import Area, Point, locate, neighbours_of, read_areas, write_areas

ENDINGS = [".geojson", ".shp", ".gpkg"]


def same(points: Iterable[Point], others: Iterable[Point]) -> bool:
    """The same corners, in any order, to 1e-8 degrees."""
    one, other = (sorted({(round(x, 8), round(y, 8)) for x, y in part}) for part in (points, others))
    return len(one) == len(other) and all(
        abs(a - b) < 2e-8 for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True)
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_there_and_back(tmp_path: Path, ending: str) -> None:
    hole = tuple(corner(x, y) for x, y in ((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.2, 0.2)))
    outer = square("甲", 0, 0).polygons[0][0]
    areas = [
        Area("01", "甲片", ((outer, hole),), {"编号": "01", "名称": "甲片", "乡镇街道": "A镇"}),
        Area(
            "02",
            "乙片",
            (square("b", 2, 0).polygons[0], square("c", 4, 0).polygons[0]),
            {"编号": "02", "名称": "乙片"},
        ),
    ]
    path = tmp_path / f"out{ending}"
    write_areas(areas, path)
    found = read_areas(path)
    assert [(area.id, area.name) for area in found] == [("01", "甲片"), ("02", "乙片")]
    assert [len(area.polygons) for area in found] == [1, 2]
    assert len(found[0].polygons[0]) == 2
    for one, other in zip(areas, found, strict=True):
        assert same(other.points(), one.points())
    assert "A镇" in found[0].properties.values()


def test_outer_rings_run_against_the_clock(tmp_path: Path) -> None:
    clockwise = square("a", 0, 0).polygons[0][0][::-1]
    write_areas([Area("a", "a", ((clockwise,),))], tmp_path / "a.geojson")
    ring = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"][0]["geometry"]["coordinates"][
        0
    ]
    assert tuple(map(tuple, ring)) == clockwise[::-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON 写法有误"),
        ("[]", "不是 GeoJSON"),
        ('{"type": "Topology"}', "要素集"),
        ('{"features": []}', "没有面"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": [[["x", 1]]]}}]}', "一对数"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[NaN, 1]]]}}]}', "一对数"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": 5}}]}', "不是数组"),
        ('{"crs": {"properties": {"name": "EPSG:3857"}}, "features": []}', "坐标系"),
    ],
)
def test_bad_geojson_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        read_areas(tmp_path / "a.geojson")


def test_other_files_are_refused(tmp_path: Path) -> None:
    for name in ("a.kml", "a.shp", "a.gpkg"):
        (tmp_path / name).write_bytes(b"nothing")
        with pytest.raises(UserError):
            read_areas(tmp_path / name)
    with pytest.raises(UserError, match="不支持"):
        write_areas([], tmp_path / "a.kml")
    with pytest.raises(UserError, match="无法读取"):
        read_areas(tmp_path / "none.geojson")


def test_a_shapefile_on_a_plane_becomes_degrees(tmp_path: Path) -> None:
    """CGCS2000, 3-degree zone 35: what a land bureau hands over; GB 18030 without a .cpg."""
    pyogrio, shapely = pytest.importorskip("pyogrio"), pytest.importorskip("shapely")
    import numpy as np
    from pyproj import Transformer

    ring = square("a", 0, 0).polygons[0][0]
    plane = Transformer.from_crs("EPSG:4326", "EPSG:4523", always_xy=True)
    shape = shapely.to_wkb(shapely.polygons([plane.transform(*point) for point in ring]))
    names = np.array(["甲片"], object)
    path = tmp_path / "a.shp"
    pyogrio.raw.write(path, np.array([shape], object), [names], ["NAME"], driver="ESRI Shapefile",
                      geometry_type="Polygon", crs="EPSG:4523", encoding="GB18030")  # fmt: skip
    path.with_suffix(".cpg").unlink(missing_ok=True)
    (area,) = read_areas(path)
    assert area.name == "甲片"
    assert same(area.points(), ring)


def test_a_shapefile_without_its_system_is_refused(tmp_path: Path) -> None:
    write_areas([square("a", 0, 0)], tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    with pytest.raises(UserError, match="没有坐标系"):
        read_areas(tmp_path / "a.shp")


def test_squares_of_a_grid_are_rook_neighbours() -> None:
    """Common sides count, common corners do not."""
    near = {(f"r{r}c{c}", f"r{r}c{c + 1}") for r, c in product(range(3), range(3))}
    near |= {(f"r{r}c{c}", f"r{r + 1}c{c}") for r, c in product(range(2), range(4))}
    assert neighbours_of(grid(4, 3)) == sorted(near)


def test_a_narrow_gap_is_a_border_a_wide_one_is_not() -> None:
    metre = 0.001
    assert neighbours_of([square("a", 0, 0), square("b", 1 + 0.5 * metre, 0)]) == [("a", "b")]
    assert neighbours_of([square("a", 0, 0), square("b", 1 + 3 * metre, 0)]) == []
    assert neighbours_of([]) == []


def test_the_example_district_has_the_neighbours_of_its_table(example_district: Path) -> None:
    layout = example_district.parent / "layout"
    lines = (layout / "neighbours.csv").read_text("utf-8-sig").splitlines()[1:]
    assert neighbours_of(read_areas(layout / "blocks.geojson")) == sorted(
        tuple(line.split(",")) for line in lines
    )


def test_locating() -> None:
    areas = [*grid(2, 1), drawn("bow", (3, 0), (4, 1), (4, 0), (3, 1), (3, 0))]
    found = locate({"in": corner(0.5, 0.5), "side": corner(1, 0.5), "out": corner(9, 9), "none": None}, areas)
    assert found == {"in": "r0c0", "side": "r0c0", "out": None, "none": None}
    assert locate({"x": corner(3.9, 0.5)}, areas) == {"x": "bow"}  # a broken ring as GEOS mends it
    assert locate({}, areas) == locate({}, []) == {}


def even_odd(point: tuple[float, float], ring: tuple[tuple[float, float], ...]) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < x1 + (point[1] - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5)), min_size=1, max_size=6, unique=True),
    st.floats(0.5, 4),
)
def test_locating_agrees_with_counting_crossings(points: list[tuple[float, float]], tip: float) -> None:
    area = drawn("a", (0, 0), (5, 0), (tip, 2), (5, 5), (0, 4), (0, 0))
    ring = area.polygons[0][0]
    asked = {str(number): corner(x, y) for number, (x, y) in enumerate(points)}
    found = locate(asked, [area])
    import shapely

    border = shapely.linearrings(ring)
    for name, point in asked.items():
        if shapely.distance(border, shapely.points(point)) > 1e-6:
            assert (found[name] == "a") == even_odd(point, ring)
