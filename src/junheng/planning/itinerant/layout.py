"""Lessons of a half-day laid into its periods: a colouring of edges between teachers and classes.

König (1916): a bipartite graph whose nodes have at most P edges can be coloured with P colours. Teachers give at most P
lessons in a half-day of P periods and every class takes at most P, so a layout always exists; it is found edge by edge,
swapping two colours along a path where no colour is free at both ends.
"""

from collections import defaultdict

from junheng.planning.itinerant.case import Case
from junheng.planning.itinerant.daily import Days, Spot

Layout = dict[Spot, list[int]]  # the periods of each spot's lessons
Node = tuple[object, ...]
Colours = dict[Node, dict[int, int]]  # node → colour → edge


def lay_out(case: Case, days: Days) -> Layout:
    """Periods for every lesson: no teacher twice in one, no more lessons of a school-stage than classes."""
    by_place = defaultdict(list)
    for spot in sorted(days.lessons):
        by_place[spot[3][0], spot[1], spot[2]].append(spot)
    found: Layout = {}
    for (_, _, half), spots in sorted(by_place.items()):
        periods = case.periods(half)
        edges = _edges(spots, days, len(periods))
        colours = colour([(one, other) for _, one, other in edges], len(periods))
        for (spot, _, _), chosen in zip(edges, colours, strict=True):
            found.setdefault(spot, []).append(periods[chosen])
    return {spot: sorted(periods) for spot, periods in found.items()}


def _edges(spots: list[Spot], days: Days, length: int) -> list[tuple[Spot, Node, Node]]:
    """Each lesson as an edge from its teacher to a class; a class is filled up before the next one is begun."""
    found: list[tuple[Spot, Node, Node]] = []
    filled: dict[str, int] = defaultdict(int)
    for spot in spots:
        stage = spot[3][1]
        for _ in range(days.lessons[spot]):
            found.append((spot, ("teacher", spot[0]), ("class", stage, filled[stage] // length)))
            filled[stage] += 1
    return found


def colour(edges: list[tuple[Node, Node]], colours: int) -> list[int]:
    """A colour for every edge of a bipartite multigraph such that no node sees one twice.

    Raises ValueError where a node has more edges than there are colours.
    """
    seen: Colours = defaultdict(dict)
    chosen: list[int] = []
    for number, (one, other) in enumerate(edges):
        here = next((c for c in range(colours) if c not in seen[one]), None)
        there = next((c for c in range(colours) if c not in seen[other]), None)
        if here is None or there is None:
            raise ValueError("more lessons than periods")
        if here in seen[other]:
            _swap(edges, seen, chosen, other, here, there)
        chosen.append(here)
        seen[one][here] = seen[other][here] = number
    return chosen


def _swap(
    edges: list[tuple[Node, Node]], seen: Colours, chosen: list[int], node: Node, one: int, other: int
) -> None:
    """Exchange two colours along the path that leaves ``node`` by colour ``one``; afterwards that is free there."""
    path = []
    at, wanted = node, one
    while wanted in seen[at]:
        edge = seen[at][wanted]
        path.append(edge)
        at = edges[edge][1] if edges[edge][0] == at else edges[edge][0]
        wanted = other if wanted == one else one
    for edge in path:
        for end in edges[edge]:
            del seen[end][chosen[edge]]
    for edge in path:
        chosen[edge] = other if chosen[edge] == one else one
        for end in edges[edge]:
            seen[end][chosen[edge]] = edge
