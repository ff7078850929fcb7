"""Pupils without a seat in every plan: zones too many must go to (Hall), by a largest flow.

Pupils of blocks flow to the zones open to them and on to seats. What cannot flow has no seat; the zones on the source's side of
the least cut are the ones that clash. Which zones a block can go to: by reach, by pins and seeds as well, by contiguity as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.planning.zone.check_reasons import ways_under
from junheng.planning.zone.check_scene import Scene

LEVELS = ("capacity", "reach", "pinned", "contiguity")
Json = dict[str, Any]


@dataclass(frozen=True)
class Lacking:
    """Under a limit (and those before it) so many pupils have no seat, because of these zones."""

    limit: str
    pupils: int
    zones: tuple[str, ...]


def lacking(scene: Scene) -> tuple[Lacking, ...]:
    """The limits that leave more pupils without a seat than those before them."""
    found: list[Lacking] = []
    for limit in LEVELS:
        row = _deficit(scene, limit)
        if row.pupils > max((one.pupils for one in found), default=0):
            found.append(row)
    return tuple(found)


def _deficit(scene: Scene, limit: str) -> Lacking:
    """Pupils in the groups of equal choice, less what flows to seats."""
    groups: dict[tuple[str, ...], int] = {}
    for name, zones in ways_under(scene, limit).items():
        if zones and scene.pupils[name]:
            key = tuple(sorted(zones))
            groups[key] = groups.get(key, 0) + scene.pupils[name]
    asked = sum(groups.values())
    flowing, crowded = _cut(groups, scene.seats)
    return Lacking(limit, asked - flowing, crowded)


def _cut(groups: Mapping[tuple[str, ...], int], seats: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """The largest flow, and the zones still to be reached from the source."""
    import scipy.sparse
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    names = sorted(seats)
    place = {name: 1 + len(groups) + at for at, name in enumerate(names)}
    sink = 1 + len(groups) + len(names)
    arcs = [(0, at, pupils) for at, pupils in enumerate(groups.values(), 1)]
    arcs += [(at, place[zone], groups[key]) for at, key in enumerate(groups, 1) for zone in key]
    arcs += [(place[zone], sink, seats[zone]) for zone in names]
    starts, ends, sizes = np.array(arcs, np.int64).T
    graph = scipy.sparse.csr_array((sizes.astype(np.int32), (starts, ends)), shape=(sink + 1, sink + 1))
    found = maximum_flow(graph, 0, sink)
    left = scipy.sparse.csr_array(graph - found.flow)
    left.data = (left.data > 0).astype(np.int32)
    left.eliminate_zeros()
    seen = set(breadth_first_order(left, 0, return_predecessors=False).tolist())
    return int(found.flow_value), tuple(name for name in names if place[name] in seen)
