"""Capacitated siting as strong rows: served from open sites only, capacity closes with the site."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.site.classical.facility_prices import Market, Whole, fewest
from junheng.planning.site.classical.tree import Branch
from junheng.planning.solver import INFINITY, Block

LARGEST = 8_000  # pairs of demand point and free site: beyond, the prices' tree is quicker
_THIN = 10**9  # a solver's bound is taken down by its own tolerance


@dataclass(frozen=True, slots=True)
class Rowed:
    """Sites the solver opens (None: none found) and what it says no plan can go below."""

    sites: Whole | None
    bound: Fraction


def rowed(market: Market, rules: Branch, clock: Clock) -> Rowed | None:
    """The optimum on the sites ``rules`` leave free, by HiGHS; None where the problem is too large for rows."""
    columns = np.setdiff1d(np.arange(market.fixed.size), rules.shut)
    if columns.size * len(market.demand) > LARGEST:
        return None
    costs, barred = market.costs[:, columns], market.barred[:, columns]
    scale = max(1.0, float(np.where(barred, 0, costs).max()), float(market.fixed.max()))
    block = Block()
    site = block.var(
        columns.size,
        lower=np.isin(columns, rules.opened).astype(float),
        upper=1.0,
        cost=market.fixed[columns] / scale,
        whole=True,
    )
    share = block.var(costs.shape, upper=np.where(barred, 0.0, 1.0), cost=np.where(barred, 0, costs) / scale)
    block.rows(len(costs), 1.0, 1.0, (share, 1.0))
    block.rows(costs.shape, -INFINITY, 0.0, (share, 1.0), (np.broadcast_to(site, costs.shape), -1.0))
    total = float(market.demand.sum())
    part = market.demand[:, None] / total
    block.rows(columns.size, -INFINITY, 0.0, (share.T, part.T), (site, -market.capacity[columns] / total))
    block.rows(1, fewest(market.capacity, int(total)), INFINITY, (site[None, :], 1.0))
    found = block.solve(gap=1e-9, seconds=clock.left, stop=clock.stop)
    bound = floor(found.bound * scale * (_THIN - 1)) if np.isfinite(found.bound) else 0
    return Rowed(columns[found.values[site] > 0.5] if found.is_found else None, Fraction(bound, _THIN))
