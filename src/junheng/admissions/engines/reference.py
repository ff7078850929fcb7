"""The legal definition of the assignment, in plain Python: slow, obvious; the others must equal it.

Deferred acceptance: every unit without a seat proposes to the next school of its list; every school keeps the best it
can by the choice rule and rejects the rest for good; until nobody proposes. The local last-seat rules ``skip`` and
``stop`` go round by round instead, every round final.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from junheng.admissions.assignment import NONE
from junheng.admissions.engines.contest import Contest, Held

Candidate = tuple[int, int, int]  # key, unit, application: sorted, the best first


class Reference:
    """One stage, with the arrays as plain lists."""

    def __init__(self, contest: Contest) -> None:
        self.start: list[int] = contest.stage.start.tolist()
        self.school: list[int] = contest.stage.school.tolist()
        self.klass: list[int] = contest.stage.klass.tolist()
        self.key: list[int] = contest.keys().tolist()
        self.size: list[int] = contest.size.tolist()
        self.pool_start: list[int] = contest.seats.pool_start.tolist()
        self.pool_seats: list[int] = contest.seats.pool_seats.tolist()
        self.passes_on: list[bool] = contest.seats.passes_on.tolist()
        self.admits: list[list[bool]] = contest.seats.admits.tolist()
        self.units: list[int] = np.flatnonzero(contest.waiting).tolist()
        self.pool_of: dict[int, int] = {}  # unit → the pool that holds it

    def choose(self, school: int, candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
        """Kept and rejected: pools in the order written, each in key order while seats taken < capacity."""
        kept, waiting, left_over = [], sorted(candidates), 0
        for pool in range(self.pool_start[school], self.pool_start[school + 1]):
            capacity, taken, rejected = self.pool_seats[pool] + left_over, 0, []
            for key, unit, application in waiting:
                if taken < capacity and self.admits[pool][self.klass[application]]:
                    kept.append((key, unit, application))
                    self.pool_of[unit] = pool
                    taken += self.size[unit]
                else:
                    rejected.append((key, unit, application))
            left_over = max(0, capacity - taken) if self.passes_on[pool] else 0
            waiting = rejected
        return kept, waiting

    def deferred_acceptance(self) -> tuple[list[Candidate], int]:
        """The candidates that hold a seat when nobody proposes any more, and the number of proposals."""
        held: dict[int, list[Candidate]] = defaultdict(list)
        following = {unit: self.start[unit] for unit in self.units}
        proposing, proposals = self.units, 0
        while proposing:
            arrivals: dict[int, list[Candidate]] = defaultdict(list)
            for unit in proposing:
                application = following[unit]
                if application < self.start[unit + 1]:
                    arrivals[self.school[application]].append((self.key[application], unit, application))
                    following[unit] += 1
                    proposals += 1
            proposing = []
            for school, candidates in arrivals.items():
                held[school], rejected = self.choose(school, held[school] + candidates)
                proposing += [unit for _, unit, _ in rejected]
        return [candidate for kept in held.values() for candidate in kept], proposals

    def rounds(self, stops: bool) -> tuple[list[Candidate], int]:
        """Round k takes k-th wishes for good; a unit larger than the seats left is passed over, or stops all."""
        left, held, waiting, proposals, place = list(self.pool_seats), [], self.units, 0, 0
        while waiting := [u for u in waiting if self.start[u] + place < self.start[u + 1]]:
            standing = [(self.key[self.start[u] + place], u, self.start[u] + place) for u in waiting]
            proposals += len(standing)
            for key, unit, application in sorted(standing):
                pool = self.pool_start[self.school[application]]
                if not self.admits[pool][self.klass[application]]:
                    continue
                if self.size[unit] <= left[pool]:
                    held.append((key, unit, application))
                    self.pool_of[unit] = pool
                    left[pool] -= self.size[unit]
                elif stops:
                    left[pool] = 0
            waiting, place = [u for u in waiting if u not in self.pool_of], place + 1
        return held, proposals


def decide(contest: Contest, units: str) -> Held:
    """Decide one stage; ``units``: overflow, skip or stop."""
    reference = Reference(contest)
    deferred = units == "overflow"
    held, proposals = reference.deferred_acceptance() if deferred else reference.rounds(units == "stop")
    at = np.full(contest.size.size, NONE, dtype=np.int64)
    pool = np.full(contest.size.size, NONE, dtype=np.int32)
    for _, unit, application in held:
        at[unit], pool[unit] = application, reference.pool_of[unit]
    return Held(at, pool, proposals)
