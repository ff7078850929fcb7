"""Dissolving keeps what belongs to a zone, however the blocks are cut; neighbours share their border."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.reports.maps.topology import Line, arcs, outlines, regrouped, simplified

SIDE = 100


def box(left: int, top: int, right: int, bottom: int) -> Line:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def inside(rings: list[Line], x: float, y: float) -> bool:
    found = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay < y) != (by < y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                found = not found
    return found


def area(rings: list[Line]) -> float:
    """Twice the even–odd area of rings that do not cross, holes told by lying in another."""
    total = 0.0
    for ring in rings:
        double = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))
        holes = sum(inside([other], ring[0][0] + 0.5, ring[0][1] + 0.25) for other in rings if other != ring)
        total += abs(double) * (-1) ** holes
    return total


def test_two_squares_of_one_zone_are_one_ring() -> None:
    found = outlines(arcs({"a": [box(0, 0, 100, 100), box(100, 0, 200, 100)]}, 0))
    assert len(found["a"]) == 1
    assert area(found["a"]) == 2 * 200 * 100


def test_a_corner_on_a_neighbours_side_is_no_gap() -> None:
    """The left block's right side has no corner at y = 50, where two smaller blocks meet it."""
    rings = {"a": [box(0, 0, 100, 100), box(100, 0, 200, 50), box(100, 50, 200, 100)]}
    assert outlines(arcs(rings, 1)) == {"a": [((0, 0), (0, 100), (200, 100), (200, 0))]} or (
        len(outlines(arcs(rings, 1))["a"]) == 1 and area(outlines(arcs(rings, 1))["a"]) == 2 * 200 * 100
    )


def test_a_hole_and_its_filling() -> None:
    hole, whole = box(100, 100, 200, 200), box(0, 0, 300, 300)
    found = outlines(arcs({"ring": [whole, hole], "core": [hole]}, 0))
    assert not inside(found["ring"], 150, 150)
    assert inside(found["core"], 150, 150)
    assert len(found["ring"]) == 2


def test_neighbours_share_the_simplified_border() -> None:
    wave = [(50 + (3 if y % 20 else -3), y) for y in range(0, 210, 10)]
    left = ((0, 0), *wave, (0, 200))
    right = ((300, 0), *wave, (300, 200))
    found = arcs({"a": [left], "b": [right]}, 8)
    shared = [arc for arc in found if arc.sides == ("a", "b")]
    assert len(shared) == 1
    assert len(shared[0].line) == 2
    assert {"a", "b"} == set(outlines(found))


@settings(max_examples=examples(40))
@given(seed=st.integers(0, 10_000), zones=st.integers(1, 5), tolerance=st.sampled_from([0, 5]))
def test_every_block_stays_in_its_zone(seed: int, zones: int, tolerance: float) -> None:
    chance, side = random.Random(seed), 6
    zone = {(i, j): f"z{chance.randrange(zones)}" for i in range(side) for j in range(side)}
    rings: dict[str, list[Line]] = {}
    for (i, j), name in zone.items():
        rings.setdefault(name, []).append(box(i * SIDE, j * SIDE, (i + 1) * SIDE, (j + 1) * SIDE))
    single = {f"{i},{j}": [box(i * SIDE, j * SIDE, (i + 1) * SIDE, (j + 1) * SIDE)] for i, j in zone}
    at_once = arcs(rings, tolerance)
    later = regrouped(arcs(single, tolerance), {f"{i},{j}": name for (i, j), name in zone.items()}, tolerance)
    for found in (outlines(at_once), outlines(later)):
        for (i, j), name in zone.items():
            x, y = (i + 0.5) * SIDE + 0.25, (j + 0.5) * SIDE + 0.25
            assert [other for other in found if inside(found[other], x, y)] == [name]


def test_simplifying_keeps_ends_and_loops() -> None:
    line = tuple((x, x % 2) for x in range(50))
    assert simplified(line, 2) == ((0, 0), (49, 1))
    loop = ((0, 0), (50, 1), (100, 0), (100, 100), (0, 100), (0, 0))
    assert simplified(loop, 5)[0] == simplified(loop, 5)[-1]
    assert len(simplified(((0, 0), (1, 0), (1, 1), (0, 0)), 50)) == 4
