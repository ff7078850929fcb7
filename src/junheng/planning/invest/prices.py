"""The certificate: a price for every row that ties schools to each other,
and the bound that follows without a solver.

At given prices every school decides for itself (``closed_form``); what they pay, less what the prices say the limits are
worth, is below every plan (weak duality), whatever the prices are. Rows (``outcome["prices"]``):
budget:YEAR, ceiling:MEASURE:YEAR (≥ 0), balance:TRANSFER (free sign; who comes in pays it, who goes out brings it),
cv:STAGE:INDICATOR:#1 with one point q per school (Σ w(2q·v - q²·R) ≤ (1+θ²)·R, v the value, Σw = 1, R = Σwv: true for
every q), stages:N and weak:W (so many complying stages, and of weak schools, are asked for; ≥ 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from junheng.planning.frozen import Json, exact, number
from junheng.planning.invest.closed_form import UnitPrices, choices
from junheng.planning.invest.cones import Limit, limits
from junheng.planning.invest.county import WAN, County, Doubles, Flags
from junheng.planning.invest.covering import NEVER
from junheng.planning.invest.model import Model
from junheng.planning.solver import Solved

_DIGITS = 9
_HAIR = 1e-9  # of the bound, given away for rounding of doubles


@dataclass(frozen=True)
class Prices:
    """Prices by row name, in the objective's unit (yuan, or school-stages) per yuan, unit, person or stage."""

    counts_stages: bool
    values: Mapping[str, float]
    points: Mapping[str, Mapping[str, float]]

    def rows(self) -> list[Json]:
        """As the outcome carries them, those that are not zero."""
        found: list[Json] = []
        for name, value in self.values.items():
            if value:
                row: Json = {"row": name, "value": _text(value)}
                if name in self.points:
                    row["points"] = {school: _text(point) for school, point in self.points[name].items()}
                found.append(row)
        return found


def _text(value: float) -> int | str:
    return number(exact(f"{value:.{_DIGITS - 1}e}"))


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS - 1}e}")


def read_prices(rows: list[Json], *, counts_stages: bool) -> Prices:
    """The prices of an outcome."""
    values = {row["row"]: float(exact(row["value"])) for row in rows}
    points = {
        row["row"]: {school: float(exact(q)) for school, q in row["points"].items()}
        for row in rows
        if "points" in row
    }
    return Prices(counts_stages, values, points)


def from_relaxation(model: Model, found: Solved, every: list[Limit], *, counts_stages: bool) -> Prices:
    """The prices of the linear relaxation's rows, rounded."""
    county = model.county
    money = 1 / WAN if counts_stages else 1.0  # of a price per 10,000 yuan
    unit = 1.0 if counts_stages else float(WAN)
    values: dict[str, float] = {}
    for year, row in zip(county.years, model.budget, strict=False):
        values[f"budget:{year}"] = _rounded(max(0.0, -found.prices[row]) * money)
    values |= _ceilings(model, found, unit)
    for place, offer in enumerate(county.offers):
        if offer.is_move:
            values[f"balance:{offer.id}"] = _rounded(-found.prices[model.balance[place]] * unit)
    for name, row in model.counts.items():
        values[name] = _rounded(max(0.0, found.prices[row]) * unit)
    points: dict[str, dict[str, float]] = {}
    for limit in every:
        cone = model.cones.get((limit.stage, limit.indicator))
        if cone is not None:
            name = _cv_row(limit)
            price = max(0.0, -found.prices[cone.sum_row])
            values[name] = _rounded(price * unit / float(_line(county, limit)))
            points[name] = _points(county, limit, cone.tangents, found.prices)
    return Prices(counts_stages, values, points)


def _cv_row(limit: Limit) -> str:
    return f"cv:{limit.stage}:{limit.indicator}:#1"


def _line(county: County, limit: Limit) -> Fraction:
    """The model measures values in lines."""
    return exact(_indicator(county, limit)["lines"][limit.stage]["line"])


def _indicator(county: County, limit: Limit) -> Json:
    return next(row for row in county.indicators if row["id"] == limit.indicator)


def _points(county: County, limit: Limit, tangents: Any, prices: Doubles) -> dict[str, float]:
    """The tangent points of each school, averaged by their prices: by convexity at least as strong as all together."""
    heavy, total = np.zeros(len(limit.rows)), np.zeros(len(limit.rows))
    for rows, points in tangents:
        by = np.where(rows >= 0, prices[rows].clip(min=0.0), 0.0)
        heavy, total = heavy + by, total + by * points
    average = np.where(heavy > 1e-15, total / np.where(heavy > 1e-15, heavy, 1), 1.0)
    return {
        county.schools[county.rows[at].school]["id"]: _rounded(q)
        for at, q in zip(limit.rows, average.tolist(), strict=True)
    }


def _ceilings(model: Model, found: Solved, unit: float) -> dict[str, float]:
    """What one more unit of a year would be worth: how far its reduced cost lies below zero."""
    county, values = model.county, {}
    if not found.reduced.size:
        return {}
    for place, offer in enumerate(county.offers):
        for at, year in enumerate(county.years):
            price = max(0.0, -found.reduced[model.totals[place, at]])
            if year in offer.ceilings:
                values[f"ceiling:{offer.id}:{year}"] = _rounded(price * unit)
    return values


