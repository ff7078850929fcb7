"""Set covering: the fewest (or cheapest) sites so that every demand point has one within the radius.

At prices u ≥ 0 of being covered, Σ u + Σ_j min(0, f_j - Σ_{i covered by j} u_i) is a bound for any u; those of the linear
programme give its value (Toregas et al. 1971). A tree of prices proves what is left, as for the p-median.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt

from junheng.planning.clock import Clock
from junheng.planning.site.classical.tree import Branch, Leaf, grow
from junheng.planning.solver import INFINITY, Block

Whole = npt.NDArray[np.int64]
Reach = npt.NDArray[np.bool_]
FINE = 1000
_LEAVES = 240


@dataclass(frozen=True, slots=True)
class CoverPrices:
    """u in thousandths by demand point, the exact bound, worth (thousandths) by site."""

    prices: Whole
    bound: Fraction
    worth: Whole


@dataclass(frozen=True, slots=True)
class CoverProof:
    """Sites that cover, the leaves, their bound, the solver's own."""

    sites: Whole
    leaves: tuple[Leaf, ...]
    bound: Fraction
    solver: Fraction


def cover_bound(reach: Reach, fixed: Whole, prices: Whole, branch: Branch) -> CoverPrices:
    """The bound of ``prices`` (thousandths) within ``branch``, exactly."""
    worth = FINE * fixed - prices @ reach
    value = np.minimum(worth, 0)
    value[list(branch.opened)] = worth[list(branch.opened)]
    value[list(branch.shut)] = 0
    return CoverPrices(prices, Fraction(int(prices.sum()) + int(value.sum()), FINE), worth)


def cover(reach: Reach, fixed: Whole, clock: Clock, most: int | None = None) -> CoverProof:
    """The cheapest cover. ``most``: a cost that is known or good enough; what costs more is only proven to cost more."""
    start = thinned(reach, fixed, greedy_cover(reach, fixed))
    sites, solver = _by_rows(reach, fixed, start, clock)
    cost = int(fixed[sites].sum())
    target = cost if most is None else min(cost, most + 1)

    def bound_of(branch: Branch, parent: Leaf) -> Leaf:
        same = cover_bound(reach, fixed, parent.prices, branch)
        if ceil(same.bound) >= target:
            return Leaf(branch, same.bound, same.prices, -1)
        return _leaf(reach, fixed, branch, same, target)

    top = _leaf(
        reach, fixed, Branch(), cover_bound(reach, fixed, np.zeros(len(reach), np.int64), Branch()), target
    )
    leaves = grow(
        top, bound_of, lambda bound: ceil(bound) >= target, _LEAVES, lambda _leaves: clock.is_over()
    )
    bound = min(Fraction(target), *(leaf.bound for leaf in leaves))
    return CoverProof(sites, tuple(leaves), bound, min(Fraction(cost), max(solver, bound)))


def greedy_cover(reach: Reach, fixed: Whole) -> Whole:
    """Sites one after another, each with the most newly covered per cost; ties by column."""
    chosen: list[int] = []
    left = np.ones(len(reach), bool)
    while left.any():
        gain = reach[left].sum(0)
        chosen.append(int(np.argmax(gain / np.maximum(fixed, 1e-9))))
        if gain[chosen[-1]] == 0:
            raise ValueError("a demand point no site reaches")
        left &= ~reach[:, chosen[-1]]
    return np.array(sorted(chosen), np.int64)


def thinned(reach: Reach, fixed: Whole, sites: Whole) -> Whole:
    """``sites`` without those the others make superfluous, the dearest first."""
    kept = list(sites)
    for site in sorted(sites, key=lambda site: (-int(fixed[site]), int(site))):
        others = [other for other in kept if other != site]
        if others and reach[:, others].any(1).all():
            kept = others
    return np.array(sorted(kept), np.int64)


def _block(reach: Reach, fixed: Whole, branch: Branch, *, whole: bool) -> tuple[Block, Whole]:
    """The covering rows and the sites' variables."""
    block = Block()
    lower, upper = np.zeros(fixed.size), np.ones(fixed.size)
    lower[list(branch.opened)], upper[list(branch.shut)] = 1.0, 0.0
    site = block.var(fixed.size, lower=lower, upper=upper, cost=fixed.astype(float), whole=whole)
    columns = np.nonzero(reach)[1]
    counts = reach.sum(1)
    width = int(counts.max())
    first = np.concatenate(([0], np.cumsum(counts)[:-1]))
    at = first[:, None] + np.minimum(np.arange(width)[None, :], counts[:, None] - 1)
    is_new = np.arange(width)[None, :] < counts[:, None]
    block.rows(len(reach), 1.0, INFINITY, (site[columns[at]], is_new.astype(float)))
    return block, site


def _by_rows(reach: Reach, fixed: Whole, start: Whole, clock: Clock) -> tuple[Whole, Fraction]:
    """The best cover HiGHS finds, at least as good as ``start``, and its bound."""
    block, site = _block(reach, fixed, Branch(), whole=True)
    known = np.zeros(block.columns)
    known[start] = 1.0
    found = block.solve(gap=0.0, seconds=clock.left, start=known, stop=clock.stop)
    bound = Fraction(ceil(found.bound - 1e-6)) if np.isfinite(found.bound) else Fraction(0)
    if not found.is_found:
        return start, bound
    sites = np.flatnonzero(found.values[site] > 0.5)
    if not reach[:, sites].any(1).all() or fixed[sites].sum() > fixed[start].sum():
        return start, bound
    return thinned(reach, fixed, sites), bound


def _leaf(reach: Reach, fixed: Whole, branch: Branch, same: CoverPrices, target: int) -> Leaf:
    """Prices of the linear programme within ``branch``; split where its share is nearest to a half."""
    block, site = _block(reach, fixed, branch, whole=False)
    found = block.solve(relaxed=True, seconds=600)
    if not found.is_found:  # a demand point without any site left: a price as high as need be on it alone
        return _impossible(reach, fixed, branch, same, target)
    prices = np.maximum(np.rint(found.prices[: len(reach)] * FINE), 0).astype(np.int64)
    better = cover_bound(reach, fixed, prices, branch)
    best = better if better.bound > same.bound else same
    shares = found.values[site]
    free = np.flatnonzero((shares > 1e-6) & (shares < 1 - 1e-6))
    free = np.setdiff1d(free, (*branch.opened, *branch.shut))
    split = int(free[np.abs(shares[free] - 0.5).argmin()]) if free.size else -1
    return Leaf(branch, best.bound, best.prices, split)


def _impossible(reach: Reach, fixed: Whole, branch: Branch, same: CoverPrices, target: int) -> Leaf:
    left = np.setdiff1d(np.arange(fixed.size), branch.shut)
    alone = np.flatnonzero(~reach[:, left].any(1))
    prices = np.zeros(len(reach), np.int64)
    if alone.size:
        prices[alone[0]] = FINE * (target + 1)
    sure = cover_bound(reach, fixed, prices, branch)
    best = sure if sure.bound > same.bound else same
    return Leaf(branch, best.bound, best.prices, -1)
