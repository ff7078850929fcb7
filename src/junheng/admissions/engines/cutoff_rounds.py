"""The numpy engine: everybody proposes at once, cut-offs fall, whoever misses one moves on.

In each round only the schools that got a proposal choose again, all of them in one sort. A school's cut-off for a class
is the best key its pools for that class would still refuse: a unit skips every school whose cut-off it misses, because
rejections are for good (docs/method/admission.md).
"""

from dataclasses import dataclass, field

import numpy as np

from junheng.admissions.assignment import NONE
from junheng.admissions.certificate import CLOSED, OPEN
from junheng.admissions.engines.contest import Contest, Held, proposals_of
from junheng.admissions.engines.final_rounds import decide_by_rounds, sum_before
from junheng.admissions.market import Flags, Ints, SmallInts


def decide(contest: Contest, units: str) -> Held:
    """Decide one stage; ``units``: overflow, skip or stop."""
    if units != "overflow":
        return decide_by_rounds(contest, units)
    rounds = _Rounds(contest)
    proposing = rounds.advance(np.flatnonzero(contest.waiting))
    while proposing.size:
        proposing = rounds.advance(rounds.choose_again(proposing))
    at = np.where(rounds.school >= 0, rounds.at, NONE)
    return Held(at, rounds.pool, proposals_of(contest, at))


@dataclass
class _Rounds:
    """The state: where every unit stands [U], and what every school still takes of each class [S, C]."""

    contest: Contest
    at: Ints = field(init=False)
    school: SmallInts = field(init=False)
    pool: SmallInts = field(init=False)
    limit: Ints = field(init=False)
    keys: Ints = field(init=False)

    def __post_init__(self) -> None:
        contest, count = self.contest, self.contest.size.size
        self.at = contest.stage.start[:-1].copy()
        self.school = np.full(count, NONE, dtype=np.int32)
        self.pool = np.full(count, NONE, dtype=np.int32)
        self.limit = np.full((contest.seats.plan.size, contest.seats.admits.shape[1]), OPEN)
        self.keys = contest.keys()

    def advance(self, units: Ints) -> Ints:
        """Move ``units`` from where they stand to the next school that would not refuse them at once.

        Those at the end of their list drop out; the others are returned, standing at their school.
        """
        stage, arrived = self.contest.stage, []
        while units.size:
            units = units[self.at[units] < stage.start[units + 1]]
            application = self.at[units]
            school = stage.school[application]
            passes = self.keys[application] <= self.limit[school, stage.klass[application]]
            arrived.append(units[passes])
            self.school[arrived[-1]] = school[passes]
            units = units[~passes]
            self.at[units] += 1
        return np.concatenate(arrived) if arrived else units

    def choose_again(self, proposing: Ints) -> Ints:
        """Let the schools of ``proposing`` choose among all who stand there; the rejected, moved one on."""
        touched = np.zeros(self.contest.seats.plan.size + 1, dtype=np.bool_)
        touched[self.school[proposing]] = True  # the last place stands for no school and stays False
        units = np.flatnonzero(touched[self.school])
        units = units[self._order(units)]
        crowd = _Crowd(self, units)
        rejected = units[~crowd.choose()]
        self._tighten(np.flatnonzero(touched[:-1]), crowd.pool_limit)
        self.school[rejected] = NONE
        self.pool[rejected] = NONE
        self.at[rejected] += 1
        return rejected

    def _order(self, units: Ints) -> Ints:
        """School by school, the best key first."""
        key, school = self.keys[self.at[units]], self.school[units]
        span = int(key.max(initial=0)) + 1
        if span * self.limit.shape[0] < OPEN:
            return np.argsort(school * np.int64(span) + key)
        return np.lexsort((key, school))

    def _tighten(self, schools: Ints, pool_limit: Ints) -> None:
        """The new limit of ``schools`` for each class: the largest of the pools that admit it."""
        seats = self.contest.seats
        self.limit[schools] = CLOSED
        counts = np.diff(seats.pool_start)[schools]
        for place in range(int(counts.max(initial=0))):
            here = schools[counts > place]
            pool = seats.pool_start[here] + place
            offered = np.where(seats.admits[pool], pool_limit[pool, None], CLOSED)
            self.limit[here] = np.maximum(self.limit[here], offered)


class _Crowd:
    """Units at some schools, sorted by school and key, and the choice rule for all of them at once."""

    def __init__(self, rounds: _Rounds, units: Ints) -> None:
        contest = rounds.contest
        self.rounds, self.units, self.seats = rounds, units, contest.seats
        application = rounds.at[units]
        self.klass, self.key = contest.stage.klass[application], rounds.keys[application]
        self.size = contest.size[units]
        self.school = rounds.school[units]
        self.pool_limit = np.full(contest.seats.pool_seats.size, OPEN)

    def choose(self) -> Flags:
        """Which units are kept; sets their pool and every pool's limit. Pools in the order written."""
        kept = np.zeros(self.units.size, dtype=np.bool_)
        seats = self.seats
        capacity, counts = seats.pool_seats.copy(), np.diff(seats.pool_start)
        schools = np.unique(self.school)
        for place in range(int(counts[schools].max(initial=0))):
            pools = seats.pool_start[schools[counts[schools] > place]] + place
            standing = np.flatnonzero(~kept & (counts[self.school] > place))
            pool = seats.pool_start[self.school[standing]] + place
            admitted = seats.admits[pool, self.klass[standing]]
            chosen, taken = self._fill(standing[admitted], pool[admitted], capacity)
            kept[chosen] = True
            unused = np.maximum(capacity[pools] - taken[pools], 0)
            self.pool_limit[pools[(unused == 0) & (taken[pools] == 0)]] = CLOSED
            onward = seats.passes_on[pools] & (seats.pool_start[seats.pool_school[pools] + 1] > pools + 1)
            capacity[pools[onward] + 1] += unused[onward]
        return kept

    def _fill(self, standing: Ints, pool: Ints, capacity: Ints) -> tuple[Ints, Ints]:
        """Those of ``standing`` (sorted by pool and key) whose betters leave a seat; seats taken by pool [P]."""
        fits = sum_before(pool, self.size[standing]) < capacity[pool]
        chosen, into = standing[fits], pool[fits]
        self.rounds.pool[self.units[chosen]] = into
        taken = np.bincount(into, self.size[chosen], capacity.size).astype(np.int64)
        # Sorted by key: of the keys written to one place the last, the worst, stays.
        self.pool_limit[into] = np.where(taken[into] >= capacity[into], self.key[chosen], OPEN)
        return chosen, taken