def proven(county: County, prices: Prices, must: Flags, may: Flags) -> tuple[Prices, float]:
    """Prices whose bound is finite, and the bound: CV prices rounded up a hair too high make buying without end pay."""
    trial = prices
    for less in (0.0, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1.0):
        trial = replace(
            prices,
            values={
                name: _rounded(value * (1 - less)) if name in prices.points else value
                for name, value in prices.values.items()
            },
        )
        found = bound(county, trial, must, may)
        if np.isfinite(found):
            return trial, found
    return trial, found


def bound(county: County, prices: Prices, must: Flags, may: Flags) -> float:
    """What no plan can be below, in 10,000 yuan; for stages: minus the number no plan can exceed.

    ``must``: rows that have to comply, ``may``: rows that can.
    """
    scale = 1.0 if prices.counts_stages else 1 / WAN
    units, constant = unit_prices(county, prices)
    asked = {
        tuple(name.split(":")): value * scale for name, value in prices.values.items() if name[0] in "sw"
    }
    total = constant + sum(int(least) * price for (_, least), price in asked.items())
    weak = sum(price for (kind, _), price in asked.items() if kind == "weak")
    stage = sum(price for (kind, _), price in asked.items() if kind == "stages")
    reward: Doubles = np.where(county.is_weak, stage + weak, stage) + float(prices.counts_stages)
    for table in choices(county, units, is_bound=True):
        if np.isneginf(table.costs).any():
            return -np.inf
        costs = np.where(table.costs > NEVER, np.inf, table.costs)
        for at in range(table.rows.shape[1]):
            costs = costs + _duty(
                table.rows[:, at], must, may, reward[table.rows[:, at]], costs.shape[1 + at], at, costs.ndim
            )
        total += float(costs.reshape(len(costs), -1).min(1).sum())
    return total - abs(total) * _HAIR


def _duty(rows: Any, must: Flags, may: Flags, reward: Doubles, size: int, at: int, axes: int) -> Doubles:
    """(school, choice) -reward where the stage complies; infinite for what it must not choose; shaped for its axis."""
    found = np.repeat(-reward[:, None], size, axis=1)
    found[:, 0] = np.where(must[rows], np.inf, 0.0)
    found[:, 1:] = np.where(may[rows, None], found[:, 1:], np.inf)
    return found.reshape((len(rows), *(size if axis == at else 1 for axis in range(axes - 1))))


def unit_prices(county: County, prices: Prices) -> tuple[UnitPrices, float]:
    """What a unit of every offer costs at these prices, and the constant part of the bound."""
    scale = 1.0 if prices.counts_stages else 1 / WAN
    loads, constant = county.money.sum(2) * (0.0 if prices.counts_stages else 1.0), 0.0
    if county.budgets:
        counts, available = county.budget_rows
        worth = np.array([prices.values.get(f"budget:{year}", 0.0) for year in county.years])
        worth = worth * (WAN if prices.counts_stages else 1.0)
        loads = loads + np.einsum("t,ty,oby->ob", worth, counts, county.money)
        constant -= float(worth @ available)
    for place, offer in enumerate(county.offers):
        for at, year in enumerate(county.years):
            price = prices.values.get(f"ceiling:{offer.id}:{year}", 0.0) * scale
            loads[place, at] += price
            constant -= price * offer.ceilings.get(year, 0)
    offers = loads.min(1)
    given = {
        place: prices.values.get(f"balance:{offer.id}", 0.0) * scale
        for place, offer in enumerate(county.offers)
        if offer.is_move
    }
    for place, price in given.items():
        offers[place] += price
    surplus, more = _surplus(county, prices, scale)
    return UnitPrices(offers, given, surplus), constant + more


def _surplus(county: County, prices: Prices, scale: float) -> tuple[Doubles | None, float]:
    """What one more numerator of a row's indicator costs under the CV rows, and what the stocks there cost."""
    if not any(prices.values.get(name) for name in prices.points):
        return None, 0.0
    found, constant = np.zeros((len(county.rows), len(county.indicators))), 0.0
    for limit in limits(county):
        name = _cv_row(limit)
        if name not in prices.points:
            continue
        at = next(at for at, row in enumerate(county.indicators) if row["id"] == limit.indicator)
        weights = limit.weights
        q = np.array(
            [
                prices.points[name].get(county.schools[county.rows[row].school]["id"], 1.0)
                for row in limit.rows
            ]
        )
        pupils = np.array([county.rows[row].pupils for row in limit.rows], float)
        by = (2 * q - weights @ q**2 - (1 + float(limit.theta) ** 2)) * float(
            exact(county.indicators[at]["scale"])
        )
        worth = prices.values[name] * scale * weights / pupils * by
        found[limit.rows, at] = worth
        shared = bool(county.indicators[at]["shared"])
        for row, each in zip(limit.rows.tolist(), worth.tolist(), strict=True):
            entry = county.rows[row]
            constant += each * float(entry.stock[limit.indicator]) * (float(entry.share) if shared else 1.0)
    return found, constant
