"""Whole orders and reserve lists: who stands next at each school when a seat falls free.

Some places draw one order for a private school: the first q are admitted, the rest are an ordered reserve list (中山石岐
2020). In general a school's reserve is everybody it refused, in the order of its key. Calling up the first of one school
is a local rule; a child struck off is replaced exactly by replaying the draw (``strike_off``).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.admissions.assignment import Assignment, Ranks
from junheng.admissions.engines.contest import Contest
from junheng.admissions.market import Flags, Ints, Market, SmallInts
from junheng.admissions.order import Order


@dataclass(frozen=True)
class SchoolLists:
    """Ordered applications of every school: those of school s are ``application[start[s] : start[s + 1]]``."""

    start: Ints
    application: Ints
    unit: SmallInts


def whole_orders(market: Market, ranks: Ranks) -> SchoolLists:
    """Every school's applicants in the order of its key, the best first (bands and classes included)."""
    return _ordered(market, ranks, np.ones(market.school.size, dtype=np.bool_))


def reserve_lists(market: Market, ranks: Ranks, assignment: Assignment) -> SchoolLists:
    """Every school's refused applicants in the order of its key: they asked for it, in vain, before what they got.

    Units whose class no pool of the school admits are not on its list. With the local last-seat rules the list is by
    round, then class and ticket, as the rounds went.
    """
    seats, unit = market.seats, market.applicant
    stage = seats.stage[market.school]
    held = assignment.stage[unit]
    in_vain = (held < 0) | (stage < held) | ((stage == held) & (market.choice < assignment.choice[unit]))
    return _ordered(market, ranks, in_vain & _admissible(market))


def published_reserve(
    order: Order, assignment: Assignment, longest: int | None = None
) -> list[dict[str, Any]]:
    """Each school's reserve list as plain data: place from 1, unit, class code, ticket; at most ``longest`` each."""
    market = order.market
    lists = reserve_lists(market, order.ranks, assignment)
    bounds = lists.start.tolist()
    return [
        {
            "school": name,
            "reserve": [
                _entry(order, place, int(application), school)
                for place, application in enumerate(
                    lists.application[bounds[school] : bounds[school + 1]][:longest], 1
                )
            ],
        }
        for school, name in enumerate(market.school_ids)
    ]


def _entry(order: Order, place: int, application: int, school: int) -> dict[str, Any]:
    market = order.market
    unit = int(market.applicant[application])
    return {
        "place": place,
        "unit": market.units[unit],
        "size": int(market.size[unit]),
        "class": market.codes[int(market.klass[application])],
        "ticket": order.ticket_text(unit, school),
    }


def _admissible(market: Market) -> Flags:
    """Whether some pool of the school admits the class of each application [A]."""
    seats = market.seats
    anywhere = np.logical_or.reduceat(seats.admits, seats.pool_start[:-1], axis=0)
    found: Flags = anywhere[market.school, market.klass]
    return found


def _ordered(market: Market, ranks: Ranks, listed: Flags) -> SchoolLists:
    keys = np.zeros(market.school.size, dtype=np.int64)
    everybody = np.ones(len(market.units), dtype=np.bool_)
    for stage in market.stages:
        keys[stage.application] = Contest(stage, market.seats, market.size, ranks, everybody).keys()
    application = np.flatnonzero(listed)
    application = application[np.lexsort((keys[application], market.school[application]))]
    counts = np.bincount(market.school[application], minlength=market.seats.plan.size)
    start = np.concatenate([[0], np.cumsum(counts)])
    return SchoolLists(start, application, market.applicant[application])
