"""Units left without a seat: one serial dictatorship over the seats that remain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.admissions.assignment import NONE, Ranks
from junheng.admissions.market import Ints, Market, SmallInts


@dataclass(frozen=True)
class Leftovers:
    """``school`` [U]: the school given to a leftover unit, NONE otherwise; ``capacity`` [S] the seats that were left."""

    school: SmallInts
    capacity: Ints


def leftover_capacity(market: Market, taken: Ints) -> Ints:
    """Seats left when the stages are over, at each school: plan minus taken, at least none [S]."""
    left: Ints = np.maximum(market.seats.plan - taken, 0)
    return left


def place_leftovers(market: Market, ranks: Ranks, school: SmallInts, taken: Ints) -> Leftovers:
    """Place units without a ``school`` in the order of their single ticket; the last one may exceed the plan.

    Each takes the first school of its list with a seat left: its ``fallback`` (all schools where it has none) in the
    order written, or by lot.
    """
    capacity = leftover_capacity(market, taken)
    given = np.full(len(market.units), NONE, dtype=np.int32)
    waiting = np.flatnonzero(school < 0)
    left = capacity.tolist()
    queue = waiting[np.argsort(ranks.single[waiting], kind="stable")].tolist()
    open_schools = [index for index, seats in enumerate(left) if seats > 0]
    for unit in queue:
        if not open_schools:
            break
        chosen = _first_open(market, ranks, unit, open_schools, left)
        if chosen == NONE:
            continue
        given[unit] = chosen
        left[chosen] -= int(market.size[unit])
        if left[chosen] <= 0:
            open_schools.remove(chosen)
    return Leftovers(given, capacity)


def _first_open(market: Market, ranks: Ranks, unit: int, open_schools: Sequence[int], left: list[int]) -> int:
    """The school the unit takes: closed ones dropped first, which changes no order."""
    own = market.fallback[market.fallback_start[unit] : market.fallback_start[unit + 1]].tolist()
    choices = [index for index in own if left[index] > 0] if own else open_schools
    if not choices:
        return NONE
    if ranks.lot is None:
        return choices[0]
    return ranks.lot(unit, choices)[0]
