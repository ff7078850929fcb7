"""Distances offline: schools to demand points on a large road graph, beside networkx."""

import json
import statistics
import sys
import time

import numpy as np
from scipy.sparse.csgraph import dijkstra

from benchmarks.child import run
from benchmarks.result import Check, Result
from benchmarks.travel_graph import made_roads, strewn
from junheng.planning.travel import Point, Roads, Ways, speed_of, ways

_SIDE, _SCHOOLS, _DEMAND = 330, 1_000, 100_000
_MINUTES = (10, 20)
_SOURCES = 3  # of networkx: a second and a half each


def measure(scale: float) -> Result:
    """20 minutes by car from 1,000 schools to 100,000 points on 108,900 nodes; the graph shrinks with ``scale``."""
    side = max(20, round(_SIDE * scale**0.5))
    roads = made_roads(side)
    demand, schools = strewn(max(200, round(_DEMAND * scale)), 2), strewn(max(10, round(_SCHOOLS * scale)), 3)
    checks, notes = [], []
    for minutes in _MINUTES:
        found, wall, cpu = _timed(roads, demand, schools, minutes * 60)
        checks.append(Check(f"{len(schools):,} schools, {minutes} min by car", cpu, 10.0, "CPU-s"))
        notes.append(f"{minutes} min: {len(found.starts):,} pairs, {cpu:.2f} CPU-s, {wall:.2f} s wall")
    own, peer, difference = _per_source(roads, side)
    checks.append(Check("times faster than networkx, one full source", peer / own, 10.0, "×", at_least=True))
    checks.append(Check("difference of the sums of metres", difference, 1e-9, "relative"))
    notes.append(f"one full source: {1000 * own:.1f} ms, networkx {1000 * peer:.0f} ms")
    title = (
        f"ways on {len(roads.names):,} nodes and {len(roads.starts) // 2:,} roads to {len(demand):,} points"
    )
    return Result("travel", title, scale, checks, notes)


def _timed(
    roads: Roads, demand: dict[str, Point], schools: dict[str, Point], seconds: int
) -> tuple[Ways, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    fresh = Roads(
        roads.names, roads.points, roads.starts, roads.ends, roads.metres, roads.classes, roads.class_names
    )
    found = ways(demand, schools, limit=seconds, roads=fresh, speed=speed_of("car"))
    return found, time.perf_counter() - wall, time.process_time() - cpu


def _per_source(roads: Roads, side: int) -> tuple[float, float, float]:
    """CPU seconds of ours and of networkx for one source without a limit, and how far the sums differ."""
    nodes = [len(roads.names) * part // (_SOURCES + 1) for part in range(1, _SOURCES + 1)]
    cost = run([sys.executable, "-m", "benchmarks.travel_peer", str(side), *map(str, nodes)])
    peer = json.loads(cost.printed)
    began = time.process_time()
    lengths = dijkstra(roads.graph(), indices=nodes)
    own = (time.process_time() - began) / len(nodes)
    sums = np.where(np.isfinite(lengths), lengths, 0).sum(1)
    difference = max(abs(a - b) / b for a, b in zip(sums, peer["sums"], strict=True))
    return own, statistics.median(peer["cpu"]), float(difference)
