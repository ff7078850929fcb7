"""The prices a plan states, read for the bound: what a unit costs a school, and what is due anyway.

Weak duality: whatever the multipliers, as long as those of limits are not negative (negative ones count as 0), no
county plan within the rules costs less than the constant plus what every school pays at these prices.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.frozen import exact
from junheng.planning.invest.check_county import ZERO, County, Good, Json, Key
from junheng.planning.invest.check_state import state_before


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in the unit of the objective. ``due``: the constant; ``weights``: by stage and indicator, per unit of x.

    ``per_stage`` and ``per_weak`` are earned by a complying stage (and one of a weak school, besides).
    """

    due: Fraction
    units: Mapping[str, Fraction]
    coming: Mapping[str, Fraction]
    going: Mapping[str, Fraction]
    weights: Mapping[tuple[Key, str], Fraction]
    per_stage: Fraction
    per_weak: Fraction


def read_prices(county: County, outcome: Json, counts: bool) -> Prices:
    """The prices of an outcome. ``counts``: the objective is the number of complying stages, money only a limit.

    Raises KeyError or ValueError where a row is none of this problem.
    """
    rows = {tuple(row["row"].split(":", 1)): row for row in outcome["prices"]}
    budgets = {int(name): _limit_price(row) for (kind, name), row in rows.items() if kind == "budget"}
    ceilings = {name: _limit_price(row) for (kind, name), row in rows.items() if kind == "ceiling"}
    balances = {name: exact(row["value"]) for (kind, name), row in rows.items() if kind == "balance"}
    cones = [(name, row) for (kind, name), row in rows.items() if kind == "cv"]
    stages = {name: _limit_price(row) for (kind, name), row in rows.items() if kind in ("stages", "weak")}
    known = {"budget", "ceiling", "balance", "cv", "stages", "weak"}
    if len(rows) != len(outcome["prices"]) or any(kind not in known for kind, _ in rows):
        raise ValueError("rows named twice or unknown")
    weights = _cone_weights(county, cones)
    own = ZERO if counts else Fraction(1)
    least = {
        good.id: _least_price(county, good, own, budgets, ceilings)
        for good in (*county.measures.values(), *county.transfers.values())
    }
    per_stage = sum((_limit_price(row) for (kind, _), row in rows.items() if kind == "stages"), ZERO)
    per_weak = sum((_limit_price(row) for (kind, _), row in rows.items() if kind == "weak"), ZERO)
    due = _limits_due(county, budgets, ceilings) + _stock_due(county, weights)
    due += sum((int(name) * price for name, price in stages.items()), ZERO)
    return Prices(
        due,
        {name: least[name] for name in county.measures},
        {name: least[name] + balances.get(name, ZERO) for name in county.transfers},
        {name: -balances.get(name, ZERO) for name in county.transfers},
        weights,
        per_stage + (1 if counts else 0),
        per_weak,
    )


def _limit_price(row: Json) -> Fraction:
    return max(ZERO, exact(row["value"]))


def _budget_rows(county: County) -> dict[int, list[int]]:
    return {years[-1]: years for years in county.budget_rows}


def _least_price(
    county: County,
    good: Good,
    own: Fraction,
    budgets: Mapping[int, Fraction],
    ceilings: Mapping[str, Fraction],
) -> Fraction:
    """The least dear year: own money, what it takes of the priced budgets, and the price of that year's ceiling."""
    rows = _budget_rows(county)
    found = []
    for year in county.years:
        price = own * county.unit_cost(good, year)
        for last, worth in budgets.items():
            price += worth * sum((county.spent(good, year, later) for later in rows[last]), ZERO)
        if year in good.ceilings:
            price += ceilings.get(f"{good.id}:{year}", ZERO)
        found.append(price)
    return min(found)


def _limits_due(
    county: County, budgets: Mapping[int, Fraction], ceilings: Mapping[str, Fraction]
) -> Fraction:
    rows = _budget_rows(county)
    due = -sum((worth * county.budgets[year] for last, worth in budgets.items() for year in rows[last]), ZERO)
    for name, worth in ceilings.items():
        measure, year = name.rsplit(":", 1)
        due -= worth * county.measures[measure].ceilings[int(year)]
    return due


def _cone_weights(county: County, cones: list[tuple[str, Json]]) -> dict[tuple[Key, str], Fraction]:
    """Price of one unit of x at every judged stage, from Σ w·(2q - Σw·q² - 1 - θ²)·v ≤ 0, true where CV ≤ θ."""
    found: dict[tuple[Key, str], Fraction] = defaultdict(Fraction)
    for name, row in cones:
        stage, indicator = name.split(":")[:2]
        limit = county.indicators[indicator].by_stage[stage].cv
        if county.cv == "off" or limit is None:
            raise ValueError(f"no CV limit for {name}")
        parts = [part for part in county.judged if part.stage == stage]
        heavy = {part.key: Fraction(part.pupils if county.cv == "weighted" else 1) for part in parts}
        whole = sum(heavy.values(), ZERO)
        points = {part.key: exact(row["points"].get(part.school, 1)) for part in parts}
        mean = sum((heavy[key] * point**2 for key, point in points.items()), ZERO) / whole
        scale = _limit_price(row) * county.indicators[indicator].scale / whole
        for part in parts:
            slope = 2 * points[part.key] - mean - 1 - limit**2
            found[part.key, indicator] += scale * heavy[part.key] * slope / part.pupils
    return found


def _stock_due(county: County, weights: Mapping[tuple[Key, str], Fraction]) -> Fraction:
    before = state_before(county)
    return sum(
        (weight * before.amount(county.parts[key], name) for (key, name), weight in weights.items()), ZERO
    )
