from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.itinerant.layout import Node, colour


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=16))
def test_as_many_colours_as_the_busiest_node_suffice(pairs: list[tuple[int, int]]) -> None:
    """König's theorem on bipartite multigraphs."""
    edges: list[tuple[Node, Node]] = [(("left", a), ("right", b)) for a, b in pairs]
    busiest = max(Counter(end for edge in edges for end in edge).values(), default=0)
    colours = colour(edges, busiest)
    assert all(0 <= found < busiest for found in colours)
    seen = Counter((end, found) for edge, found in zip(edges, colours, strict=True) for end in edge)
    assert all(count == 1 for count in seen.values())


def test_more_lessons_than_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="more lessons than periods"):
        colour([(("t",), ("a",)), (("t",), ("b",))], 1)
