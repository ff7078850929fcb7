"""Prices of the p-median: a bound by subgradient steps, better plans, sites that can be ruled out.

Every demand point i must be served: at prices λ, L(λ) = Σ λ_i + the p least of ρ_j = Σ_i min(0, c_ij - λ_i) is a bound for
any λ (Cornuéjols, Fisher & Nemhauser 1977). Sites held open or shut by a branch only change which p are taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt

from junheng.planning.site.classical.climb import Climb
from junheng.planning.site.classical.swap import cost_of, improve
from junheng.planning.site.classical.tree import ANYWHERE, Branch

Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
FINE = 1000  # prices are kept in thousandths of the cost's unit
_BETWEEN = 25  # rounds between two plans offered


@dataclass
class Search:
    """The costs (rows: demand points, columns: sites), how many sites, and the best plan so far."""

    costs: Whole
    count: int
    best: Whole
    is_over: Callable[[], bool] = lambda: False
    least: int = field(init=False)

    def __post_init__(self) -> None:
        self.least = cost_of(self.costs, self.best)

    def offer(self, sites: Whole) -> None:
        """Keep a plan that is better, after swaps."""
        found = improve(self.costs, sites, self.is_over)
        cost = cost_of(self.costs, found)
        if cost < self.least:
            self.best, self.least = found, cost


@dataclass(frozen=True, slots=True)
class Priced:
    """``prices`` (thousandths, by row), the exact ``bound`` they give, ρ by column in thousandths, and how often each
    column was taken on the way (0–1)."""

    prices: Whole
    bound: Fraction
    worth: Whole
    often: Doubles


def first_prices(costs: Whole, sites: Whole) -> Doubles:
    """Prices to begin with: between the nearest and the second nearest open site."""
    at = min(1, sites.size - 1)
    own = np.partition(costs[:, sites], at, axis=1)
    found: Doubles = (own[:, 0] + own[:, at]) / 2.0
    return found


def exactly(costs: Whole, count: int, prices: Doubles | Whole, branch: Branch = ANYWHERE) -> Priced:
    """The bound of ``prices`` (thousandths) in whole arithmetic."""
    fine = np.minimum(
        np.asarray(np.rint(prices), np.int64), FINE * costs.max(1)
    )  # beyond, a price only loses
    worth = np.minimum(FINE * costs - fine[:, None], 0).sum(0)
    taken = _taken(worth, count, branch)
    bound = Fraction(int(fine.sum()) + int(worth[taken].sum()), FINE)
    return Priced(fine, bound, worth, np.zeros(len(worth)))


def _taken(worth: Doubles | Whole, count: int, branch: Branch) -> Whole:
    """The ``count`` sites of least worth among those a branch allows; ties by column."""
    ranked = worth.astype(np.float64)
    ranked[list(branch.shut)] = np.inf
    ranked[list(branch.opened)] = -np.inf
    found: Whole = np.argsort(ranked, kind="stable")[: min(count, worth.size - len(branch.shut))]
    return found


def ascend(
    search: Search, start: Doubles, rounds: int, branch: Branch = ANYWHERE, *, swaps: bool = True
) -> Priced:
    """Subgradient steps from ``start`` (in units of cost); the best prices found, exactly.

    Stops when the bound reaches the best plan, after ``rounds``, or when steps no longer help. ``swaps``: offer plans.
    """
    free = np.setdiff1d(np.arange(search.costs.shape[1]), branch.shut)
    costs, held = search.costs[:, free].astype(np.float64), np.searchsorted(free, branch.opened)
    within = Branch(tuple(held.tolist()))
    climb, prices = Climb(start.copy()), start.copy()
    often = np.zeros(free.size)
    for turn in range(rounds):
        slack = np.minimum(costs - prices[:, None], 0)
        worth = slack.sum(0)
        taken = _taken(worth, search.count, within)
        value = float(prices.sum() + worth[taken].sum())
        often *= 0.95
        often[taken] += 0.05
        climb.saw(value, prices)
        if ceil(climb.value - 1e-6) >= search.least or climb.is_spent or search.is_over():
            break
        if swaps and turn % _BETWEEN == _BETWEEN - 1:
            search.offer(np.sort(free[taken]))
        lacking = 1.0 - (slack[:, taken] < 0).sum(1)
        prices = climb.next(prices, lacking, max(search.least - value, 0.5))
    found = exactly(search.costs, search.count, climb.prices * FINE, branch)
    found.often[free] = often
    return found


def ruled(search: Search, priced: Priced) -> Branch:
    """Sites that every plan better than the best must open, or cannot open, by the prices alone."""
    order = np.argsort(priced.worth, kind="stable")
    inside, outside = order[: search.count], order[search.count :]
    if not outside.size:
        return Branch(tuple(sorted(inside.tolist())))
    target, bound = FINE * (search.least - 1), int(priced.bound * FINE)
    shut = outside[bound + priced.worth[outside] - priced.worth[inside[-1]] > target]
    opened = inside[bound - priced.worth[inside] + priced.worth[outside[0]] > target]
    return Branch(tuple(sorted(opened.tolist())), tuple(sorted(shut.tolist())))
