"""What every site would do by itself at given prices of seats: the best path over the years,
by a table of states.

A site is out (not yet open, or closed) or open with 0 … K steps added. At a price λ per pupil and year of a block a
site earns Σ (λ - way)·pupils, most dearly paid first, up to its seats; so its earnings are a concave function of its
seats, and the best path is a shortest path over (years × states). The sum over all sites bounds every plan from below.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.planning.site.case import Case, Real, Whole

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Ways by site, year and rank of worth: places of the ways, pupils up to each rank, worth up to each rank."""

    places: Whole
    pupils: Real
    worth: Real
    wanted: Real  # pupils that are worth having, by site and year


@dataclass(frozen=True, slots=True)
class Response:
    """``costs`` by site; ``state`` by site and year (0 out, 1 + steps open); ``ends``: least cost by last state."""

    costs: Real
    state: Whole
    taken: Real  # pupils by way and year
    ends: Real


class Ways:
    """The ways of a case, padded site by site: what does not change with the prices."""

    def __init__(self, case: Case) -> None:
        self.case = case
        order = np.argsort(case.site, kind="stable")
        counts = np.bincount(case.site, minlength=len(case.sites))
        width = max(1, int(counts.max(initial=0)))
        self.places = np.full((len(case.sites), width), -1)
        rank = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
        self.places[case.site[order], rank] = order
        self.is_way = self.places >= 0
        pupils = case.demand[case.block] if len(case.block) else np.zeros((1, len(case.years)), np.int64)
        self.pupils = np.where(self.is_way[:, :, None], pupils[self.places], 0).transpose(0, 2, 1)

    def sort(self, price: Real) -> Sorted:
        """Ways by falling worth λ - way at ``price`` (parts, by block and year)."""
        case = self.case
        worth = price[case.block] - case.way[:, None] if len(case.block) else np.zeros((1, len(case.years)))
        padded = np.where(self.is_way[:, :, None], worth[self.places], 0.0).transpose(0, 2, 1)
        padded = np.where(self.pupils > 0, padded, -np.inf)
        order = np.argsort(-padded, axis=2, kind="stable")
        there = np.take_along_axis(self.pupils, order, 2).astype(float)
        value = np.take_along_axis(padded, order, 2)
        value = np.where(there > 0, value, 0.0)
        first = np.zeros((*there.shape[:2], 1))
        return Sorted(
            order,
            np.concatenate((first, np.cumsum(there, 2)), 2),
            np.concatenate((first, np.cumsum(there * value, 2)), 2),
            np.where(value > 0, there, 0.0).sum(2),
        )


def respond(ways: Ways, price: Real, budget_price: Real) -> Response:
    """The best path of every site at ``price`` (by block and year) and the price of spent money (by year, ≥ 0)."""
    case = ways.case
    ranked = ways.sort(price)
    pupils, gains = _gains(case, ranked)
    money = 1 + np.cumsum(budget_price[::-1])[::-1]
    value, came = _best_paths(case, gains, money)
    state = _trace(case, value, came)
    return Response(value.min(1), state, _taken(ways, ranked, pupils, state), value)


def _gains(case: Case, ranked: Sorted) -> tuple[Real, Real]:
    """Pupils taken and what they are worth, by site, year and steps; minus infinity where a least size is not reached."""
    shape = (len(case.sites), len(case.years), case.steps + 1)
    taken, gains = np.zeros(shape), np.zeros(shape)
    last = len(case.years) - 1
    for site in range(shape[0]):
        for year in range(shape[1]):
            there, worth = ranked.pupils[site, year], ranked.worth[site, year]
            room = np.minimum(case.seats[site, year], there[-1])
            least = float(case.rooms.pupils_least[site]) if year == last else 0.0
            wanted = np.maximum(np.minimum(ranked.wanted[site, year], room), np.minimum(least, room))
            taken[site, year] = wanted
            gains[site, year] = np.where(room < least, -np.inf, np.interp(wanted, there, worth))
    return taken, gains


def _best_paths(case: Case, gains: Real, money: Real) -> tuple[Real, Whole]:
    """Least cost by last state, and for every year and state the state before."""
    rooms, count = case.rooms, len(case.sites)
    level = np.arange(case.steps + 1)
    value = np.full((count, case.steps + 2), np.inf)
    value[np.arange(count), np.where(rooms.is_existing, 1, 0)] = 0
    came = np.zeros((len(case.years), count, case.steps + 2), np.int64)
    for year, factor in enumerate(money):
        stage = case.running[:, year] - gains[:, year]
        is_bound = year >= rooms.must_from
        is_wrong = (level > rooms.most[:, None]) | (is_bound[:, None] & (level < rooms.must_steps[:, None]))
        stage = np.where(is_wrong, np.inf, stage)
        value, came[year] = _step(case, value, stage, factor, year)
        value[is_bound, 0] = np.inf
    return value, came


def _step(case: Case, value: Real, stage: Real, factor: float, year: int) -> tuple[Real, Whole]:
    """One year on: open sites stay or expand, sites that are out stay out or open, those open from the first may close."""
    rooms, prices, level = case.rooms, case.prices, np.arange(case.steps + 1)
    can_act = (year >= rooms.start)[:, None]
    slope = factor * prices.step[:, None] * level
    reduced = value[:, 1:] - slope
    running = np.minimum.accumulate(reduced, 1)
    source = np.maximum.accumulate(np.where(reduced <= running, level, 0), 1)
    grown = np.where(can_act, running + slope, value[:, 1:])
    before = np.where(can_act, source + 1, level + 1)
    opened = value[:, :1] + factor * prices.fixed[:, None] + slope
    may_open = can_act & ~rooms.is_existing[:, None] & (level >= rooms.least[:, None])
    opened = np.where(may_open, opened, np.inf)
    before = np.where(opened < grown, 0, before)
    shut = value[:, 1] + prices.close
    may_shut = rooms.may_close & can_act[:, 0] & (shut < value[:, 0])
    out = np.where(may_shut, shut, value[:, 0])
    return (
        np.concatenate((out[:, None], np.minimum(grown, opened) + stage), 1),
        np.concatenate((np.where(may_shut, 1, 0)[:, None], before), 1),
    )


def _trace(case: Case, value: Real, came: Whole) -> Whole:
    state = np.zeros((len(case.sites), len(case.years)), np.int64)
    here, sites = value.argmin(1), np.arange(len(case.sites))
    for year in range(len(case.years) - 1, -1, -1):
        state[:, year] = here
        here = came[year, sites, here]
    return state


def _taken(ways: Ways, ranked: Sorted, pupils: Real, state: Whole) -> Real:
    """Pupils by way and year of the best paths."""
    case = ways.case
    sites, years = np.ogrid[: state.shape[0], : state.shape[1]]
    total = np.where(state > 0, pupils[sites, years, np.maximum(state - 1, 0)], 0.0)
    part = np.clip(total[:, :, None] - ranked.pupils[:, :, :-1], 0, np.diff(ranked.pupils, axis=2))
    places = np.take_along_axis(np.broadcast_to(ways.places[:, None, :], part.shape), ranked.places, 2)
    found = np.zeros((len(case.block), len(case.years)))
    is_real = (part > 0) & (places >= 0)
    where = np.broadcast_to(np.arange(len(case.years))[None, :, None], part.shape)
    found[places[is_real], where[is_real]] = part[is_real]
    return found
