"""The certificate of an assignment: one cut-off for each pool and each school's leftovers.

A unit gets the first school of its list where a pool for its class lets its key pass: that sentence and these numbers
reproduce the whole result (docs/method/admission.md). ``certificate`` reads them off an assignment, ``derive`` gets
every result back from them alone, ``check_certificate`` says where the two differ.
"""

from dataclasses import dataclass

import numpy as np

from junheng.admissions.assignment import NONE, Assignment, Ranks
from junheng.admissions.leftovers import leftover_capacity
from junheng.admissions.market import AnyInts, Ints, Market, Seats

OPEN = np.int64(2**63 - 1)  # everybody passes
CLOSED = np.int64(-1)  # nobody does


@dataclass(frozen=True)
class Cutoffs:
    """Cut-offs of one kind of place [n]: of all pools, or of all schools' leftovers.

    ``limit``: the largest key that passes (OPEN, CLOSED, or the key of the worst unit admitted); ``worst``: that unit,
    NONE where there is none.
    """

    capacity: Ints
    taken: Ints
    limit: Ints
    worst: Ints


@dataclass(frozen=True)
class Certificate:
    """Cut-offs of every pool [P] and of every school's leftovers [S]; ``span`` is what a level of the keys weighs."""

    pools: Cutoffs
    leftovers: Cutoffs
    span: int


def certificate(market: Market, ranks: Ranks, assignment: Assignment) -> Certificate:
    """The cut-offs that explain ``assignment``, read off it.

    With the local last-seat rules (skip, stop) they are the worst unit admitted and prove nothing: only a re-run does.
    """
    held = assignment.application >= 0
    units = np.flatnonzero(held)
    taken = _weighed(assignment.pool[held], market.size[held], market.seats.pool_seats.size)
    capacity = pool_capacity(market.seats, taken)
    keys = held_keys(market, ranks, assignment)[units]
    pools = _cutoffs(units, assignment.pool[units], keys, capacity, taken)
    return Certificate(pools, _leftover_cutoffs(market, ranks, assignment), ranks.span)


def pool_capacity(seats: Seats, taken: Ints) -> Ints:
    """Capacity of every pool, given the seats taken: its own and what a ``next`` pool before it left unused [P]."""
    capacity = seats.pool_seats.copy()
    counts = np.diff(seats.pool_start)
    for place in range(1, int(counts.max(initial=0))):
        pool = seats.pool_start[:-1][counts > place] + place
        unused = np.maximum(capacity[pool - 1] - taken[pool - 1], 0)
        capacity[pool] += np.where(seats.passes_on[pool - 1], unused, 0)
    return capacity


def held_keys(market: Market, ranks: Ranks, assignment: Assignment) -> Ints:
    """The key of each unit at the school that holds it [U]; NONE where no wish was granted."""
    keys = np.full(len(market.units), NONE, dtype=np.int64)
    for index, stage in enumerate(market.stages):
        units = np.flatnonzero(assignment.stage == index)
        application = assignment.application[units]
        whole = stage.application.size == market.school.size
        place = application if whole else np.searchsorted(stage.application, application)
        own = ranks.single[units] if ranks.by_application is None else ranks.by_application[application]
        keys[units] = stage.level[place] * np.int64(ranks.span) + own
    return keys


def _leftover_cutoffs(market: Market, ranks: Ranks, assignment: Assignment) -> Cutoffs:
    count = market.seats.plan.size
    by_wish = assignment.application >= 0
    before = _weighed(assignment.school[by_wish], market.size[by_wish], count)
    units = np.flatnonzero((assignment.school >= 0) & ~by_wish)
    schools = assignment.school[units]
    taken = _weighed(schools, market.size[units], count)
    return _cutoffs(units, schools, ranks.single[units], leftover_capacity(market, before), taken)


def _weighed(place: AnyInts, weight: Ints, count: int) -> Ints:
    return np.bincount(place, weight, count).astype(np.int64)


def _cutoffs(units: Ints, place: AnyInts, key: Ints, capacity: Ints, taken: Ints) -> Cutoffs:
    largest = np.full(capacity.size, CLOSED, dtype=np.int64)
    np.maximum.at(largest, place, key)
    worst = np.full(capacity.size, NONE, dtype=np.int64)
    is_worst = key == largest[place]
    worst[place[is_worst]] = units[is_worst]
    is_full = taken >= capacity
    worst = np.where(is_full, worst, NONE)
    return Cutoffs(capacity, taken, np.where(is_full, largest, OPEN), worst)
