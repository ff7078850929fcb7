"""Ways on a road graph: Dijkstra with a limit from the fewer side, chunks on a clipped graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.travel.roads import Roads
from junheng.planning.travel.speeds import Speed
from junheng.planning.travel.straight import metres_between

_AT_ONCE = 50  # sources a call: every source fills a row as long as the graph
_WORTH_CLIPPING = 0.7  # share of the nodes above which the whole graph is taken
_CELLS = 1 << 10  # of the grid whose curve puts neighbours side by side
_LEAST_RATIO = 0.2  # lengths far below the straight line: the box would be wider than the graph
_DEGREE_M = 111_194.9  # of a great circle

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Found = tuple[Whole, Whole, Floats]  # rows of the one side, rows of the other, costs


@dataclass(frozen=True, slots=True)
class Placed:
    """Places on the graph: their points of the unit sphere, their nodes and the cost from the place to its node."""

    sphere: Floats
    nodes: Whole
    access: Floats


@dataclass(frozen=True, slots=True)
class Measure:
    """What counts: the speed (None: metres), the factor of the legs beside the roads, the limit, in one unit."""

    speed: Speed | None
    detour: float
    limit: float

    def off_road(self, metres: Floats) -> Floats:
        """The cost of straight metres beside the roads: on foot where a mode has a speed for paths."""
        rate = 1.0 if self.speed is None else self.speed.metres_a_second("path")
        return metres * self.detour / rate

    @property
    def wait(self) -> float:
        """Seconds of waiting on every way by road."""
        return 0.0 if self.speed is None else self.speed.wait_s


def by_network(roads: Roads, one: Placed, other: Placed, measure: Measure) -> Found:
    """Rows of the pairs within the limit, and their costs; ``one`` are origins, ``other`` destinations."""
    none = np.empty(0, np.int64)
    if not len(one.nodes) or not len(other.nodes):
        return none, none, np.empty(0)
    graph = roads.graph(measure.speed)
    backwards = len(np.unique(other.nodes)) < len(np.unique(one.nodes))
    sources, targets = (other, one) if backwards else (one, other)
    if backwards:
        graph = graph.T.tocsr()
    found = list(_chunks(roads, graph, sources, targets, measure))
    starts, ends = (np.concatenate([chunk[side] for chunk in found]) for side in (0, 1))
    costs = np.concatenate([chunk[2] for chunk in found])
    return (ends, starts, costs) if backwards else (starts, ends, costs)


def _chunks(roads: Roads, graph: Any, sources: Placed, targets: Placed, measure: Measure) -> Iterator[Found]:
    """The pairs of fifty source nodes at a time, neighbours together."""
    nodes = np.unique(sources.nodes)
    nodes = nodes[np.argsort(_curve(roads.points[nodes]), kind="stable")]
    margin = _margin(roads, measure)
    for first in range(0, len(nodes), _AT_ONCE):
        here = nodes[first : first + _AT_ONCE]
        rows, part = _clipped(roads, graph, here, margin)
        yield _pairs(part, rows, here, len(roads.names), sources, targets, measure)


def _pairs(
    graph: Any, rows: Whole, here: Whole, size: int, sources: Placed, targets: Placed, measure: Measure
) -> Found:
    """The pairs of the source nodes ``here``; ``rows`` are the nodes of the clipped graph, ``size`` those of the whole."""
    from scipy.sparse.csgraph import dijkstra

    at, order = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    at[rows] = np.arange(len(rows))
    reached = np.flatnonzero(at[targets.nodes] >= 0)
    lengths = dijkstra(graph, indices=at[here], limit=max(0.0, measure.limit - measure.wait))
    order[here] = np.arange(len(here))
    places = np.flatnonzero(order[sources.nodes] >= 0)
    costs = lengths[order[sources.nodes[places]]][:, at[targets.nodes[reached]]]
    costs += (sources.access[places] + measure.wait)[:, None] + targets.access[reached][None, :]
    one, other = _at_one_node(sources.nodes[places], targets.nodes[reached])
    near = metres_between(sources.sphere[places[one]], targets.sphere[reached[other]])
    costs[one, other] = np.minimum(costs[one, other], measure.off_road(near))
    one, other = np.nonzero(costs <= measure.limit)
    return places[one], reached[other], costs[one, other]


def _at_one_node(one: Whole, other: Whole) -> tuple[Whole, Whole]:
    """The pairs of rows with the same node."""
    order = np.argsort(other, kind="stable")
    first, last = (np.searchsorted(other, one, side=side, sorter=order) for side in ("left", "right"))
    rows = np.repeat(np.arange(len(one)), last - first)
    ends = np.arange(len(rows)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    return rows, order[np.repeat(first, last - first) + ends]


def _margin(roads: Roads, measure: Measure) -> float:
    """How far in metres a way within the limit can lead from where it starts; infinite where lengths are doubtful."""
    long = roads.straight > 1
    ratio = float((roads.metres[long] / roads.straight[long]).min(initial=1.0))
    if ratio < _LEAST_RATIO:
        return float("inf")
    rate = 1.0 if measure.speed is None else max(measure.speed.metres_a_second(c) for c in roads.class_names)
    return measure.limit * rate / ratio


def _clipped(roads: Roads, graph: Any, here: Whole, margin: float) -> tuple[Whole, Any]:
    """The nodes in the box round ``here`` widened by ``margin``, and the graph between them."""
    everything = np.arange(len(roads.names))
    if not np.isfinite(margin):
        return everything, graph
    low, high = roads.points[here].min(0), roads.points[here].max(0)
    north = margin / _DEGREE_M * 1.001
    steepest = min(89.0, float(np.abs((low[1], high[1])).max()) + north)
    wide = np.array((north / np.cos(np.radians(steepest)), north))
    inside = np.flatnonzero(((roads.points >= low - wide) & (roads.points <= high + wide)).all(1))
    if len(inside) > _WORTH_CLIPPING * len(everything):
        return everything, graph
    return inside, graph[inside][:, inside]


def _curve(points: Floats) -> Whole:
    """The place of every point on a curve through a grid (bits of column and row in turn, Morton 1966)."""
    span = np.maximum(np.ptp(points, axis=0), 1e-12)
    cells = np.minimum(((points - points.min(0)) / span * _CELLS).astype(np.int64), _CELLS - 1)
    code = np.zeros(len(points), np.int64)
    for bit in range(_CELLS.bit_length()):
        for axis in (0, 1):
            code |= ((cells[:, axis] >> bit) & 1) << (2 * bit + axis)
    return code
