"""Rings in any order as polygons with holes:
a ring inside an odd number of others is a hole (even–odd)."""

import itertools
from collections.abc import Iterable, Sequence

from junheng.planning.geo.areas import Point, Polygon, Ring


def nested(rings: Iterable[Sequence[Point]]) -> tuple[Polygon, ...]:
    """Polygons, each its outer ring and then its holes, the largest first. Rings are closed where they were not."""
    closed = sorted((_closed(ring) for ring in rings if len(ring) > 2), key=_size, reverse=True)
    outer: list[list[Ring]] = []
    for place, ring in enumerate(closed):
        around = [other for other in closed[:place] if _holds(other, ring[0])]
        if len(around) % 2:
            home = next(one for one in reversed(outer) if _holds(one[0], ring[0]))
            home.append(ring)
        else:
            outer.append([ring])
    return tuple(tuple(one) for one in outer)


def _closed(ring: Sequence[Point]) -> Ring:
    points = tuple((float(x), float(y)) for x, y in ring)
    return points if points[0] == points[-1] else (*points, points[0])


def _size(ring: Ring) -> float:
    """Its area in square degrees: enough to order rings of one county."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def _holds(ring: Ring, point: Point) -> bool:
    """Whether the point lies inside (ray to the east)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside
