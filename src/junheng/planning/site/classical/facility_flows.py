"""Who is served from where when the open sites are known: a transport problem, whole by nature."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.planning.site.classical.facility_prices import Doubles, Market, Whole
from junheng.planning.solver import INFINITY, Block


@dataclass(frozen=True, slots=True)
class Flows:
    """``units`` by demand point and open site (columns as in ``sites``); exact ``cost`` with the fixed costs; prices of
    serving all of a demand point."""

    sites: Whole
    units: Whole
    cost: Fraction
    serve: Doubles


def transport(market: Market, sites: Whole) -> Flows | None:
    """The cheapest flows from ``sites``, exactly; None where they cannot serve all. Sites nobody uses stay open."""
    rate = market.costs[:, sites] / market.demand[:, None]
    scale = max(1.0, float(rate.max()))
    block = Block()
    flow = block.var(
        rate.shape,
        upper=np.where(market.barred[:, sites], 0, market.demand[:, None]),
        cost=rate / scale,
    )
    block.rows(len(rate), market.demand, market.demand, (flow, 1.0))
    block.rows(sites.size, -INFINITY, market.capacity[sites], (flow.T, 1.0))
    found = block.solve(relaxed=True, seconds=600)
    if found.status != "optimal" or not found.is_found:
        return None
    units = np.rint(found.values).astype(np.int64).reshape(rate.shape)
    is_whole = (units.sum(1) == market.demand).all() and (units.sum(0) <= market.capacity[sites]).all()
    if not is_whole or (units < 0).any():
        return None
    prices = found.prices[: len(rate)] * scale * market.demand
    return Flows(sites, units, exact_cost(market, sites, units), prices)


def exact_cost(market: Market, sites: Whole, units: Whole) -> Fraction:
    """Fixed costs and Σ units · cost / demand, as a fraction."""
    total = Fraction(int(market.fixed[sites].sum()))
    whole = units == market.demand[:, None]
    total += int(market.costs[:, sites][whole].sum())
    for row, place in np.argwhere((units > 0) & ~whole).tolist():
        cost = int(market.costs[row, sites[place]])
        total += Fraction(int(units[row, place]) * cost, int(market.demand[row]))
    return total
