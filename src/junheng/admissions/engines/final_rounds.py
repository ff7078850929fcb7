"""The local last-seat rules skip and stop, with arrays: round k takes k-th wishes, each round final."""

import numpy as np

from junheng.admissions.assignment import NONE
from junheng.admissions.engines.contest import Contest, Held
from junheng.admissions.market import Flags, Ints


def decide_by_rounds(contest: Contest, units: str) -> Held:
    """Decide one stage by the rule ``skip`` (a unit too large is passed over) or ``stop`` (it closes the school)."""
    stage, seats, keys = contest.stage, contest.seats, contest.keys()
    at = np.full(contest.size.size, NONE, dtype=np.int64)
    pool = np.full(contest.size.size, NONE, dtype=np.int32)
    left, proposals, place = seats.pool_seats.copy(), 0, 0
    waiting = np.flatnonzero(contest.waiting)
    while (waiting := waiting[stage.start[waiting] + place < stage.start[waiting + 1]]).size:
        application = stage.start[waiting] + place
        proposals += waiting.size
        into = seats.pool_start[stage.school[application]]
        best = np.lexsort((keys[application], into))
        best = best[seats.admits[into[best], stage.klass[application[best]]]]
        scan = _stop if units == "stop" else _skip
        chosen = best[scan(into[best], contest.size[waiting[best]], left)]
        at[waiting[chosen]], pool[waiting[chosen]] = application[chosen], into[chosen]
        waiting, place = waiting[at[waiting] == NONE], place + 1
    return Held(at, pool, proposals)


def sum_before(group: Ints, weight: Ints) -> Ints:
    """The weight that stands before each member of its group; members of a group stand together."""
    before = np.cumsum(weight) - weight
    opens = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]])[: group.size])
    return before - np.repeat(before[opens], np.diff(opens, append=group.size))


def _stop(pool: Ints, size: Ints, left: Ints) -> Flags:
    """Admitted until the first that is larger than what is left; that one closes the school. Updates ``left``."""
    fits = sum_before(pool, size) + size <= left[pool]
    np.subtract.at(left, pool[fits], size[fits])
    left[pool[~fits]] = 0
    return fits


def _skip(pool: Ints, size: Ints, left: Ints) -> Flags:
    """Admitted wherever it still fits, those too large passed over. Updates ``left``."""
    admitted = np.zeros(pool.size, dtype=np.bool_)
    trying = np.arange(pool.size)
    while trying.size:
        fits = sum_before(pool[trying], size[trying]) + size[trying] <= left[pool[trying]]
        taking = trying[fits]
        admitted[taking] = True
        np.subtract.at(left, pool[taking], size[taking])
        trying = trying[~fits]
        trying = trying[size[trying] <= left[pool[trying]]]
    return admitted
