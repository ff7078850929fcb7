from math import ceil, inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.travel.graphs import Stretch, metres, plain_dijkstra, roads

from junheng.basics import UserError
from junheng.planning.travel import Point, great_circle, speed_of, ways

KM = 1 / 111.19493  # of latitude, in degrees
LINE = {name: (105.0, 37.0 + number * KM) for number, name in enumerate("abcd")}  # a kilometre apart
BOTH = [("a", "b", 1200.0), ("b", "a", 1200.0), ("b", "c", 1100.0), ("c", "b", 1100.0), ("c", "d", 5000.0)]


def test_without_roads_it_is_the_great_circle_with_the_detour() -> None:
    found = ways({"x": (0.0, 0.0)}, {"y": (1.0, 0.0), "z": (3.0, 0.0)}, limit=200_000, detour=1.0)
    assert found.of("x") == {"y": 111196}  # one degree of the equator, as test_pairs
    assert (found.unit, "1" in found.basis.zh) == ("m", True)
    assert "1.3" in ways({}, {}, limit=1).basis.zh


def test_a_textbook_graph() -> None:
    found = ways(LINE, LINE, limit=2300, roads=roads(LINE, BOTH))
    assert found.of("a") == {"a": 0, "b": 1200, "c": 2300}
    assert found.of("d") == {"d": 0}  # the road to d is one way
    assert list(found.pairs()) == sorted(found.pairs())


def test_the_leg_to_the_nearest_node_counts_with_the_detour() -> None:
    beside = (105.0, 37.0 - 0.5 * KM)  # half a kilometre south of a
    found = ways({"x": beside}, {"b": LINE["b"]}, limit=5000, roads=roads(LINE, BOTH), detour=1.4)
    assert found.of("x")["b"] == 1200 + ceil(1.4 * metres(beside, LINE["a"]) - 1e-6)


def test_two_places_at_one_node_are_measured_directly() -> None:
    near = {"x": (105.0, 37.0 - 0.3 * KM), "y": (105.0, 37.0 - 0.4 * KM)}
    found = ways({"x": near["x"]}, {"y": near["y"]}, limit=5000, roads=roads(LINE, BOTH), detour=1.0)
    assert found.of("x")["y"] in {100, 101}  # not 700 by way of the node


def test_off_the_network_is_listed_and_measured_straight() -> None:
    far = (105.0, 37.0 - 2 * KM)
    found = ways({"far": far, "none": None, "nan": (nan, 37.0)}, LINE, limit=3000, roads=roads(LINE, BOTH))
    assert found.off_network == ("far",)
    assert found.unlocated == ("nan", "none")
    assert found.of("far") == {"a": ceil(1.3 * metres(far, LINE["a"]))}
    assert found.of("none") == {}
    assert "1 处不在路网上" in found.basis.zh


def test_a_separate_part_of_the_roads_is_named() -> None:
    points = {**LINE, "e": (105.5, 37.0), "f": (105.5, 37.0 + KM)}
    graph = roads(points, [*BOTH, ("e", "f", 1000.0), ("f", "e", 1000.0)])
    found = ways({"y": points["e"], "x": points["a"]}, points, limit=9000, roads=graph)
    assert found.cut_off == ("e", "f", "y")
    assert found.of("y") == {"e": 0, "f": 1000}


def test_seconds_at_the_speed_of_every_class() -> None:
    graph = roads(LINE, BOTH, "ttrrt")
    car = ways(LINE, LINE, limit=3600, roads=graph, speed=speed_of("car"))
    assert (car.unit, car.of("a")["c"]) == ("s", 276)  # 1,200 m and 1,100 m at 30 km/h: 144 + 132
    walk = ways(LINE, LINE, limit=1800, roads=graph, speed=speed_of("步行"))
    assert walk.of("a") == {"a": 0, "b": 1200}  # a metre a second
    assert walk.of("c") == {"b": 1100, "c": 0}
    bus = ways(LINE, LINE, limit=3600, roads=graph, speed=speed_of("bus"))
    assert bus.of("a")["b"] == ceil(300 + 1200 / (25 / 3.6))  # five minutes of waiting
    assert ways({"x": (0.0, 0.0)}, {"y": (0.01, 0.0)}, limit=3600, speed=speed_of("walk")).of("x") == {
        "y": 1446
    }


