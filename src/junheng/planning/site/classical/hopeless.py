"""Why there is no plan at all: nobody in reach, too few sites, too little capacity."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.site.classical.covering import CoverProof, cover
from junheng.planning.site.classical.instance import Instance, Whole
from junheng.planning.solver import INFINITY, Block

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hopeless:
    """One reason. ``demand``: rows concerned; ``lacking`` seats; ``needed`` sites with the ``proof`` of it."""

    kind: str
    demand: tuple[int, ...] = ()
    lacking: int = 0
    needed: int = 0
    proof: CoverProof | None = None


def hopeless(own: Instance, clock: Clock) -> tuple[tuple[Hopeless, ...], Whole | None]:
    """Reasons why no plan exists (none: there is one), and sites that serve everybody where that had to be looked for."""
    if own.model == "maximal_covering":
        return (), None
    open_ways = ~own.barred & ((own.ways <= own.radius) | (own.model != "set_covering"))
    alone = np.flatnonzero(~open_ways.any(1))
    if alone.size:
        return (Hopeless("unreachable", tuple(alone.tolist())),), None
    if own.model == "capacitated":
        return _too_small(own), None
    if own.model == "set_covering" or not own.barred.any():
        return (), None
    proof = cover(open_ways, np.ones(own.cost.size, np.int64), clock, own.count)
    if proof.sites.size <= own.count:
        return (), proof.sites
    needed = max(own.count + 1, ceil(proof.bound))
    return (Hopeless("count", needed=needed, proof=proof),), None


def _too_small(own: Instance) -> tuple[Hopeless, ...]:
    total, room = int(own.weight.sum()), int(own.capacity.sum())
    if total > room:
        return (Hopeless("capacity", lacking=total - room),)
    if not own.barred.any():
        return ()
    rows = _crowded(own)
    lacking = int(own.weight[rows].sum()) - int(own.capacity[(~own.barred[rows]).any(0)].sum())
    return (Hopeless("crowded", tuple(rows.tolist()), lacking),) if lacking > 0 else ()


def _crowded(own: Instance) -> Whole:
    """Demand points whose sites in reach cannot hold them: the tight side of the greatest flow with all sites open."""
    block = Block()
    flow = block.var(own.ways.shape, upper=np.where(own.barred, 0.0, own.weight[:, None].astype(float)))
    left = block.var(own.weight.size, cost=1.0)
    block.rows(own.weight.size, own.weight, own.weight, (flow, 1.0), (left[:, None], 1.0))
    block.rows(own.capacity.size, -INFINITY, own.capacity, (flow.T, 1.0))
    found = block.solve(relaxed=True, seconds=600)
    rows: Whole = np.flatnonzero(found.prices[: own.weight.size] > 0.5)
    return rows
