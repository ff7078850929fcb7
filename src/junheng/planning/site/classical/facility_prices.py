"""Prices of capacitated siting: a bound by subgradient steps over knapsacks and a cover.

min Σ f_j·y_j + Σ c_ij·x_ij, every demand met, Σ_i d_i·x_ij ≤ s_j·y_j, 0 ≤ x_ij ≤ y_j. At prices λ of serving and μ of capacity
site j is worth r_j = f_j - μ_j·s_j - Σ_i max(0, λ_i - c_ij - μ_j·d_i), and any plan costs at least Σ λ + the least Σ r_j over
sites whose capacity covers all demand (Beasley 1988; Cornuéjols, Sridharan & Thizy 1991). The cover is kept as two facts
that hold for any plan: at least k sites are open, and their capacity, at a price t, is at least the demand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from junheng.planning.site.classical.climb import Climb
from junheng.planning.site.classical.tree import Branch

Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
FINE = 1000  # prices are kept in thousandths of the cost's whole unit


@dataclass(frozen=True, slots=True)
class Market:
    """``costs`` of serving all of a demand point (rows) from a site (columns), in whole units; ``demand``, ``fixed``,
    ``capacity`` whole; ``barred`` pairs that cannot be."""

    costs: Whole
    demand: Whole
    fixed: Whole
    capacity: Whole
    barred: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacilityPrices:
    """``serve`` (λ by demand point), ``room`` (μ by site), ``cover`` (t): thousandths. ``bound`` is exact, in whole units;
    ``often``: how often a site was taken on the way."""

    serve: Whole
    room: Whole
    cover: int
    bound: Fraction
    worth: Whole
    often: Doubles


def knapsacks(market: Market, prices: Doubles, columns: Whole) -> tuple[Doubles, Doubles, Doubles]:
    """By column: worth without the fixed cost (≤ 0), the price of its capacity, and what it serves (rows × columns)."""
    demand = market.demand
    gain = np.maximum(prices[:, None] - market.costs[:, columns], 0.0)
    rate = gain / demand[:, None]
    order = np.argsort(-rate, axis=0, kind="stable")
    size = demand[order]
    left = market.capacity[columns][None, :] - np.cumsum(size, axis=0) + size  # before the item is packed
    share = np.clip(left / size, 0.0, 1.0)
    packed = np.take_along_axis(gain, order, 0)
    value = (packed * share).sum(0)
    last = np.minimum((share >= 1.0).sum(0), len(demand) - 1)
    room = rate[order[last, np.arange(columns.size)], np.arange(columns.size)]
    room = np.where((share >= 1.0).all(0), 0.0, room)
    served = np.empty_like(share)
    np.put_along_axis(served, order, np.where(packed > 0, share, 0.0), 0)
    return -value, room, served


def cover(
    worth: Doubles, capacity: Whole, demand: int, held: npt.NDArray[np.bool_]
) -> tuple[float, float, Whole]:
    """Least Σ worth over sites that hold ``held`` and cover ``demand``, relaxed; the price t; the sites taken."""
    free = np.flatnonzero(~held)
    lacking = max(0, int(demand - capacity[held].sum()))
    base, least = float(worth[held].sum()), min(fewest(capacity[free], lacking), free.size)
    if not free.size:
        return base, 0.0, np.flatnonzero(held)
    rates = worth[free] / capacity[free]
    prices = np.zeros(1)  # with equal capacities the number of sites says it all
    if lacking and np.ptp(capacity[free]):
        prices = np.unique(np.concatenate((prices, rates[rates > 0])))
    own = worth[free] - prices[:, None] * capacity[free]
    sums = np.cumsum(np.sort(own, axis=1), axis=1)
    counts = np.maximum(least, (own < 0).sum(1))
    values = base + prices * lacking
    values = values + np.where(counts > 0, sums[np.arange(prices.size), np.maximum(counts, 1) - 1], 0.0)
    best = int(values.argmax())
    taken = free[np.argsort(own[best], kind="stable")[: counts[best]]]
    return float(values[best]), float(prices[best]), np.sort(np.r_[np.flatnonzero(held), taken])


def fewest(capacity: Whole, demand: int) -> int:
    """How many of the largest capacities cover ``demand``; one more than there are where all do not."""
    if demand <= 0:
        return 0
    return int(np.searchsorted(np.cumsum(np.sort(capacity)[::-1]), demand)) + 1


def exactly(market: Market, serve: Doubles, room: Doubles, price: float, branch: Branch) -> FacilityPrices:
    """The bound of prices (in whole units of cost) after rounding to thousandths, in whole arithmetic."""
    lam, mu = (np.maximum(np.rint(part * FINE), 0).astype(np.int64) for part in (serve, room))
    fine = max(0, round(price * FINE))
    worth = FINE * market.fixed - mu * market.capacity
    for column in range(worth.size):
        gain = np.maximum(lam - FINE * market.costs[:, column] - mu[column] * market.demand, 0)
        worth[column] -= int(gain[~market.barred[:, column]].sum())
    bound = int(lam.sum()) + covered(worth, market, fine, branch)
    return FacilityPrices(lam, mu, fine, Fraction(bound, FINE), worth, np.zeros(worth.size))


def covered(worth: Whole, market: Market, price: int, branch: Branch) -> int:
    """The cover's part of the bound at ``price`` within ``branch``, exactly."""
    held, shut = list(branch.opened), {*branch.opened, *branch.shut}
    free = np.array([site for site in range(worth.size) if site not in shut], np.int64)
    lacking = max(0, int(market.demand.sum()) - int(market.capacity[held].sum()))
    own = np.sort(worth[free] - price * market.capacity[free])
    count = max(fewest(market.capacity[free], lacking), int((own < 0).sum()))
    return int(worth[held].sum()) + price * lacking + int(own[:count].sum())


