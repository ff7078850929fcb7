"""The audit on whole arrays: every wish above the granted one against its school's cut-offs."""

import numpy as np

from junheng.admissions.audit.figures import Figures, Question
from junheng.admissions.market import AnyInts, Flags, Ints


def count(question: Question) -> Figures:
    """The figures of ``question``."""
    market, found = question.market, question.assignment
    bearings = question.bearings
    units = len(market.units)
    above, later = _above(question)
    unit, school = market.applicant[above], market.school[above]
    klass = market.klass[above].astype(np.int64)
    order = question.place[above if question.ranks.by_application is not None else unit]
    key = klass * np.int64(bearings.span) + order
    envies, outranks, pairs = _compare(question, unit, school, klass, key)
    claims = bearings.empty[school] > 0
    weight = market.size[unit]
    return Figures(
        envious=_units(unit[envies], units),
        outranked=_units(unit[outranks], units),
        claims=_units(unit[claims], units),
        passed_over=_units(market.applicant[later], units),
        envy_schools=int(weight[envies].sum()),
        envy_pairs=pairs,
        outranked_schools=int(weight[outranks].sum()),
        wanted=np.bincount(school[claims], weight[claims], found.taken(market).size).astype(np.int64),
    )


def _above(question: Question) -> tuple[Ints, Ints]:
    """Applications above the granted one: of stages the unit took part in, and of later ones."""
    market, found = question.market, question.assignment
    count = np.where(found.choice >= 0, found.choice, np.diff(market.start)).astype(np.int64)
    offset = np.repeat(market.start[:-1] - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    above = np.arange(count.sum()) + offset
    if len(market.problem.stages) == 1:
        return above, np.empty(0, dtype=np.int64)
    last = np.where(found.choice >= 0, found.stage, len(market.problem.stages))
    is_later = market.seats.stage[market.school[above]] > last[market.applicant[above]]
    return above[~is_later], above[is_later]


def _compare(
    question: Question, unit: AnyInts, school: AnyInts, klass: Ints, key: Ints
) -> tuple[Flags, Flags, int]:
    """Justified envy and envy by class of each application, and the pairs of children."""
    seats, bearings = question.market.seats, question.bearings
    envies, outranks = np.zeros(unit.size, dtype=np.bool_), np.zeros(unit.size, dtype=np.bool_)
    pairs, counts = 0, np.diff(seats.pool_start)
    for place in range(int(counts.max(initial=0))):
        there = counts[school] > place
        pool = np.where(there, seats.pool_start[school] + place, 0)
        may = there & seats.admits[pool, klass]
        envied = may & (key < bearings.worst_key[pool])
        outranks |= may & (klass < bearings.worst_class[pool])
        envies |= envied
        pairs += _pairs(question, pool[envied], key[envied], question.market.size[unit[envied]])
    return envies, outranks, pairs


def _pairs(question: Question, pool: Ints, key: Ints, weight: Ints) -> int:
    """Children admitted to ``pool`` with a worse key, each counted for every child of the envious unit."""
    if not pool.size:
        return 0
    admitted = question.admitted
    width = np.int64(max(int(admitted.key.max()), int(key.max())) + 1)
    pool_of = np.repeat(np.arange(admitted.pool_at.size - 1), np.diff(admitted.pool_at))
    ahead = np.searchsorted(pool_of * width + admitted.key, pool * width + key, side="right")
    behind = admitted.children_before[admitted.pool_at[pool + 1]] - admitted.children_before[ahead]
    return int((behind * weight).sum())


def _units(unit: AnyInts, count: int) -> Flags:
    found = np.zeros(count, dtype=np.bool_)
    found[unit] = True
    return found
