"""The p-median: swaps, prices, sites ruled out, a tree of prices, rows for what remains.

Also maximal covering: there a demand point's cost is its weight where it lies beyond the radius, else 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt

from junheng.planning.clock import Clock
from junheng.planning.site.classical.median_prices import (
    FINE,
    Priced,
    Search,
    Whole,
    ascend,
    exactly,
    first_prices,
    ruled,
)
from junheng.planning.site.classical.swap import greedy, improve
from junheng.planning.site.classical.tree import Branch, Leaf, grow

_ROUNDS, _BRANCH_ROUNDS, _LEAVES, _SHAKES = 600, 40, 240, 6
_TRIED, _HOPE = (
    24,
    Fraction(1, 10),
)  # a tree whose leaves have on average risen by less than this share is given up
_WORK = 40_000_000  # entries the check shall have to look at
_SEED = 20170523


@dataclass(frozen=True, slots=True)
class Proof:
    """Leaves over the sites that ``rules`` leave free; ``rules`` follow from ``root`` alone, each site by itself."""

    root: Priced
    rules: Branch
    leaves: tuple[Leaf, ...]
    bound: Fraction


def median(costs: Whole, count: int, clock: Clock, first: Whole | None = None) -> tuple[Search, Proof]:
    """The best ``count`` columns found for Σ of row minima, and the proof of a lower bound; ``first``: some to try."""
    start = improve(costs, greedy(costs, count), clock.is_over)
    search = Search(costs, count, start, clock.is_over)
    if first is not None:
        search.offer(greedy(costs, count, first))
    root = ascend(search, first_prices(costs, start), _ROUNDS)
    if ceil(root.bound) < search.least:
        _shake(search)
        root = ascend(search, root.prices / FINE, _ROUNDS // 2)
    clock.tell(search.least, float(root.bound))
    proof = prove(search, root, clock)
    clock.tell(search.least, float(proof.bound))
    return search, proof


def _shake(search: Search) -> None:
    """New starts: a third of the best plan's sites replaced by others, drawn with a fixed seed."""
    draw = np.random.default_rng(_SEED)
    others = np.setdiff1d(np.arange(search.costs.shape[1]), search.best)
    for _ in range(_SHAKES):
        moved = min(max(1, search.count // 3), others.size)
        kept = draw.permutation(search.best)[moved:]
        search.offer(np.sort(np.concatenate((kept, draw.permutation(others)[:moved]))))
        others = np.setdiff1d(np.arange(search.costs.shape[1]), search.best)


def prove(search: Search, root: Priced, clock: Clock) -> Proof:
    """The tree below ``root``; the search may find better plans meanwhile."""
    rules = Branch() if _is_closed(search, root.bound, clock) else ruled(search, root)
    top = _leaf(search, exactly(search.costs, search.count, root.prices, rules), rules, root.often)

    def bound_of(branch: Branch, parent: Leaf) -> Leaf:
        same = exactly(search.costs, search.count, parent.prices, branch)
        if _is_closed(search, same.bound, clock):
            return Leaf(branch, same.bound, parent.prices, -1)
        better = ascend(search, parent.prices / FINE, _BRANCH_ROUNDS, branch)
        return _leaf(search, better if better.bound > same.bound else same, branch, better.often)

    def is_over(leaves: Sequence[Leaf]) -> bool:
        if len(leaves) < _TRIED or len(leaves) > _TRIED + 1:
            return clock.is_over()
        risen = sum(min(leaf.bound, Fraction(search.least)) - top.bound for leaf in leaves)
        return clock.is_over() or risen < _HOPE * len(leaves) * (search.least - top.bound)

    most = max(_TRIED, min(_LEAVES, _WORK // search.costs.size))
    leaves = grow(top, bound_of, lambda bound: _is_closed(search, bound, clock), most, is_over)
    bound = min(Fraction(search.least), *(leaf.bound for leaf in leaves))
    return Proof(root, rules, tuple(leaves), bound)


def _is_closed(search: Search, bound: Fraction, clock: Clock) -> bool:
    """Whether a bound is the best plan's cost, or as near to it as was asked."""
    return ceil(bound) >= search.least or float(bound) >= search.least * (1 - clock.gap)


def settle(search: Search, proof: Proof, clock: Clock) -> Fraction:
    """What the solver proves on the sites the prices leave free: its bound; a better plan is kept."""
    from junheng.planning.site.classical.median_rows import remaining

    found = remaining(search, proof.rules, clock)
    if found.sites is not None:
        search.offer(found.sites)
    return min(Fraction(search.least), max(proof.bound, found.bound))


def _leaf(search: Search, priced: Priced, branch: Branch, often: npt.NDArray[np.float64]) -> Leaf:
    free = np.setdiff1d(np.arange(often.size), (*branch.opened, *branch.shut))
    if not free.size or len(branch.opened) >= search.count:
        return Leaf(branch, priced.bound, priced.prices, -1)
    return Leaf(branch, priced.bound, priced.prices, int(free[np.abs(often[free] - 0.5).argmin()]))
