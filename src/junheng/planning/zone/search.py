"""The whole search: prices, a first plan, small changes, whole numbers – and what lacks."""

from dataclasses import dataclass, replace

import numpy as np

from junheng.planning.zone.bound import Prices
from junheng.planning.zone.bound_knapsack import sharpened
from junheng.planning.zone.model import OUT, Layout, Whole
from junheng.planning.zone.search_clock import ZoneClock
from junheng.planning.zone.search_exact import (
    Best,
    by_neighbourhoods,
    is_better,
    least_short,
    polished,
    solve_kernel,
)
from junheng.planning.zone.search_local import improve
from junheng.planning.zone.search_relax import Relaxed, relax
from junheng.planning.zone.search_start import grow

_SMALL = 40_000  # open pairs: so many are given to the solver at once when limits clash
_SHARE = 0.4  # of the time, at most, for the relaxed model, and for the first small changes


@dataclass(frozen=True)
class Found:
    """The plan, prices, the solver's bounds (-inf: none) on cost and on pupils beyond the limits."""

    plan: Whole
    prices: Prices
    tree: float
    tree_short: float


def search(layout: Layout, clock: ZoneClock, gap: float, least: int = 0) -> Found:
    """The best plan found in the time given; the least pupils beyond the limits where these clash.

    ``least``: pupils beyond the limits in every plan, as far as is known.
    """
    relaxed = relax(layout, clock.part(_SHARE))
    plan = _first(layout, relaxed, clock)
    best = Best(plan, layout.value(plan), -np.inf, [])
    clock.tell(None if layout.short(plan) else best.value, relaxed.bound)
    if layout.short(plan):
        return _clash(layout, relaxed, best, clock, gap, least)
    _finish(layout, relaxed, best, clock, gap)
    return _proven(layout, relaxed, best, clock, gap)


def _proven(layout: Layout, relaxed: Relaxed, best: Best, clock: ZoneClock, gap: float) -> Found:
    """With prices of blocks where those of seats leave more than the wished gap."""
    prices = relaxed.prices
    if best.value - relaxed.bound > gap * abs(best.value):
        prices = sharpened(layout, prices, best.value, clock)
    return Found(best.plan, prices, best.tree, -np.inf)


def _first(layout: Layout, relaxed: Relaxed, clock: ZoneClock) -> Whole:
    """Plans grown by prices, and from the relaxed plan, both made better; the better one."""
    guides: list[Whole | None] = [None]
    if relaxed.share is not None:
        sure = relaxed.share.max(1) > 0.5
        guides.append(np.where(sure, relaxed.share.argmax(1), OUT).astype(np.int64))
    found: list[Whole] = []
    for guide in guides:
        part = clock.part(_SHARE)
        found.append(improve(grow(layout, relaxed.costs, guide), part.is_over).array())
    best = found[0]
    for plan in found[1:]:
        best = plan if is_better(layout, plan, best) else best
    return best


def _finish(layout: Layout, relaxed: Relaxed, best: Best, clock: ZoneClock, gap: float) -> None:
    """Make a plan within the limits as cheap as time allows."""
    if best.value - relaxed.bound > gap * abs(best.value):
        solve_kernel(layout, relaxed, best, clock, gap)
    if best.value - max(relaxed.bound, best.tree) > gap * abs(best.value):
        by_neighbourhoods(layout, best, relaxed.bound, clock, gap)
    polished(layout, best, clock)


def _clash(layout: Layout, relaxed: Relaxed, best: Best, clock: ZoneClock, gap: float, least: int) -> Found:
    """No plan within the limits was met: the least pupils beyond them; then the least cost at that."""
    tree_short = -np.inf
    if layout.short(best.plan) <= least:
        pass
    elif layout.is_open.sum() > _SMALL:
        by_neighbourhoods(layout, best, relaxed.bound, clock.part(0.5), gap)
    else:
        tree_short = least_short(layout, best, clock.part(0.5))
    if not layout.short(best.plan):
        polished(layout, best, clock)
        _finish(layout, relaxed, best, clock, gap)
        return _proven(layout, relaxed, best, clock, gap)
    load = layout.load(best.plan)
    wider = replace(layout, capacity=np.maximum(layout.capacity, load), floor=np.minimum(layout.floor, load))
    if (best.plan[layout.placed] < 0).any():
        return Found(best.plan, relaxed.prices, -np.inf, tree_short)
    later = Best(best.plan, best.value, -np.inf, best.rows)
    _finish(wider, relax(wider, clock.part(_SHARE)), later, clock, gap)
    return Found(later.plan, relaxed.prices, -np.inf, tree_short)
