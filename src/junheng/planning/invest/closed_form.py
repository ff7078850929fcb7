"""What each school costs by itself, for every choice of the indicators that only reach their floor.

A school's stages buy persons each for itself and share what is bought for the school: with two stages the choices are
enumerated together (教督〔2017〕6号 art. 6; the split of 一贯制 schools). Exact in whole units unless ``surplus`` is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from junheng.planning.invest.county import STEPS, County, Doubles, Places, exempt_sets
from junheng.planning.invest.covering import BIG, NEVER, Columns, linear_values, whole_values

_LEAST = 1 - 1e-12  # divisible quantities, a hair less: what follows is a lower bound


@dataclass(frozen=True)
class Choices:
    """Schools with the same number of judged stages: costs by what each stage does (0: nothing, 1+e: exempt set e)."""

    rows: Places  # (school, stage)
    costs: Doubles  # (school, choice of the first stage[, choice of the second])


@dataclass(frozen=True)
class UnitPrices:
    """Prices of one unit, 10,000 yuan: by offer; what a person given away brings (offer); surplus by row and indicator."""

    offers: Doubles
    given: Mapping[int, float]
    surplus: Doubles | None = None  # (row, indicator)


def plain_prices(county: County) -> UnitPrices:
    """Every unit in its least dear year, nothing else counted."""
    return UnitPrices(county.money.sum(2).min(1), {})


def person_columns(county: County, stage: str, prices: UnitPrices) -> tuple[Columns, list[int]]:
    """Hires, training and transfers of a stage; the places of their offers (given away: negative, minus one)."""
    vectors, caps, bought, given = county.person_offers(stage, has_moves=bool(prices.given))
    costs = np.array([*prices.offers[bought], *(-prices.given[place] for place in given)])
    return Columns(vectors, costs, caps), bought + [-place - 1 for place in given]


def choices(county: County, prices: UnitPrices, *, is_bound: bool = False) -> list[Choices]:
    """Costs of every choice in every school, one table for each number of stages.

    ``is_bound``: persons divisible and quantities unrounded where the measure allows it, so that no plan can cost less.
    """
    persons, of_choice = _person_costs(county, prices, is_bound)
    state = _shared_states(county)
    found = []
    for rows in county.rows_by_school:
        shared = _shared_costs(county, rows, prices, is_bound)
        if rows.shape[1] == 1:
            costs = persons[rows[:, 0]][:, of_choice] + _gather(shared, state)
        else:
            first, second = (persons[rows[:, at]][:, of_choice] for at in (0, 1))
            costs = first[:, :, None] + second[:, None, :] + _gather(shared, state)
        found.append(Choices(rows, costs))
    return found


def _person_costs(county: County, prices: UnitPrices, is_bound: bool) -> tuple[Doubles, Places]:
    """(row, case) least cost of persons; which case each choice is. Case 0: the stage need not comply."""
    demands, of_choice = county.person_cases
    own = [at for at, row in enumerate(county.indicators) if not row["shared"]]
    found = np.zeros(demands.shape[:2])
    for stage in county.stages:
        rows = county.rows_of(stage)
        columns, _ = person_columns(county, stage, prices)
        if prices.surplus is not None:
            found[rows] = linear_values(columns, demands[rows], prices.surplus[rows][:, own])
        elif is_bound:
            found[rows] = linear_values(columns, demands[rows])
        else:
            found[rows, 1:] = whole_values(columns, county.persons_asked[stage])
    return found, of_choice


def _shared_states(county: County) -> Places:
    """(choice, shared indicator): 0 nothing asked, 1 the line, 2 the floor."""
    sets = exempt_sets(len(county.indicators), county.needed)
    shared = [at for at, row in enumerate(county.indicators) if row["shared"]]
    return np.array([[0] * len(shared)] + [[2 if at in chosen else 1 for at in shared] for chosen in sets])


def _gather(costs: Doubles, state: Places) -> Doubles:
    """Σ over shared indicators of the cost in the state that each choice (of each stage) puts them in."""
    every = np.arange(state.shape[1])
    if costs.ndim == 3:
        single: Doubles = costs[:, state, every].sum(-1)
        return single
    double: Doubles = costs[:, state[:, None], state[None], every].sum(-1)
    return double


def _shared_costs(county: County, rows: Places, prices: UnitPrices, is_bound: bool) -> Doubles:
    """(school, state of the first stage[, of the second], shared indicator)."""
    lack = county.lack_shared[rows]  # (school, stage, full|floor, indicator)
    asked = np.concatenate([np.zeros_like(lack[:, :, :1]), lack], axis=2).clip(min=0.0)
    asked = np.maximum(asked[:, 0, :, None], asked[:, 1, None]) if rows.shape[1] == 2 else asked[:, 0]
    return np.stack(
        [
            _shared_cost(county, rows, at, asked[..., at], prices, is_bound)
            for at in range(len(county.shared))
        ],
        axis=-1,
    )


def _shared_cost(
    county: County, rows: Places, at: int, asked: Doubles, prices: UnitPrices, is_bound: bool
) -> Doubles:
    """Least cost of ``asked`` numerators of one shared indicator, the least dear offers first."""
    key = county.shared[at]
    worth = _school_surplus(county, rows, key, prices)
    schools = county.row_school[rows[:, 0]]
    shape = (len(rows),) + (1,) * (asked.ndim - 1)
    makers = county.makers[key]
    gives = {place: float(county.offers[place].gives[key]) for place in makers}
    found, left = np.zeros(asked.shape), asked.copy()
    for place in sorted(makers, key=lambda place: (prices.offers[place] / gives[place], place)):
        price = (prices.offers[place] + gives[place] * worth).reshape(shape)
        cap = county.caps[schools, place].reshape(shape)
        units = np.minimum(
            _rounded(left / gives[place], county.offers[place].steps, len(makers) == 1, is_bound), cap
        )
        if (price < 0).any():  # what pays for itself is bought to its limit
            units = np.where((price < 0) & np.isfinite(cap), cap, units)
            found = found + np.where((price < 0) & ~np.isfinite(cap), -np.inf, 0.0)
        found += units * price
        left = np.maximum(left - units * gives[place], 0.0)
    found[left > 1e-9 * (1 + asked)] = NEVER + BIG
    return found


def _rounded(units: Doubles, steps: int, is_lone: bool, is_bound: bool) -> Doubles:
    """Up to whole units; up to hundredths where the plan, not its bound, is asked for."""
    if is_lone and (steps == 1 or not is_bound):
        return np.ceil(units * steps - 1e-7) / steps
    return units * _LEAST if is_bound else np.ceil(units * STEPS - 1e-7) / STEPS


def _school_surplus(county: County, rows: Places, key: str, prices: UnitPrices) -> Doubles:
    """What one more of a shared indicator costs besides, for each school: the stages' shares of it."""
    if prices.surplus is None:
        return np.zeros(len(rows))
    at = next(at for at, row in enumerate(county.indicators) if row["id"] == key)
    found: Doubles = (county.shares[rows] * prices.surplus[rows, at]).sum(1)
    return found
