"""How far schools lie apart, offline: great circle × detour factor, or ways on a road table.

Great circle: points on the unit sphere in a scipy KD-tree, the chord of a distance d being 2·sin(d / 2R) (R the mean
radius of the earth, IUGG: 6,371.0088 km). Roads: Dijkstra of scipy.sparse.csgraph with ``limit``, from the places that
are asked about only. Both return what lies within reach and nothing else; a place is not paired with itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

EARTH_KM = 6371.0088
_AT_ONCE = 50  # sources per call: every source fills a row as long as the graph

Point = tuple[float, float]  # longitude, latitude in degrees
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Road:
    """A stretch of road between two nodes; ``length`` in any one unit, the same for all; one way where said."""

    start: str
    end: str
    length: float
    is_one_way: bool = False


def great_circle(points: Mapping[str, Point], reach_km: float, detour: float) -> dict[Pair, int]:
    """Metres (rounded up) between all pairs whose great circle × ``detour`` is at most ``reach_km``, both ways."""
    from scipy.spatial import cKDTree

    names = sorted(points)
    if len(names) < 2:
        return {}
    sphere = unit_sphere([points[name] for name in names])
    chord = 2 * np.sin(min(reach_km / detour / EARTH_KM / 2, np.pi / 2))
    found: dict[Pair, int] = {}
    for one, other in sorted(cKDTree(sphere).query_pairs(chord * (1 + 1e-9))):
        straight = 2 * EARTH_KM * np.arcsin(min(1.0, float(np.linalg.norm(sphere[one] - sphere[other])) / 2))
        metres = _whole(1000 * straight * detour)
        if metres <= 1000 * reach_km:
            found[names[one], names[other]] = found[names[other], names[one]] = metres
    return found


def unit_sphere(points: Sequence[Point] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Longitudes and latitudes (degrees) as points of the unit sphere, shape (n, 3)."""
    longitude, latitude = np.radians(np.asarray(points, np.float64).reshape(-1, 2)).T
    return np.stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)), 1
    )


def by_road(roads: Sequence[Road], nodes: Mapping[str, str], reach: float) -> dict[Pair, int]:
    """Shortest ways of at most ``reach`` (the unit of the roads) from place to place, rounded up.

    ``nodes``: place → its node. A place whose node no road touches reaches nothing.
    """
    from scipy.sparse.csgraph import dijkstra

    number = {name: at for at, name in enumerate(sorted({n for r in roads for n in (r.start, r.end)}))}
    places = [place for place in sorted(nodes) if nodes[place] in number]
    if not places:
        return {}
    graph = _graph(roads, number)
    found: dict[Pair, int] = {}
    for first in range(0, len(places), _AT_ONCE):
        here = places[first : first + _AT_ONCE]
        lengths = dijkstra(graph, indices=[number[nodes[place]] for place in here], limit=reach)
        for place, row in zip(here, lengths, strict=True):
            for other in places:
                length = row[number[nodes[other]]]
                if other != place and np.isfinite(length):
                    found[place, other] = _whole(float(length))
    return {pair: length for pair, length in found.items() if length <= reach}


def _graph(roads: Sequence[Road], number: Mapping[str, int]) -> object:
    """The roads as a sparse matrix; of parallel roads the shortest. A length of 0 is kept (scipy takes 0 for no road)."""
    import scipy.sparse

    shortest: dict[tuple[int, int], float] = {}
    for road in roads:
        ends = (number[road.start], number[road.end])
        for way in (ends,) if road.is_one_way else (ends, ends[::-1]):
            shortest[way] = min(shortest.get(way, np.inf), max(road.length, 1e-9))
    starts, stops = zip(*shortest, strict=True) if shortest else ((), ())
    return scipy.sparse.csr_array(
        (np.array(list(shortest.values())), (np.array(starts, int), np.array(stops, int))),
        shape=(len(number), len(number)),
    )


def _whole(length: float) -> int:
    """Rounded up; what is a whole number but for the last bits of a sum stays it."""
    return int(np.ceil(length - 1e-6))
