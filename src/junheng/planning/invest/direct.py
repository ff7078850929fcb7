"""The plan of the closed form: every school by itself. Where nothing that ties schools binds,
no plan is cheaper."""

from fractions import Fraction

import numpy as np

from junheng.planning.invest.closed_form import Choices, choices, person_columns, plain_prices
from junheng.planning.invest.cones import Limit
from junheng.planning.invest.county import FLOOR, FULL, County, Doubles, Flags, Places, exempt_sets
from junheng.planning.invest.covering import whole_amounts
from junheng.planning.invest.polish import Plan
from junheng.planning.invest.prices import Prices, bound
from junheng.planning.invest.screen import Screen
from junheng.planning.invest.search import holds
from junheng.planning.invest.timing import Schedule, schedule


def direct_plan(county: County, screen: Screen, limits: list[Limit]) -> tuple[Schedule, float] | None:
    """The plan and a bound (10,000 yuan), below its cost by what rounding up to steps costs; None where the closed form does not hold.

    It does not where teachers may move, where an indicator has several offers, where CV limits would be broken, or where
    budgets and ceilings do not allow every purchase in its least dear year.
    """
    if not county.is_simple or any(offer.is_move for offer in county.offers):
        return None
    prices = plain_prices(county)
    picked = picked_choices(county, choices(county, prices), screen.is_open)
    plan = _plan(county, picked, screen.is_open)
    if not all(holds(plan, limit) for limit in limits):
        return None
    dated = schedule(plan)
    if dated is None:
        return None
    least = sum(
        (
            Fraction(int(plan.steps[:, place].sum()), offer.steps)
            * min(
                sum((offer.money(bought, year) for year in county.years), Fraction(0))
                for bought in county.years
            )
            for place, offer in enumerate(county.offers)
        ),
        Fraction(0),
    )
    if dated.cost_yuan != least:
        return None
    return dated, bound(county, Prices(False, {}, {}), screen.is_open, screen.is_open)


def picked_choices(county: County, tables: list[Choices], must: Flags) -> Places:
    """The least dear choice of every row (0: does not comply; 1+e: exempt set e), all rows of ``must`` complying."""
    found = np.zeros(len(county.rows), np.int64)
    for table in tables:
        costs = table.costs.copy()
        for at in range(table.rows.shape[1]):
            barred = np.where(must[table.rows[:, at], None], [[1, 0]], [[0, 1]]).astype(bool)
            full = np.concatenate(
                [barred[:, :1], np.repeat(barred[:, 1:], costs.shape[1 + at] - 1, axis=1)], axis=1
            )
            costs = np.where(full.reshape(_shape(costs, at)), np.inf, costs)
        best = costs.reshape(len(costs), -1).argmin(1)
        for at, choice in enumerate(np.unravel_index(best, costs.shape[1:])):
            found[table.rows[:, at]] = choice
    return found


def _shape(costs: Doubles, at: int) -> tuple[int, ...]:
    return (costs.shape[0], *(costs.shape[1 + axis] if axis == at else 1 for axis in range(costs.ndim - 1)))


def _plan(county: County, picked: Places, comply: Flags) -> Plan:
    """What the choices ask for, in whole persons and steps."""
    sets = exempt_sets(len(county.indicators), county.needed)
    exempt = np.zeros((len(county.rows), len(county.indicators)), bool)
    for row, choice in enumerate(picked.tolist()):
        if choice:
            exempt[row, list(sets[choice - 1])] = True
    shape = (max(len(county.rows), len(county.schools)), len(county.offers))
    plan = Plan(
        county,
        np.zeros(shape, np.int64),
        np.zeros((len(county.rows), shape[1]), np.int64),
        exempt,
        comply.copy(),
    )
    own = [at for at, row in enumerate(county.indicators) if not row["shared"]]
    lack = np.where(exempt[:, own], county.lack_persons[:, FLOOR], county.lack_persons[:, FULL])
    prices = plain_prices(county)
    for stage in county.stages:
        rows = np.array([at for at, row in enumerate(county.rows) if row.stage == stage])
        columns, places = person_columns(county, stage, prices)
        if places:
            amounts = whole_amounts(columns, np.where(comply[rows, None], lack[rows].clip(min=0), 0))
            plan.steps[rows[:, None], np.array(places)] = amounts.astype(np.int64)
    shared = [at for at, row in enumerate(county.indicators) if row["shared"]]
    for at, key in enumerate(county.shared):
        for place in county.makers[key]:
            need = np.where(
                exempt[:, shared[at]], county.lack_steps[:, FLOOR, at], county.lack_steps[:, FULL, at]
            )
            np.maximum.at(
                plan.steps[:, place],
                county.row_school,
                np.where(comply, need.clip(min=0), 0).astype(np.int64),
            )
    return plan
