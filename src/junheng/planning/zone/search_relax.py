"""Prices from the relaxed model: whole where small, else pairs and rows added as they are missed."""

from dataclasses import dataclass

import numpy as np

from junheng.planning.zone.bound import Prices, ascend, bound, reduced
from junheng.planning.zone.model import Doubles, Layout, Mask
from junheng.planning.zone.model_contiguity import Row, first_rows
from junheng.planning.zone.model_program import Program, program
from junheng.planning.zone.search_clock import ZoneClock

_SMALL = 20_000  # open pairs that are solved at once
_ROUNDS = 12
_NEAR = 0.1  # pairs to begin with: dearer than the block's best by at most this share of the median cost
_NOISE = 1e-6


@dataclass(frozen=True)
class Relaxed:
    """Prices with their bound and reduced costs; ``share`` of each block by zone where a model was solved."""

    prices: Prices
    bound: float
    costs: Doubles
    share: Doubles | None


def relax(layout: Layout, clock: ZoneClock) -> Relaxed:
    """The best prices found in the time given."""
    prices = ascend(layout)
    costs = reduced(layout, prices)
    best = Relaxed(prices, bound(layout, prices, costs), costs, None)
    if clock.is_over():
        return best
    if layout.is_open.sum() <= _SMALL:
        model = program(layout, layout.is_open, first_rows(layout.touch, layout.is_open), is_soft=True)
        return _better(layout, best, model, clock)[0]
    return _by_rounds(layout, best, clock)


def _better(
    layout: Layout, best: Relaxed, model: Program, clock: ZoneClock
) -> tuple[Relaxed, Doubles | None]:
    """The better of what is known and what the model says; its shares."""
    solved = clock.relaxed(model)
    if solved.status != "optimal":
        return best, None
    prices, share = model.prices(solved), model.share(solved)
    costs = reduced(layout, prices)
    found = bound(layout, prices, costs)
    if found >= best.bound - _NOISE * abs(best.bound):
        return Relaxed(prices, found, costs, share), share
    return best, share


def _by_rounds(layout: Layout, best: Relaxed, clock: ZoneClock) -> Relaxed:
    """Pairs of negative reduced cost and broken rows are added until there are none, or time is out."""
    typical = float(np.median(layout.cost[layout.is_open]))
    keep, rows = layout.is_open & (_apart(best.costs) <= _NEAR * typical), list[Row]()
    for _ in range(_ROUNDS):
        model = program(layout, keep, rows, is_soft=True, is_tied=True)
        best, share = _better(layout, best, model, clock)
        if share is None or clock.is_over():
            break
        least = np.where(keep, best.costs, np.inf).min(1, keepdims=True)
        missing = layout.is_open & ~keep & (best.costs < least - _NOISE * typical)
        wrong = _broken(layout, keep, share)
        if not missing.any() and not wrong:
            break
        keep, rows = keep | missing, rows + wrong
    return best


def _apart(costs: Doubles) -> Doubles:
    """By how much each pair is dearer than its block's best; infinite where closed."""
    least = costs.min(1, keepdims=True)
    return np.where(np.isfinite(least), costs - np.where(np.isfinite(least), least, 0.0), np.inf)


def _broken(layout: Layout, keep: Mask, share: Doubles) -> list[Row]:
    """Rows of contiguity the shares break."""
    return [
        row
        for row in first_rows(layout.touch, layout.is_open, keep)
        if share[row.block, row.zone] > sum(share[a, row.zone] for a in row.through) + _NOISE
    ]
