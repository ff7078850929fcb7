"""Children to seats, the seats being given: a transport problem for every year,
solved to whole children.

The vertices of a transport polytope with whole supplies are whole; so is every plan that comes from here.
"""

from dataclasses import dataclass

import numpy as np

from junheng.planning.site.bound import spending
from junheng.planning.site.case import PARTS_OF_WAN, Case, Real, Whole
from junheng.planning.site.ragged import summed
from junheng.planning.solver import Block

_FRACTION = 1e-5


@dataclass(frozen=True, slots=True)
class Plan:
    """``state`` by site and year; ``pupils`` by way and year; ``lacking`` by block and year; ``cost`` in parts.

    ``worth``: what one seat more is worth to a child of a block, in parts (block and year).
    """

    state: Whole
    pupils: Whole
    lacking: Whole
    cost: int
    worth: Real


def plan_of(case: Case, state: Whole) -> Plan | None:
    """The best plan in which the sites go through ``state``; None where there is none."""
    pupils = np.zeros((len(case.block), len(case.years)), np.int64)
    lacking = np.zeros(case.demand.shape, np.int64)
    worth = np.zeros(case.demand.shape)
    for year in range(len(case.years)):
        found = _year(case, state, year)
        if found is None:
            return None
        pupils[:, year], lacking[:, year], worth[:, year] = found
    return Plan(state, pupils, lacking, cost_of(case, state, pupils, lacking), worth)


def seats_of(case: Case, state: Whole) -> Whole:
    """Seats by site and year."""
    sites, years = np.indices(state.shape)
    found: Whole = np.where(state > 0, case.seats[sites, years, np.maximum(state - 1, 0)], 0)
    return found


def cost_of(case: Case, state: Whole, pupils: Whole, lacking: Whole) -> int:
    """Parts in all: building, closing, running, ways, children without a seat."""
    return sum(costs_of(case, state, pupils, lacking).values())


def costs_of(case: Case, state: Whole, pupils: Whole, lacking: Whole) -> dict[str, int]:
    """Parts by what they are spent on."""
    sites, years = np.indices(state.shape)
    running = np.where(state > 0, case.running[sites, years, np.maximum(state - 1, 0)], 0)
    shut = (case.rooms.is_existing & (state[:, -1] == 0)) * case.prices.close
    return {
        "capital": int(spending(case, state).sum()),
        "closing": int(shut.sum()),
        "running": int(running.sum()),
        "ways": int((pupils * case.way[:, None]).sum()),
        "unmet": int(lacking.sum()) * case.unmet,
    }


def _year(case: Case, state: Whole, year: int) -> tuple[Whole, Whole, Real] | None:
    """Children by way, children without a seat, and what a seat is worth, in one year."""
    seats, is_open = seats_of(case, state)[:, year], state[:, year] > 0
    used = np.flatnonzero(is_open[case.site] & (case.demand[case.block, year] > 0))
    block = Block()
    demand = case.demand[:, year]
    way = block.var(len(used), cost=case.way[used] / case.scale / PARTS_OF_WAN)
    price = case.unmet / case.scale / PARTS_OF_WAN
    lacking = block.var(len(demand), cost=price, upper=np.inf if case.may_lack else 0.0)
    children = summed(block, case.block[used], way, (demand, demand), (lacking, 1.0))
    last = year == len(case.years) - 1
    least = np.where(is_open & last, case.rooms.pupils_least, 0)
    summed(block, case.site[used], way, (least, seats))
    found = block.solve(relaxed=True)
    if not found.is_found:
        return None
    values = np.rint(found.values)
    if np.abs(values - found.values).max(initial=0.0) > _FRACTION:
        raise RuntimeError("a transport problem with whole seats gave parts of children")
    pupils = np.zeros(len(case.block), np.int64)
    pupils[used] = values[way]
    worth = found.prices[children] * case.scale * PARTS_OF_WAN
    return pupils, values[lacking].astype(np.int64), worth
