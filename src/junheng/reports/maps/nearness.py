"""Which groups of dots lie beside each other, and where in a shape its name stands best."""

from collections.abc import Sequence

import numpy as np

from junheng.planning import MapArea
from junheng.reports.maps.scene import Spot

_NEAREST = 6
_AT_ONCE = 500
_SCANS = 15


def near_groups(dots: Sequence[MapArea]) -> list[tuple[str, str]]:
    """Pairs of groups of which a dot is among the six nearest of a dot of the other."""
    if len(dots) < 2:
        return []
    places = np.array([(dot.lon, dot.lat) for dot in dots], np.float64)
    places[:, 0] *= np.cos(np.radians(places[:, 1].mean()))
    found: set[tuple[str, str]] = set()
    most = min(_NEAREST + 1, len(dots))
    for first in range(0, len(dots), _AT_ONCE):
        here = places[first : first + _AT_ONCE]
        squares = ((here[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
        nearest = np.argpartition(squares, most - 1, axis=1)[:, :most]
        for row, others in enumerate(nearest):
            group = dots[first + row].group
            found |= {(group, dots[other].group) for other in others if dots[other].group != group}
    return sorted({(min(pair), max(pair)) for pair in found})


def name_spot(rings: Sequence[Sequence[Spot]]) -> tuple[int, int, int]:
    """Where the widest line of text fits into even–odd ``rings``: x, y, room to both sides together."""
    ys = [y for ring in rings for _, y in ring]
    low, high = min(ys), max(ys)
    best = (0, 0, -1)
    for scan in range(1, _SCANS + 1):
        y = low + (high - low) * scan / (_SCANS + 1) + 0.5  # never through a corner
        crossings = sorted(x for ring in rings for x in _crossings(ring, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            # The outermost scans cut a corner off: text there would leave the shape above or below.
            room = round((right - left) * min(1.0, 3 * min(scan, _SCANS + 1 - scan) / _SCANS))
            if room > best[2]:
                best = (round((left + right) / 2), round(y), room)
    return best


def _crossings(ring: Sequence[Spot], y: float) -> list[float]:
    found = []
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay < y) != (by < y):
            found.append(ax + (bx - ax) * (y - ay) / (by - ay))
    return found


def middle_of(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The centroid of the largest ring; the mean of its corners where it has no area."""
    ring = max(rings, key=lambda one: abs(_doubled(one)))
    double = _doubled(ring)
    if not double:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    (ox, oy), east, north = ring[0], 0.0, 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
        east += (ax + bx - 2 * ox) * cross
        north += (ay + by - 2 * oy) * cross
    return ox + east / (3 * double), oy + north / (3 * double)


def _doubled(ring: Sequence[tuple[float, float]]) -> float:
    (ox, oy) = ring[0]
    return sum(
        (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
