"""Degrees to metres against the table of the ellipsoid, and the scale bar against the geodesic."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.reports.maps.made_maps import made_layers

from junheng.basics import UserError
from junheng.planning import MapLayers, MapPlace
from junheng.reports.maps import map_of, map_svg, maps_of
from junheng.reports.maps.ground import frame_of
from junheng.reports.maps.one_map import around
from junheng.reports.maps.projection import bar_metres, bounds_of, projection_of, stretch


@pytest.mark.parametrize(
    ("lat", "north", "east"),
    [(0, 110_574, 111_320), (30, 110_852, 96_486), (45, 111_132, 78_847), (60, 111_412, 55_800)],
)
def test_a_degree_is_as_long_as_the_ellipsoid_has_it(lat: float, north: float, east: float) -> None:
    """Lengths of a degree on WGS-84 to the metre, as geodesy's tables print them."""
    project = projection_of((110, lat - 0.5, 111, lat + 0.5))
    assert project.north == pytest.approx(north, abs=1.0)
    assert project.east == pytest.approx(east, abs=1.0)
    assert project(110.5, lat) == (0, 0)


@pytest.mark.parametrize(
    ("most", "bar"), [(999, 500), (1000, 1000), (1999.9, 1000), (2000, 2000), (49_000, 20_000), (0.7, 0.5)]
)
def test_bars_are_round_lengths(most: float, bar: float) -> None:
    assert bar_metres(most) == pytest.approx(bar)


@settings(max_examples=examples(25))
@given(lat=st.floats(18, 53), size=st.floats(0.02, 0.9))
def test_the_drawn_bar_is_right_to_one_percent(lat: float, size: float) -> None:
    pyproj = pytest.importorskip("pyproj")
    places = [MapPlace("a", "a", 110, lat), MapPlace("b", "b", 110 + size, lat + size)]
    one = map_of(MapLayers(made_layers().name, places=places))
    drawn = map_svg(one)
    (bar,) = re.findall(r'<g id="scale-bar">(.*?)</g>', drawn)
    long = int(re.findall(r'd="M\d+ \d+l(\d+) ', bar)[2])
    number, unit = re.findall(r">([\d.]+) (公里|米)", bar)[0]
    metres = float(number) * (1000 if unit == "公里" else 1)
    frame = frame_of(one.bounds, 200, 560, 9_600, (3_600, 11_000))
    west, south, east, north = one.bounds
    middle = (south + north) / 2
    shift = (east - west) * long / (frame.spot(east, middle)[0] - frame.spot(west, middle)[0])
    _, _, told = pyproj.Geod(ellps="WGS84").inv(110, middle, 110 + shift, middle)
    assert told == pytest.approx(metres, rel=0.01)


def test_the_frame_keeps_angles_and_clips_nothing() -> None:
    box = (110.0, 34.9, 110.3, 35.6)
    frame = frame_of(box, 200, 560, 9_600, (3_600, 11_000))
    spots = frame.spots([(110.0, 34.9), (110.3, 35.6)])
    assert all(200 <= x <= 9_800 and 560 <= y <= 560 + frame.height for x, y in spots)
    wide, tall = spots[1][0] - spots[0][0], spots[0][1] - spots[1][1]
    project = projection_of(box)
    assert wide / tall == pytest.approx(0.3 * project.east / (0.7 * project.north), rel=1e-3)


def test_maps_of_a_pair_share_one_box() -> None:
    near, far = made_layers(3), made_layers(6)
    first, second = maps_of([near, far])
    assert first.bounds == second.bounds == around([near, far])


def test_what_cannot_be_on_one_map_is_refused() -> None:
    name = made_layers().name
    for places in (
        [],
        [MapPlace("a", "甲", 35.0, 110.0)],
        [MapPlace("a", "甲", 110.0, 35.0), MapPlace("b", "乙", 11.0, 35.0)],
        [MapPlace("a", "甲", float("nan"), 35.0), MapPlace("b", "乙", 110.0, 35.0)],
        [MapPlace("b", "乙", 110.0, 35.0), MapPlace("a", "甲", 110.0, float("inf"))],
    ):
        with pytest.raises(UserError) as caught:
            map_of(MapLayers(name, places=places))
        assert "坐标" in caught.value.what.zh


def test_the_error_of_wide_maps_is_told() -> None:
    assert stretch((110, 34.5, 111, 35.5)) < 0.0065
    name = made_layers().name
    tall = map_of(MapLayers(name, places=[MapPlace("a", "a", 110, 30), MapPlace("b", "b", 111, 36)]))
    assert "最多差" in tall.notes[-1].zh
    assert bounds_of([]) is None
