"""Small road graphs for the tests and a plain Dijkstra to compare with."""

import heapq
from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

import numpy as np

from junheng.planning.travel import EARTH_KM, Point, Roads

Stretch = tuple[str, str, float]


def metres(one: Point, other: Point) -> float:
    """The haversine, independent of the chord."""
    (east, north), (to_east, to_north) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2000 * EARTH_KM * asin(sqrt(half))


def roads(points: Mapping[str, Point], stretches: Iterable[Stretch], kinds: str = "") -> Roads:
    """One-way stretches (start, end, metres); ``kinds``: a letter per stretch, t for town, r for rural."""
    names, rows = sorted(points), list(stretches)
    classes = [("rural", "town").index({"t": "town", "r": "rural"}[k]) for k in kinds or "t" * len(rows)]
    return Roads(
        tuple(names),
        np.array([points[name] for name in names]),
        np.array([names.index(row[0]) for row in rows], np.int64),
        np.array([names.index(row[1]) for row in rows], np.int64),
        np.array([row[2] for row in rows], np.float64),
        np.array(classes, np.int64),
        ("rural", "town"),
    )


def plain_dijkstra(stretches: Iterable[Stretch], start: str) -> dict[str, float]:
    """Shortest lengths from one node, by a heap and dictionaries."""
    after: dict[str, list[tuple[str, float]]] = {}
    for one, other, length in stretches:
        after.setdefault(one, []).append((other, length))
    found: dict[str, float] = {}
    heap = [(0.0, start)]
    while heap:
        far, node = heapq.heappop(heap)
        if node not in found:
            found[node] = far
            for other, length in after.get(node, []):
                heapq.heappush(heap, (far + length, other))
    return found
