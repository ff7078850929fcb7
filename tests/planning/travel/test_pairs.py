from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.travel import EARTH_KM, Road, by_road, great_circle


def haversine_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The textbook formula, independent of the chord."""
    (east, north), (to_east, to_north) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def test_one_degree_of_the_equator() -> None:
    """One degree of a great circle of 6,371.0088 km is 111.195 km."""
    found = great_circle({"a": (0.0, 0.0), "b": (1.0, 0.0)}, 200, 1.0)
    assert found == {("a", "b"): 111196, ("b", "a"): 111196}


def test_the_detour_counts_before_reach() -> None:
    points = {"a": (105.0, 37.0), "b": (105.08, 37.0)}
    straight = haversine_km(points["a"], points["b"])
    assert 7 < straight < 8
    assert great_circle(points, 8, 1.0)
    assert not great_circle(points, 8, 1.3)
    assert great_circle({"a": (0.0, 0.0)}, 8, 1.3) == {}


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(st.tuples(st.floats(100, 100.3), st.floats(30, 30.3)), min_size=2, max_size=8),
    st.floats(1, 20),
)
def test_the_tree_finds_what_the_formula_finds(points: list[tuple[float, float]], reach: float) -> None:
    named = {f"s{number}": point for number, point in enumerate(points)}
    found = great_circle(named, reach, 1.3)
    for one, point in named.items():
        for other, target in named.items():
            length = 1.3 * haversine_km(point, target)
            if one != other and abs(length - reach) > 0.002:
                assert ((one, other) in found) == (length < reach)
                assert length > reach or abs(found[one, other] - 1000 * length) <= 1.001


def test_roads_take_the_shortest_way_and_stop_at_reach() -> None:
    roads = [Road("1", "2", 4), Road("2", "3", 4), Road("1", "3", 9), Road("3", "4", 5), Road("1", "2", 6)]
    found = by_road(roads, {"a": "1", "b": "3", "c": "4", "lost": "9"}, 8)
    assert found == {("a", "b"): 8, ("b", "a"): 8, ("b", "c"): 5, ("c", "b"): 5}


def test_a_one_way_road_goes_one_way() -> None:
    found = by_road([Road("1", "2", 2.2, is_one_way=True), Road("2", "1", 7)], {"a": "1", "b": "2"}, 10)
    assert found == {("a", "b"): 3, ("b", "a"): 7}
    assert by_road([], {"a": "1"}, 10) == {}


@pytest.mark.parametrize("seed", range(4))
def test_roads_agree_with_floyd_warshall(seed: int) -> None:
    import random

    draw = random.Random(seed)
    nodes = [str(number) for number in range(7)]
    roads = [Road(draw.choice(nodes), draw.choice(nodes), draw.randint(1, 9)) for _ in range(11)]
    far = {(a, b): 0.0 if a == b else float("inf") for a in nodes for b in nodes}
    for road in roads:
        for way in ((road.start, road.end), (road.end, road.start)):
            far[way] = min(far[way], road.length)
    for middle in nodes:
        for a in nodes:
            for b in nodes:
                far[a, b] = min(far[a, b], far[a, middle] + far[middle, b])
    wanted = {pair: int(length) for pair, length in far.items() if pair[0] != pair[1] and length <= 12}
    assert by_road(roads, {name: name for name in nodes}, 12) == wanted