@dataclass(frozen=True, slots=True)
class Guide:
    """What the steps are guided by: ``least()`` the cost of the best plan (or a guess above the bound), ``offer(sites)``
    hears of sites taken every ``every`` rounds, ``is_over()`` ends."""

    least: Callable[[], float]
    offer: Callable[[Whole], None]
    is_over: Callable[[], bool]
    every: int


def ascend(market: Market, start: Doubles, rounds: int, branch: Branch, guide: Guide) -> FacilityPrices:
    """Subgradient steps from λ = ``start``; the best prices found, exactly."""
    free = np.setdiff1d(np.arange(market.fixed.size), branch.shut)
    held, total = np.isin(free, branch.opened), int(market.demand.sum())
    climb, prices, often = Climb(start.copy()), start.copy(), np.zeros(free.size)
    for turn in range(rounds):
        value, _, served = knapsacks(market, prices, free)
        part, _, taken = cover(market.fixed[free] + value, market.capacity[free], total, held)
        found = float(prices.sum()) + part
        climb.saw(found, prices)
        often *= 0.95
        often[taken] += 0.05
        if climb.is_spent or climb.value >= guide.least() or guide.is_over():
            break
        if turn % guide.every == guide.every - 1:
            guide.offer(free[taken])
        lacking = 1.0 - served[:, taken].sum(1)
        room = max(guide.least() - found, 1e-3 * abs(found))
        prices = np.maximum(climb.next(prices, lacking, room), 0.0)
    return _finished(market, climb.prices, free, held, branch, often)


def _finished(
    market: Market, prices: Doubles, free: Whole, held: npt.NDArray[np.bool_], branch: Branch, often: Doubles
) -> FacilityPrices:
    every = np.arange(market.fixed.size)
    value, room, _ = knapsacks(market, prices, every)
    worth = market.fixed + value
    _, price, _ = cover(worth[free], market.capacity[free], int(market.demand.sum()), held)
    found = exactly(market, prices, room, price, branch)
    found.often[free] = often
    return found
