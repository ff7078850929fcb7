"""The p-median as rows: one variable per demand point and distance, not per pair (radius formulation).

z_ik = 1 where demand point i has no open site within its k-th distance: cost_i = D_i1 + Σ_k (D_i,k+1 - D_ik)·z_ik, and
z_ik + Σ_{j at D_ik} y_j ≥ z_i,k-1 (Cornuéjols, Nemhauser & Wolsey 1980; Elloumi 2010). Only sites that the prices leave
free appear, and only distances that can still matter.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np
import numpy.typing as npt

from junheng.planning.clock import Clock
from junheng.planning.site.classical.median_prices import Doubles, Search, Whole
from junheng.planning.site.classical.tree import Branch
from junheng.planning.solver import Block, Solved

_THIN = 10**6  # a solver's bound is taken down by its own tolerance


@dataclass(frozen=True, slots=True)
class Remaining:
    """``sites`` found (None: none) and what the solver says no plan can go below."""

    sites: Whole | None
    bound: Fraction


def remaining(search: Search, rules: Branch, clock: Clock) -> Remaining:
    """The best plan on the sites ``rules`` leave free, by HiGHS."""
    columns = np.setdiff1d(np.arange(search.costs.shape[1]), rules.shut)
    held = np.isin(columns, rules.opened)
    block = Block()
    site = block.var(columns.size, lower=held.astype(float), upper=1.0, whole=True)
    block.rows(1, search.count, search.count, (site[None, :], 1.0))
    rows = _gathered(search.costs[:, columns], held, search.count)
    none = block.var(rows.rise.size, cost=rows.rise.astype(float))
    before = np.where(rows.is_first, none, none - 1)
    block.rows(
        rows.rise.size,
        rows.is_first.astype(float),
        np.inf,
        (none, 1.0),
        (before, np.where(rows.is_first, 0.0, -1.0)),
        (site[rows.near], rows.counts),
    )
    start = np.zeros(block.columns)
    start[site] = np.isin(columns, search.best)
    start[none] = search.costs[:, search.best].min(1)[rows.point] > rows.level
    found = block.solve(gap=0.0, seconds=clock.left, start=start, stop=clock.stop)
    sites = columns[found.values[site] > 0.5] if found.is_found else None
    if sites is not None and sites.size != search.count:
        sites = None
    return Remaining(sites, _bound(found, rows.base, search.least))


@dataclass(frozen=True, slots=True)
class _Rows:
    """By row: the demand point, its distance here, the rise to the next, the columns at it (``near`` with ``counts`` 1,
    filled up with 0), whether it is the point's first. ``base``: Σ of least distances."""

    point: Whole
    level: Whole
    rise: Whole
    near: Whole
    counts: Doubles
    is_first: npt.NDArray[np.bool_]
    base: int


def _gathered(costs: Whole, held: npt.NDArray[np.bool_], count: int) -> _Rows:
    points, level, rise, near, first, base = [], [], [], [], [], 0
    for point, own in enumerate(costs):
        levels = _levels(own, held, count)
        base += int(levels[0])
        points += [point] * (levels.size - 1)
        level += levels[:-1].tolist()
        rise += np.diff(levels).tolist()
        first += [at == 0 for at in range(levels.size - 1)]
        near += [np.flatnonzero(own == one) for one in levels[:-1]]
    width = max((one.size for one in near), default=1)
    filled = np.array([np.r_[one, np.repeat(one[:1], width - one.size)] for one in near]).reshape(-1, width)
    counts = np.arange(width)[None, :] < np.array([one.size for one in near]).reshape(-1, 1)
    return _Rows(
        np.array(points, np.int64), np.array(level, np.int64), np.array(rise, np.int64),
        filled.astype(np.int64), counts.astype(np.float64), np.array(first, bool), base,
    )  # fmt: skip


def _levels(costs: Whole, held: npt.NDArray[np.bool_], count: int) -> Whole:
    """Distances a demand point may have: none beyond a site held open, none that would need too few sites open."""
    most = int(np.sort(costs)[max(0, costs.size - count)])
    if held.any():
        most = min(most, int(costs[held].min()))
    levels: Whole = np.unique(costs)
    return levels[levels <= most]


def _bound(found: Solved, base: int, least: int) -> Fraction:
    """What the solver proves, less its tolerance; where nothing is left at all, the best plan is best."""
    if found.status in ("infeasible", "optimal") and not found.is_found:
        return Fraction(least)
    if not np.isfinite(found.bound):
        return Fraction(0)
    return Fraction(floor((found.bound + base) * _THIN - 1), _THIN)