def test_one_way_marks_do_not_bind_those_who_walk() -> None:
    graph = roads(LINE, [("a", "b", 1200.0)])
    assert ways(LINE, LINE, limit=3600, roads=graph, speed=speed_of("walk")).of("b")["a"] == 1200
    assert "a" not in ways(LINE, LINE, limit=3600, roads=graph, speed=speed_of("car")).of("b")


def test_walkers_keep_off_motorways() -> None:
    graph = roads(LINE, BOTH)
    closed = type(graph)(
        graph.names,
        graph.points,
        graph.starts,
        graph.ends,
        graph.metres,
        graph.classes,
        ("rural", "motorway"),
    )
    assert ways(LINE, LINE, limit=9000, roads=closed, speed=speed_of("walk")).of("a") == {"a": 0}
    assert "b" in ways(LINE, LINE, limit=9000, roads=closed, speed=speed_of("car")).of("a")


@pytest.mark.parametrize(
    "bad", [{"limit": -1}, {"limit": inf}, {"limit": 1, "detour": 0.5}, {"limit": 1, "detour": nan}]
)
def test_senseless_limits_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(UserError, match="不合理"):
        ways({}, {}, **bad)


def test_swapped_places_are_refused() -> None:
    with pytest.raises(UserError, match="超出范围"):
        ways({"x": (37.0, 105.0)}, {}, limit=1)


POINTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.floats(105, 105.2), st.floats(37, 37.2)), min_size=2
)


@settings(max_examples=examples(60), deadline=None)
@given(POINTS, st.data())
def test_roads_agree_with_a_plain_dijkstra(points: dict[str, Point], data: st.DataObject) -> None:
    """On any graph: clipped, reversed or whole, the answer is that of a heap and dictionaries."""
    names = st.sampled_from(sorted(points))
    drawn = data.draw(st.lists(st.tuples(names, names, st.floats(1, 2)), max_size=20))
    stretches: list[Stretch] = [(a, b, f * (metres(points[a], points[b]) + 1)) for a, b, f in drawn]
    some = data.draw(st.sets(names, min_size=1))
    limit = data.draw(st.integers(100, 60_000))
    if not stretches:
        return
    graph = roads(points, stretches)
    touched = {name for a, b, _ in stretches for name in (a, b)}
    at = {name: points[name] for name in touched}
    ends = {name: points[name] for name in some & touched} or at
    if len(set(points.values())) < len(points):
        return  # two nodes at one place: either is nearest
    found = ways(at, ends, limit=limit, roads=graph, detour=1.0)
    for start in at:
        wanted = plain_dijkstra(stretches, start)
        for end in ends:
            length = wanted.get(end, inf)
            if abs(length - limit) > 1:
                assert (end in found.of(start)) == (length < limit)
                assert length > limit or abs(found.of(start)[end] - length) <= 1


@settings(max_examples=examples(40), deadline=None)
@given(POINTS, st.integers(1000, 30_000))
def test_two_lists_agree_with_one(points: dict[str, Point], reach: int) -> None:
    one = great_circle(points, reach / 1000, 1.3)
    found = ways(points, points, limit=reach)
    assert {(a, b): length for a, b, length in found.pairs() if a != b} == one


def test_a_far_corner_is_not_clipped_away() -> None:
    """A large grid, a short limit: what the clipped graph gives is what the whole graph gives."""
    side = 40
    points = {f"{x:02d}{y:02d}": (105 + 0.002 * x, 37 + 0.002 * y) for x in range(side) for y in range(side)}
    steps = [(x, y, x + dx, y + dy) for x in range(side) for y in range(side) for dx, dy in ((1, 0), (0, 1))]
    pairs = [(f"{x:02d}{y:02d}", f"{u:02d}{v:02d}") for x, y, u, v in steps if u < side and v < side]
    stretches = [(a, b, 250.0) for one in pairs for a, b in (one, one[::-1])]
    graph = roads(points, stretches)
    asked = {name: points[name] for name in ("0000", "3939", "0039", "2020")}
    found = ways(asked, points, limit=1500, roads=graph)
    for name in asked:
        wanted = {end: ceil(far) for end, far in plain_dijkstra(stretches, name).items() if far <= 1500}
        assert found.of(name) == wanted
