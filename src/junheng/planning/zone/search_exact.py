"""Whole plans by the solver: pairs near their block's best first, then more; then parts of the map.

A plan with a pair dearer than its block's best by more than δ costs at least L + δ (L: the bound by prices). So the best
of the pairs within δ is the best of all once it costs no more than L + δ.
"""

from dataclasses import dataclass

import numpy as np

from junheng.planning.zone.model import UNPLACED, Layout, Mask, Whole
from junheng.planning.zone.model_contiguity import Row, cuts, first_rows, neighbours_of_zone
from junheng.planning.zone.model_program import program
from junheng.planning.zone.search_clock import ZoneClock
from junheng.planning.zone.search_relax import Relaxed
from junheng.planning.zone.search_state import State

_FIRST, _GROWTH = 12_000, 4  # pairs beyond each block's best to begin with, and how they grow
_SHARE = 0.6  # of the time left, at most, for one size
_NOISE = 1e-9


@dataclass
class Best:
    """The best plan so far, what it costs, the solver's bound over all plans, and the rows learnt on the way."""

    plan: Whole
    value: float
    tree: float
    rows: list[Row]


def is_better(layout: Layout, plan: Whole, than: Whole) -> bool:
    """Fewer pupils beyond the limits; then less cost."""
    return (layout.short(plan), layout.value(plan)) < (layout.short(than), layout.value(than) - 1e-6)


def solve_kernel(layout: Layout, relaxed: Relaxed, best: Best, clock: ZoneClock, gap: float) -> Best:
    """The best plan among pairs near the relaxed plan, again with more pairs until the gap is reached or time is out."""
    least = np.where(layout.is_open.any(1), relaxed.costs.min(1), 0.0)[:, None]
    apart = np.where(layout.is_open, relaxed.costs - least, np.inf)
    size, is_last = _FIRST, False
    while not is_last and not clock.is_over():
        width = _width(apart, best.value - relaxed.bound, size)
        keep = apart <= width
        put = np.flatnonzero(best.plan >= 0)
        keep[put, best.plan[put]] = True
        is_all = bool((keep == layout.is_open).all())
        is_last = is_all or width >= best.value - relaxed.bound
        inside, is_cut_short = _whole(layout, keep, best, clock if is_last else clock.part(_SHARE), gap)
        outside = np.inf if is_all else relaxed.bound + width
        best.tree = max(best.tree, min(max(inside, relaxed.bound), outside, best.value))
        clock.tell(best.value, best.tree)
        is_last = is_last or is_cut_short or best.value - best.tree <= gap * abs(best.value)
        size *= _GROWTH
    return best


def _width(apart: np.ndarray, wanted: float, size: int) -> float:
    """δ: what closes the gap, or less where that would be more than ``size`` pairs."""
    within = np.sort(apart[np.isfinite(apart) & (apart > 0)])
    most = float(within[min(size, len(within)) - 1]) if len(within) else 0.0
    return wanted * (1 + _NOISE) + _NOISE if len(within) <= size or most >= wanted else most


def _whole(
    layout: Layout, keep: Mask, best: Best, clock: ZoneClock, gap: float, *, is_short: bool = False
) -> tuple[float, bool]:
    """Solve and add the rows that the plan found breaks, until it breaks none; keeps the better plan in ``best``.

    Returns the solver's bound on plans of these pairs (infinite where there is none), and whether time cut it short.
    """
    while True:
        rows = [*first_rows(layout.touch, layout.is_open, keep), *best.rows]
        is_left_out = bool((best.plan[layout.placed] < 0).any())
        is_soft = layout.short(best.plan) > 0
        model = program(
            layout, keep, rows, is_soft=is_soft, is_short=is_short, may_leave_out=is_soft and is_left_out
        )
        solved = clock.whole(model, gap, model.start(best.plan))
        bound = np.inf if solved.status == "infeasible" else solved.bound * model.unit
        is_cut_short = solved.status != "optimal" and solved.status != "infeasible"
        if not solved.is_found:
            return bound, is_cut_short
        plan = model.plan(solved)
        wrong = cuts(layout.touch, plan, layout.is_open)
        keep_if_better(layout, best, plan)
        if not wrong or clock.is_over():
            return bound, is_cut_short or bool(wrong)
        best.rows += wrong


def keep_if_better(layout: Layout, best: Best, plan: Whole) -> None:
    """Take the plan where it is better; blocks that break a rule are left out first and put back by growth."""
    from junheng.planning.zone.search_start import grow

    if cuts(layout.touch, plan, layout.is_open):
        plan = grow(layout, np.where(layout.is_open, layout.cost, np.inf), plan).array()
    if is_better(layout, plan, best.plan):
        best.plan, best.value = plan, layout.value(plan)


def by_neighbourhoods(layout: Layout, best: Best, lower: float, clock: ZoneClock, gap: float) -> Best:
    """Zones with the zones they touch, solved anew while all others stay; as long as anything gets better."""
    costs = np.where(layout.is_open, layout.cost, np.inf)
    while not clock.is_over():
        before = (layout.short(best.plan), best.value)
        for zone in _order(layout, best.plan, costs):
            if clock.is_over() or _is_near(layout, best, lower, gap):
                return best
            near = {zone, *neighbours_of_zone(layout.touch, best.plan.tolist(), zone)}
            keep = np.zeros_like(layout.is_open)
            put = np.flatnonzero(best.plan >= 0)
            keep[put, best.plan[put]] = True
            free = np.isin(best.plan, [*near, -1])
            own = np.isin(np.arange(len(layout.zones)), list(near))
            keep |= free[:, None] & own & layout.is_open
            _whole(layout, keep, best, clock.part(0.2), gap)
            clock.tell(best.value, lower)
        if (layout.short(best.plan), best.value) >= before:
            return best
    return best


def _is_near(layout: Layout, best: Best, lower: float, gap: float) -> bool:
    return not layout.short(best.plan) and best.value - max(lower, best.tree) <= gap * abs(best.value)


def _order(layout: Layout, plan: Whole, costs: np.ndarray) -> list[int]:
    """Zones beyond their limits first, then those whose pupils lose most against their cheapest zone."""
    load = layout.load(plan)
    beyond = np.maximum(load - layout.capacity, 0) + np.maximum(layout.floor - load, 0)
    put = np.flatnonzero(plan >= 0)
    loss = np.bincount(plan[put], costs[put, plan[put]] - costs[put].min(1), len(layout.zones))
    return [int(zone) for zone in np.lexsort((-loss, -beyond))]


def least_short(layout: Layout, best: Best, clock: ZoneClock) -> float:
    """The plan of ``best`` made one of least pupils beyond the limits; the solver's bound on that, -inf where it has none."""
    bound, _ = _whole(layout, layout.is_open.copy(), best, clock, 0.0, is_short=True)
    if (best.plan[layout.placed] < 0).any():
        bound /= UNPLACED  # the model counts a pupil placed nowhere so often
    return bound if np.isfinite(bound) else -np.inf


def polished(layout: Layout, best: Best, clock: ZoneClock) -> Best:
    """Small changes on the plan found."""
    from junheng.planning.zone.search_local import improve

    plan = improve(State(layout, best.plan), clock.is_over).array()
    if (layout.short(plan), layout.value(plan)) <= (layout.short(best.plan), best.value + _NOISE):
        best.plan, best.value = plan, layout.value(plan)
    return best
