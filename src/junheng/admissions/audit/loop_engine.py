"""The audit as one compiled loop over the wishes (extra ``numba``); numbers as the array engine's."""

from typing import Any

import numpy as np
from numba import njit

from junheng.admissions.audit.figures import Figures, Question

ENVIOUS, OUTRANKED, CLAIMS, PASSED_OVER = 0, 1, 2, 3  # rows of the flags


def count(question: Question) -> Figures:
    """The figures of ``question``."""
    market, found, bearings = question.market, question.assignment, question.bearings
    seats, units = market.seats, len(market.units)
    flags = np.zeros((4, units), dtype=np.bool_)
    wanted = np.zeros(seats.plan.size, dtype=np.int64)
    totals = np.zeros(2, dtype=np.int64)
    applications = (market.start, market.school, market.klass, market.size, question.place)
    held = (found.choice, found.stage, question.ranks.by_application is not None, len(market.problem.stages))
    schools = (seats.pool_start, seats.admits, seats.stage, bearings.empty)
    worst = (np.int64(bearings.span), bearings.worst_key, bearings.worst_class)
    _look(applications, held, schools, worst, (flags, wanted, totals))
    pairs = 0
    if flags[ENVIOUS].any():
        admitted = question.admitted
        order = (admitted.key, admitted.children_before, admitted.pool_at)
        pairs = _pairs(applications, held, schools, worst, order, flags[ENVIOUS])
    return Figures(
        envious=flags[ENVIOUS],
        outranked=flags[OUTRANKED],
        claims=flags[CLAIMS],
        passed_over=flags[PASSED_OVER],
        envy_schools=int(totals[0]),
        envy_pairs=int(pairs),
        outranked_schools=int(totals[1]),
        wanted=wanted,
    )


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _look(applications: Any, held: Any, schools: Any, worst: Any, out: Any) -> None:
    """Every wish above the granted one, of stages the unit took part in, against the cut-offs."""
    start, school, klass, size, place = applications
    choice, stage, per_school, stages = held
    pool_start, admits, stage_of, empty = schools
    span, worst_key, worst_class = worst
    flags, wanted, totals = out
    for unit in range(size.size):
        granted = choice[unit] >= 0
        end = start[unit] + choice[unit] if granted else start[unit + 1]
        last = stage[unit] if granted else stages
        for a in range(start[unit], end):
            s, k = school[a], np.int64(klass[a])
            if stage_of[s] > last:
                flags[PASSED_OVER, unit] = True
                continue
            if empty[s] > 0:
                flags[CLAIMS, unit] = True
                wanted[s] += size[unit]
            key = k * span + (place[a] if per_school else place[unit])
            envies, outranks = False, False
            for pool in range(pool_start[s], pool_start[s + 1]):
                if admits[pool, k]:
                    outranks |= k < worst_class[pool]
                    envies |= key < worst_key[pool]
            if envies:
                flags[ENVIOUS, unit] = True
                totals[0] += size[unit]
            if outranks:
                flags[OUTRANKED, unit] = True
                totals[1] += size[unit]


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _pairs(applications: Any, held: Any, schools: Any, worst: Any, order: Any, envious: Any) -> int:
    """Pairs of an envious child and a child admitted with a worse key."""
    start, school, klass, size, place = applications
    choice, stage, per_school, stages = held
    pool_start, admits, stage_of, _ = schools
    span, worst_key, _ = worst
    pairs = 0
    for unit in range(size.size):
        if not envious[unit]:
            continue
        granted = choice[unit] >= 0
        end = start[unit] + choice[unit] if granted else start[unit + 1]
        last = stage[unit] if granted else stages
        for a in range(start[unit], end):
            s, k = school[a], np.int64(klass[a])
            key = k * span + (place[a] if per_school else place[unit])
            for pool in range(pool_start[s], pool_start[s + 1]):
                if stage_of[s] <= last and admits[pool, k] and key < worst_key[pool]:
                    pairs += _behind(order, pool, key) * size[unit]
    return pairs


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _behind(order: Any, pool: int, key: int) -> int:
    """Children the pool admitted with a larger key."""
    keys, before, pool_at = order
    low, high = pool_at[pool], pool_at[pool + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if keys[middle] <= key:
            low = middle + 1
        else:
            high = middle
    return int(before[end] - before[low])
