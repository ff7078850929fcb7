"""Rings sorted into polygons with holes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.geo import nested


def _square(west: float, south: float, side: float) -> list[tuple[float, float]]:
    return [(west, south), (west + side, south), (west + side, south + side), (west, south + side)]


def test_a_ring_inside_is_a_hole_and_one_inside_the_hole_stands_for_itself() -> None:
    outer, hole, island, apart = _square(0, 0, 9), _square(2, 2, 5), _square(3, 3, 2), _square(20, 0, 1)
    found = nested([island, apart, hole, outer])
    assert [len(polygon) for polygon in found] == [2, 1, 1]
    assert found[0][0] == (*outer, outer[0])
    assert found[0][1] == (*hole, hole[0])


def test_what_is_no_ring_is_left_out() -> None:
    assert nested([[(0, 0), (1, 1)]]) == ()


@given(st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=examples(50))
def test_squares_in_squares_alternate(depth: int, random: object) -> None:
    rings = [_square(at, at, 20 - 2 * at) for at in range(depth)]
    random.shuffle(rings)  # type: ignore[attr-defined] # hypothesis gives a Random
    found = nested(rings)
    assert sum(len(polygon) for polygon in found) == depth
    assert len(found) == (depth + 1) // 2
