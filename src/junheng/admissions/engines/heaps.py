"""The numba engine: one unit proposes at a time, every pool keeps its admitted in a heap.

The same choice rule as ``reference``, kept up step by step: a unit that arrives is admitted, then the worst leave while
those before them fill the capacity; a pool that fills passes less on, so the next one may let go as well.
"""

from typing import Any

import numpy as np

from junheng.admissions.engines.contest import Contest, Held
from junheng.admissions.engines.final_rounds import decide_by_rounds
from junheng.admissions.engines.heap_kernel import inverse, pool_records, propose_all
from junheng.admissions.market import Ints, Seats, Stage


def decide(contest: Contest, units: str) -> Held:
    """Decide one stage; ``units``: overflow, skip or stop (whose rounds are sorts, left to numpy)."""
    if units != "overflow":
        return decide_by_rounds(contest, units)
    stage, seats = contest.stage, contest.seats
    capacity = full_capacity(seats)
    record, heap, limit = pool_records(
        seats.pool_seats, seats.passes_on.astype(np.int64), capacity, _bounds(stage, seats, capacity)
    )
    (at, pool), proposals = propose_all(
        contest.waiting,
        (stage.start, stage.wish, stage.klass, not bool(seats.admits.all())),
        _places(contest),
        (contest.size, bool((contest.size == 1).all())),
        (seats.pool_start, record, seats.admits, limit),
        heap,
    )
    return Held(at, pool, int(proposals))


def full_capacity(seats: Seats) -> Ints:
    """Capacity of every pool when nobody is admitted yet: its seats and all that the pools before pass on [P]."""
    capacity = seats.pool_seats.copy()
    counts = np.diff(seats.pool_start)
    for place in range(1, int(counts.max(initial=0))):
        pool = seats.pool_start[:-1][counts > place] + place
        capacity[pool] += np.where(seats.passes_on[pool - 1], capacity[pool - 1], 0)
    return capacity


def _bounds(stage: Stage, seats: Seats, capacity: Ints) -> Ints:
    """The most units a pool ever holds: one over its capacity, and never more than apply to its school."""
    if capacity.sum() <= 4 * stage.start.size:  # no plan beyond all reason: not worth the counting
        return capacity + 1
    return np.minimum(capacity, stage.applicants[seats.pool_school]) + 1


def _places(contest: Contest) -> tuple[Any, ...]:
    """Shift, places and their units, where a school's begin, the place of each application, whether it counts."""
    stage, ranks = contest.stage, contest.ranks
    if ranks.by_application is None:
        shift = max(1, int(ranks.single.size).bit_length())
        return shift, ranks.single, inverse(ranks.single), stage.start, ranks.single, False
    best = np.lexsort((ranks.by_application[stage.application], stage.school))
    place = np.empty(best.size, dtype=np.int64)
    place[best] = np.arange(best.size) - stage.school_start[stage.school[best]]
    shift = max(1, int(stage.applicants.max(initial=0)).bit_length())
    return shift, ranks.single, stage.unit[best], stage.school_start, place, True
