"""The years: county totals split at least cost within budgets and ceilings, then handed to schools,
weak ones first.

Of all splits of the same cost the earliest is taken. Weak schools (薄弱学校) come first in money, projects and teachers.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from junheng.planning.invest.county import County, Doubles, Places
from junheng.planning.invest.polish import Plan
from junheng.planning.solver import INFINITY, Block


@dataclass(frozen=True, slots=True)
class Purchase:
    """So many steps of an offer, in a year, for a row (or a school, for what the whole school gets)."""

    at: int
    offer: int
    year: int
    steps: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Persons of a transfer from one row to another in a year."""

    offer: int
    giver: int
    taker: int
    year: int
    persons: int


@dataclass
class Schedule:
    """The dated plan."""

    plan: Plan
    purchases: list[Purchase] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)

    @property
    def cost_yuan(self) -> Fraction:
        """Everything, posts to the last year."""
        return sum(self.spending.values(), Fraction(0))

    @property
    def spending(self) -> dict[int, Fraction]:
        """Yuan by year."""
        county = self.plan.county
        found = dict.fromkeys(county.years, Fraction(0))
        units: dict[tuple[int, int], Fraction] = {}
        for row in self.purchases:
            key = (row.offer, row.year)
            units[key] = units.get(key, Fraction(0)) + Fraction(row.steps, county.offers[row.offer].steps)
        for shift in self.shifts:
            key = (shift.offer, shift.year)
            units[key] = units.get(key, Fraction(0)) + shift.persons
        for (place, bought), count in units.items():
            for year in county.years:
                found[year] += count * county.offers[place].money(bought, year)
        return found


def schedule(plan: Plan) -> Schedule | None:
    """The dated plan; None where no split of its totals stays within budgets and ceilings."""
    totals = _split(plan.county, plan.steps.sum(0))
    if totals is None:
        return None
    found = Schedule(plan)
    order = _order(plan)
    for place, offer in enumerate(plan.county.offers):
        shares = _fill(
            [(at, int(plan.steps[at, place])) for at in order[bool(offer.stage)]], totals[place].tolist()
        )
        if offer.is_move:
            givers = [(at, int(plan.given[at, place])) for at in range(len(plan.county.rows))]
            found.shifts += _pair(plan.county, place, shares, givers)
        else:
            found.purchases += [
                Purchase(at, place, plan.county.years[year], steps) for at, year, steps in shares
            ]
    return found


def _split(county: County, steps: Places) -> Places | None:
    """(offer, year) steps: least cost first, then the earliest of equal cost."""
    if not county.is_coupled and not any(offer.yearly for offer in county.offers):
        found = np.zeros((len(steps), len(county.years)), np.int64)
        found[:, 0] = steps
        return found
    block = Block()
    size = np.array([offer.steps for offer in county.offers])[:, None]
    units = steps[:, None] / size
    tops = np.array([[offer.ceilings.get(year, np.inf) for year in county.years] for offer in county.offers])
    at = np.stack(
        [
            block.var(len(county.years), upper=np.minimum(tops[place], units[place]), whole=offer.is_whole)
            for place, offer in enumerate(county.offers)
        ]
    )
    block.rows(len(steps), units[:, 0], units[:, 0], (at, 1))
    cost = county.money.sum(2)
    if county.budgets:
        counts, limits = county.budget_rows
        kept = float((cost.max(1) * (size[:, 0] > 1) / size[:, 0]).sum()) * len(county.years)
        loads = np.einsum("ty,oby->tob", counts, county.money)
        block.rows(len(limits), -INFINITY, limits - kept, (at[None], loads))
    block.aim([(at, cost)])
    best = block.solve(gap=1e-7, seconds=10)
    if not best.is_found:
        return None
    block.rows((), -INFINITY, best.objective * (1 + 1e-9) + 1e-9, (at, cost))
    block.aim([(at, cost.min(1)[:, None] * np.arange(len(county.years)))])
    early = block.solve(gap=1e-3, seconds=5, start=best.values)
    for solved in (early, best):
        if solved.is_found:
            found = _in_steps(solved.values[at], steps, size)
            if _within(county, found):
                return found
    return None


def _in_steps(units: Doubles, steps: Places, size: Places) -> Places:
    """Whole steps by year that add up: cut in every year, what is left in the last year that buys."""
    found = np.floor(units * size + 1e-3).astype(np.int64)
    last = found.shape[1] - 1 - (units[:, ::-1] > 1e-9).argmax(1)
    found[np.arange(len(found)), last] += steps - found.sum(1)
    return found


def _within(county: County, split: Places) -> bool:
    """Exact: ceilings and budgets hold."""
    for place, offer in enumerate(county.offers):
        for at, year in enumerate(county.years):
            if not 0 <= split[place, at] <= offer.ceilings.get(year, np.inf) * offer.steps:
                return False
    if not county.budgets:
        return True
    spent = [
        sum(
            (
                Fraction(int(split[place, at]), offer.steps) * offer.money(bought, year)
                for place, offer in enumerate(county.offers)
                for at, bought in enumerate(county.years)
                if split[place, at]
            ),
            Fraction(0),
        )
        for year in county.years
    ]
    if not county.carries_over:
        return all(used <= limit for used, limit in zip(spent, county.budgets, strict=True))
    return all(sum(spent[: at + 1]) <= sum(county.budgets[: at + 1]) for at in range(len(spent)))


def _order(plan: Plan) -> tuple[list[int], list[int]]:
    """Schools, and rows, in the order in which they are served: weak, then fewest kinds of purchases, then id."""
    county = plan.county
    kinds = np.zeros(len(county.schools), np.int64)
    for place, offer in enumerate(county.offers):
        has = np.flatnonzero(plan.steps[:, place])
        np.add.at(kinds, county.row_school[has] if offer.stage else has, 1)
    schools = sorted(
        range(len(county.schools)), key=lambda at: (not county.schools[at].get("weak", 0), int(kinds[at]), at)
    )
    rank = {school: place for place, school in enumerate(schools)}
    rows = sorted(range(len(county.rows)), key=lambda at: (rank[county.rows[at].school], at))
    return schools, rows


def _fill(wants: list[tuple[int, int]], years: list[int]) -> list[tuple[int, int, int]]:
    """(who, year's place, steps): the years' totals handed out in the order of ``wants``."""
    found, year, left = [], 0, list(years)
    for who, steps in wants:
        while steps:
            while not left[year]:
                year += 1
            taken = min(steps, left[year])
            found.append((who, year, taken))
            left[year] -= taken
            steps -= taken
    return found


def _pair(
    county: County, place: int, shares: list[tuple[int, int, int]], givers: list[tuple[int, int]]
) -> list[Shift]:
    """Who comes from where: givers in order of id, takers as they are served."""
    found, at, left = [], 0, [count for _, count in givers]
    for taker, year, persons in shares:
        while persons:
            while not left[at] or givers[at][0] == taker:
                at += 1
            moved = min(persons, left[at])
            found.append(Shift(place, givers[at][0], taker, county.years[year], moved))
            left[at] -= moved
            persons -= moved
    return found
