"""Whatever a file holds, checks end with findings, never a crash; no unusable point goes unseen."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.geo.shapes import corner, grid, square

from junheng.planning.geo import Area, Place, locate, neighbours_of
from junheng.planning.geo.area_faults import area_faults
from junheng.planning.geo.coverage_faults import coverage_faults
from junheng.planning.geo.place_faults import place_faults
from junheng.planning.geo.places import number_of

NUMBERS = st.sampled_from(
    ["", "0", "105.03125", "37.04127", "abc", "1e9", "-200.12345", "nan", "105", "37.1", "inf", "90.0001"]
)
SPOTS = st.tuples(st.integers(0, 3), st.integers(0, 3))
RINGS = st.lists(SPOTS, max_size=6).map(lambda spots: tuple(corner(*spot) for spot in spots))
POLYGONS = st.lists(st.lists(RINGS, max_size=2).map(tuple), max_size=2).map(tuple)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6), st.booleans())
def test_no_unusable_point_goes_unseen(typed: list[tuple[str, str]], is_bounded: bool) -> None:
    rows = [
        Place(str(n), "", number_of(lon), number_of(lat), (lon, lat), f"t.csv 第 {n} 行")
        for n, (lon, lat) in enumerate(typed)
    ]
    found = place_faults(rows, [square("county", 0, 0, 20)] if is_bounded else ())
    told = {finding.where for finding in found if finding.level == "error"}
    for row in rows:
        usable = (
            row.point is not None
            and abs(row.point[0]) <= 180
            and abs(row.point[1]) <= 90
            and row.point != (0, 0)
        )
        assert usable or row.where in told
        if is_bounded and usable and row.point is not None and row.where not in told:
            assert locate({"x": row.point}, [square("county", 0, 0, 20)]) == {"x": "county"}


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(POLYGONS, max_size=4))
def test_any_outline_ends_with_findings(
    outlines: list[tuple[tuple[tuple[tuple[float, float], ...], ...], ...]],
) -> None:
    areas = [Area(str(n), "", polygons, {}, f"a.geojson #{n}") for n, polygons in enumerate(outlines)]
    found = area_faults(areas)
    told = {finding.subject for finding in found}
    for area in areas:
        assert any(len(set(ring)) > 2 for polygon in area.polygons for ring in polygon) or area.id in told
    coverage_faults([*areas, *grid(2, 2)], [square("county", 0, 0, 2)])
    pairs = neighbours_of(areas)
    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)
    locate({"x": corner(1, 1)}, areas)
