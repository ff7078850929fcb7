"""Decides a market: stage after stage by an engine, then the leftovers."""

import numpy as np

from junheng.admissions.assignment import NONE, Assignment, Ranks, granted
from junheng.admissions.complaint import refuse
from junheng.admissions.engines import Decide, EngineName, engine_for
from junheng.admissions.engines.contest import Contest
from junheng.admissions.leftovers import place_leftovers
from junheng.admissions.market import Ints, Market
from junheng.basics import Text


def assign(market: Market, ranks: Ranks | Ints, engine: EngineName = "auto") -> Assignment:
    """The assignment of ``market`` under the order ``ranks`` (an array stands for single tickets).

    ``engine``: python (the definition), numpy, numba, or auto; all give the same arrays and the same count.
    Raises UserError when the engine is not installed, or ``ranks`` does not fit the market.
    """
    order = ranks if isinstance(ranks, Ranks) else Ranks(ranks)
    require_fitting(market, order)
    decide = engine_for(engine, market.school.size)
    found = _in_stages(market, order, decide)
    return found if market.problem.leftovers == "none" else _with_leftovers(market, order, found)


def _in_stages(market: Market, order: Ranks, decide: Decide) -> Assignment:
    count, rule = len(market.units), market.problem.units
    waiting = np.ones(count, dtype=np.bool_)
    if len(market.stages) == 1:  # its applications are those of the market: nothing to put together
        held = decide(Contest(market.stages[0], market.seats, market.size, order, waiting), rule)
        stage = (held.at >= 0).astype(np.int32) - np.int32(1)  # the first stage, or NONE
        return Assignment(held.at, *granted(market, held.at), held.pool, stage, held.proposals)
    application = np.full(count, NONE, dtype=np.int64)
    pool, stages = np.full(count, NONE, dtype=np.int32), np.full(count, NONE, dtype=np.int32)
    proposals = 0
    for index, part in enumerate(market.stages):
        held = decide(Contest(part, market.seats, market.size, order, waiting), rule)
        got = held.at >= 0
        application[got] = part.application[held.at[got]]
        pool[got], stages[got] = held.pool[got], index
        waiting, proposals = waiting & ~got, proposals + held.proposals
    return Assignment(application, *granted(market, application), pool, stages, proposals)


def _with_leftovers(market: Market, ranks: Ranks, found: Assignment) -> Assignment:
    left = place_leftovers(market, ranks, found.school, found.taken(market))
    given = left.school >= 0
    school = np.where(given, left.school, found.school)
    stage = np.where(given, np.int32(len(market.problem.stages)), found.stage)
    return Assignment(found.application, school, found.choice, found.pool, stage, found.proposals)


def require_fitting(market: Market, ranks: Ranks) -> None:
    """Raise UserError unless ``ranks`` gives each unit one place (and each application, where tickets are per school)."""
    count, own = len(market.units), ranks.by_application
    fits = (own is not None) == (market.problem.tickets == "per_school") and ranks.single.shape == (count,)
    fits = fits and (own is None or own.shape == market.school.shape)
    if not fits or not _is_an_order(ranks.single):
        raise refuse(
            "ranks",
            f"次序与报名不符：应给 {count} 个号各排一个名次",
            f"the order does not fit the market: one place for each of {count} units",
            fix=Text("请用 order_of 由种子得出次序", "make the order from the seed with order_of"),
        )


def _is_an_order(places: Ints) -> bool:
    """Whether 0, 1, 2, … stand in ``places`` once each."""
    if places.size and (places.min() < 0 or places.max() >= places.size):
        return False
    return bool((np.bincount(places, minlength=places.size) == 1).all())
