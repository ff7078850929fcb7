"""Whole persons: first on the flows the relaxed model hints at, then on as many as the proof needs.

A flow whose reduced cost is more than U - L is in no plan better than U (L: the relaxed value). So the best plan among
the flows of reduced cost ≤ δ is the best of all once U - L ≤ δ; until then δ grows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.planning.rotate.model import Flow, Flows
from junheng.planning.rotate.search import Search
from junheng.planning.solver import INFINITY, Solved

_WHOLE = 1e-6  # how far from whole a double may be and still be that number
_FIRST, _GROWTH = 2.0, 5.0  # δ begins at this many times the wished gap and grows so
_NARROW = 1e-5  # δ begins at no less than this
_MOST = 0.8  # of all flows: beyond it there is nothing to save


@dataclass(frozen=True, slots=True)
class Whole:
    """The best whole plan found: movers by flow (None: none found), the bound over all flows, how the search ended."""

    movers: dict[Flow, int] | None
    bound: float
    ended: str


def solve_whole(
    flows: Flows, relaxed: Solved, search: Search, build: Callable[[Sequence[Flow]], Flows], gap: float
) -> Whole:
    """The best whole plan of ``flows``, whose relaxed solution is ``relaxed``; ``build`` makes the model of some flows."""
    if is_whole(flows, relaxed):
        return Whole(flows.whole(relaxed.values), relaxed.bound, "optimal")
    if relaxed.status != "optimal":
        found = search.whole(flows, gap)
        return Whole(flows.whole(found.values) if found.is_found else None, found.bound, found.status)
    costs = flows.reduced_costs(relaxed.prices)
    width = max(_FIRST * gap, _NARROW) * max(abs(relaxed.objective), 1.0)
    best: Whole | None = None
    while True:
        keep = costs <= width + _WHOLE
        is_all = bool(keep.mean() > _MOST)
        part = (
            flows
            if is_all
            else build([flow for flow, kept in zip(flows.flows, keep.tolist(), strict=True) if kept])
        )
        found = search.whole(part, gap)
        beyond = INFINITY if is_all else relaxed.objective + width
        best = _better(
            best, part, found, min(found.bound if found.is_found else INFINITY, beyond), relaxed.bound
        )
        if is_all or search.is_over or _is_done(best, part, found, gap, beyond):
            return best
        width *= _GROWTH


def is_whole(flows: Flows, solved: Solved) -> bool:
    """Whether the relaxed solution is one already."""
    movers = solved.values[: len(flows.flows)]
    return solved.status == "optimal" and bool(np.abs(movers - np.rint(movers)).max(initial=0.0) <= _WHOLE)


def _better(best: Whole | None, part: Flows, found: Solved, bound: float, least: float) -> Whole:
    """The new find; the old one where nothing new was found. No bound falls below that of the relaxed model."""
    if found.is_found:
        return Whole(part.whole(found.values), max(bound, least), found.status)
    if best is not None:
        return Whole(best.movers, max(best.bound, least), found.status)
    return Whole(None, least, found.status)


def _is_done(best: Whole, part: Flows, found: Solved, gap: float, beyond: float) -> bool:
    """Within the wished gap of the bound over all flows, or nothing better outside."""
    if not found.is_found:
        return False
    return found.objective <= beyond or found.objective - best.bound <= gap * abs(found.objective)
