"""A first whole plan from the prices: every school keeps the choice it makes by itself,
the solver only the quantities.

At the prices of the relaxation a school's choice of the indicator that stays at its floor is nearly always the best one
(Shapley–Folkman: no more schools are torn than rows tie them). With it fixed, what is left is nearly a network.
"""

from dataclasses import replace

import numpy as np

from junheng.planning.invest.closed_form import choices
from junheng.planning.invest.county import County, Doubles, Flags, exempt_sets
from junheng.planning.invest.direct import picked_choices
from junheng.planning.invest.prices import Prices, unit_prices
from junheng.planning.invest.search import Search
from junheng.planning.solver import Solved

_SHARE = 0.3  # of the time left


def priced_plan(search: Search, prices: Prices, must: Flags, bound: float) -> Solved | None:
    """The plan of the fixed choices with ``bound`` as its bound (10,000 yuan, true of all choices); None: there is none."""
    block, exempt = search.model.block, search.model.exempt
    low, high = block.bounds(exempt, "lower"), block.bounds(exempt, "upper")
    fixed = np.clip(_exempt(search.county, prices, must), low, high)
    block.bound(exempt, lower=fixed, upper=fixed)
    found = search.whole(share=_SHARE)
    block.bound(exempt, lower=low, upper=high)
    if not found.is_found:
        return None
    return replace(found, bound=min(bound, found.objective))


def _exempt(county: County, prices: Prices, must: Flags) -> Doubles:
    """(row, indicator) 1 where the indicator stays at its floor, as the prices have it."""
    units, _ = unit_prices(county, prices)
    picked = picked_choices(county, choices(county, units, is_bound=True), must)
    sets = exempt_sets(len(county.indicators), county.needed)
    found = np.zeros((len(county.rows), len(county.indicators)))
    for row, choice in enumerate(picked.tolist()):
        if choice:
            found[row, list(sets[choice - 1])] = 1.0
    return found
