"""Prices of seats that bound the cost from below: subgradient steps,
then the bound of the rounded prices in integers."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.planning.site.case import Case, Real, Whole
from junheng.planning.site.paths import Response, Ways, respond

MILLION = 1_000_000
_HALVE_AFTER = 15
_SMALLEST_STEP = 1e-4


@dataclass
class Prices:
    """The best prices so far: ``seat`` in parts by block and year, ``money`` by year; ``bound`` in parts."""

    seat: Real
    money: Real
    bound: float
    response: Response


def bound_at(case: Case, ways: Ways, seat: Real, money: Real) -> tuple[float, Response]:
    """The bound at these prices (as doubles, to search by) and what each site would do."""
    found = respond(ways, seat, money)
    total = float((seat * case.demand).sum() + found.costs.sum())
    return total - sum(float(m) * b for m, b in zip(money, case.budget, strict=True) if b is not None), found


def first_prices(case: Case) -> Real:
    """Where the search of prices begins: each block's nearest way and what a seat costs on average over the years."""
    years, blocks = len(case.years), len(case.blocks)
    seats = np.maximum(1, case.seats_per_class * case.rooms.step)
    once = (case.prices.step / seats / years).mean() if len(case.sites) else 0.0
    yearly = (case.prices.class_yearly / case.seats_per_class).mean() if len(case.sites) else 0.0
    nearest = np.full(blocks, 0.0)
    if len(case.block):
        nearest = np.full(blocks, np.inf)
        np.minimum.at(nearest, case.block, case.way)
        nearest[np.isinf(nearest)] = 0.0
    found = np.repeat((nearest + once + yearly)[:, None], years, 1)
    return np.minimum(found, case.unmet) if case.may_lack else found


def raise_bound(
    case: Case, ways: Ways, start: Prices | None, best: float, rounds: int, is_over: Callable[[], bool]
) -> Prices:
    """Better prices by Polyak's steps towards ``best`` (the cost of the best plan known, in parts).

    Two runs take the same steps; only the end may be set by ``is_over``.
    """
    seat = first_prices(case) if start is None else start.seat
    money = np.zeros(len(case.years)) if start is None else start.money
    value, response = bound_at(case, ways, seat, money)
    kept = Prices(seat, money, value, response)
    share, waited = 1.0, 0
    direction: tuple[Real, Real] | None = None
    for _ in range(rounds):
        if is_over() or share < _SMALLEST_STEP or kept.bound >= best * (1 - 1e-9):
            break
        slope = _slope(case, response, seat)
        direction = slope if direction is None else _mixed(slope, direction)
        seat, money = _moved(case, (seat, money), direction, share * max(best - value, best * 1e-5))
        value, response = bound_at(case, ways, seat, money)
        if value > kept.bound * (1 + 1e-9):
            kept, waited = Prices(seat, money, value, response), 0
        else:
            waited += 1
        if waited >= _HALVE_AFTER:
            share, waited = share * 0.6, 0
            seat, money, value, response = kept.seat, kept.money, kept.bound, kept.response
            direction = None
    return kept


def _slope(case: Case, response: Response, seat: Real) -> tuple[Real, Real]:
    """Children without a seat (less those with too many), and money spent beyond the budget, at the sites' answers."""
    given = np.zeros(case.demand.shape)
    np.add.at(given, case.block, response.taken)
    seats = case.demand - given
    if case.may_lack:
        seats = np.where((seat >= case.unmet) & (seats > 0), 0.0, seats)
    spent = np.cumsum(spending(case, response.state))
    money = [0.0 if b is None else float(s - b) for s, b in zip(spent, case.budget, strict=True)]
    return seats, np.array(money)


def spending(case: Case, state: Whole) -> Real:
    """Parts spent on building in each year when sites go through ``state`` (by site and year)."""
    steps = np.maximum(state - 1, 0)
    before = np.concatenate((np.zeros((len(steps), 1), np.int64), steps[:, :-1]), 1)
    is_open = state > 0
    was_open = np.concatenate((case.rooms.is_existing[:, None], is_open[:, :-1]), 1)
    opened = is_open & ~was_open
    added = np.where(is_open, steps - before, 0)
    found: Real = (opened * case.prices.fixed[:, None] + added * case.prices.step[:, None]).sum(0)
    return found


def _mixed(slope: tuple[Real, Real], before: tuple[Real, Real]) -> tuple[Real, Real]:
    """Part of the last direction is kept, which damps the to and fro."""
    return tuple(0.7 * new + 0.3 * old for new, old in zip(slope, before, strict=True))  # type: ignore[return-value] # two in, two out


def _moved(
    case: Case, prices: tuple[Real, Real], direction: tuple[Real, Real], aim: float
) -> tuple[Real, Real]:
    """Prices a step further, within what they may be. Seats and money are scaled apart: their units differ."""
    seat_norm = float((direction[0] ** 2).sum())
    money_norm = float((direction[1] ** 2).sum())
    seat = prices[0] + (aim / seat_norm if seat_norm else 0.0) * direction[0]
    seat = np.clip(seat, 0.0, case.unmet if case.may_lack else np.inf)
    money = prices[1]
    if money_norm:
        money = np.maximum(0.0, money + 0.1 * aim / money_norm * direction[1])
    return seat, np.array([0.0 if b is None else m for m, b in zip(money, case.budget, strict=True)])


def rounded(case: Case, prices: Prices) -> tuple[list[list[int]], list[int]]:
    """Whole prices: seats in parts, money in millionths."""
    seat = np.rint(prices.seat).astype(np.int64)
    seat = np.clip(seat, 0, case.unmet if case.may_lack else None)
    money = [0 if b is None else round(m * MILLION) for m, b in zip(prices.money, case.budget, strict=True)]
    return [[int(value) for value in row] for row in seat], money


def exact_bound(case: Case, seat: list[list[int]], money: list[int]) -> Fraction:
    """The bound in yuan that these whole prices prove, in whole numbers throughout."""
    total = sum(
        price * int(count)
        for row, children in zip(seat, case.demand, strict=True)
        for price, count in zip(row, children, strict=True)
    )
    factors = [MILLION + sum(money[year:]) for year in range(len(money))]
    spare = sum(m * b for m, b in zip(money, case.budget, strict=True) if b is not None)
    found = MILLION * total - spare
    ways: list[list[tuple[int, int]]] = [[] for _ in case.sites]
    for block, site, way in zip(case.block, case.site, case.way, strict=True):
        ways[site].append((int(block), int(way)))
    for site in range(len(case.sites)):
        found += _site_cost(case, site, ways[site], seat, factors)
    return Fraction(found, MILLION * case.scale)


def _site_cost(
    case: Case, site: int, ways: list[tuple[int, int]], seat: list[list[int]], factors: list[int]
) -> int:
    """Millionths of parts: the least a site can cost at these prices, year by year through its states."""
    rooms, prices = case.rooms, case.prices
    infinite = 1 << 200
    most, existing = int(rooms.most[site]), bool(rooms.is_existing[site])
    out, levels = (infinite, [0] + [infinite] * most) if existing else (0, [infinite] * (most + 1))
    for year, factor in enumerate(factors):
        can_act = year >= rooms.start[site]
        must = year >= rooms.must_from[site]
        step, fixed = factor * int(prices.step[site]), factor * int(prices.fixed[site])
        gains = _gains_of(case, site, year, ways, seat)
        new = []
        for level in range(most + 1):
            ways_in = [levels[level]]
            if can_act:
                ways_in += [levels[low] + step * (level - low) for low in range(level)]
                if not existing and level >= rooms.least[site]:
                    ways_in.append(out + fixed + step * level)
            cost = infinite
            gain = gains[level]
            if gain is not None and not (must and level < rooms.must_steps[site]):
                cost = min(ways_in) + MILLION * (int(case.running[site, year, level]) - gain)
            new.append(min(cost, infinite))
        if rooms.may_close[site] and can_act:
            out = min(out, levels[0] + MILLION * int(prices.close[site]))
        out, levels = (infinite if must else out), new
    return min(out, *levels)


def _gains_of(
    case: Case, site: int, year: int, ways: list[tuple[int, int]], seat: list[list[int]]
) -> list[int | None]:
    """What the pupils are worth by steps; None where a least size cannot be reached."""
    worth = sorted(
        ((seat[block][year] - way, int(case.demand[block, year])) for block, way in ways), reverse=True
    )
    least = int(case.rooms.pupils_least[site]) if year == len(case.years) - 1 else 0
    found: list[int | None] = []
    for level in range(int(case.rooms.most[site]) + 1):
        room, total, taken = int(case.seats[site, year, level]), 0, 0
        for value, pupils in worth:
            wanted = min(pupils, room - taken)
            if value <= 0:
                wanted = min(wanted, max(0, least - taken))
            total, taken = total + value * wanted, taken + wanted
            if taken == room:
                break
        found.append(None if taken < least else total)
    return found
