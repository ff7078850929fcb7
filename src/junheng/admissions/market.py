"""The applications and seats of one draw as arrays of integers: what engines, audit and chance compute on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.admissions.problem import Problem

Ints = npt.NDArray[np.int64]
AnyInts = npt.NDArray[np.integer[Any]]
SmallInts = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Seats:
    """The schools' side. S schools in the spec's order, P pools (school by school, as written), C classes.

    ``pool_start`` [S+1]; ``pool_seats``, ``passes_on`` (unfilled: next) [P]; ``admits`` [P, C]; ``plan``, ``stage``
    (index of the stage) [S].
    """

    plan: Ints
    stage: SmallInts
    pool_start: Ints
    pool_seats: Ints
    passes_on: Flags
    admits: Flags

    @cached_property
    def pool_school(self) -> SmallInts:
        """The school of each pool [P]."""
        return np.repeat(np.arange(self.plan.size, dtype=np.int32), np.diff(self.pool_start))


@dataclass(frozen=True)
class Stage:
    """One stage of a market: the applications to its schools, unit by unit, in the order of wishes.

    ``schools``: S of the whole market; ``start`` [U+1]; ``application`` (index in the market's arrays), ``school``,
    ``klass``, ``level`` [a].
    ``level`` holds band and class as one number in the key's order: smaller is better, the ticket decides within.
    """

    schools: int
    start: Ints
    application: Ints
    school: SmallInts
    klass: npt.NDArray[np.int16]
    level: SmallInts

    @cached_property
    def wish(self) -> SmallInts:
        """School and level side by side [a, 2]: read together, one after another."""
        return np.stack([self.school, self.level], axis=1)

    @cached_property
    def applicants(self) -> Ints:
        """How many apply to each school [S]."""
        return np.bincount(self.school, minlength=self.schools)

    @cached_property
    def school_start(self) -> Ints:
        """Where each school begins, were the applications put school by school [S+1]."""
        return np.concatenate([[0], np.cumsum(self.applicants)])

    @cached_property
    def unit(self) -> SmallInts:
        """The unit of each application [a]."""
        return np.repeat(np.arange(self.start.size - 1, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True)
class Market:
    """U units with A applications over R rows (children); indices everywhere, names only in ``units``, ``pids``.

    ``pids`` and ``row_unit`` [R] follow the roll; ``units`` [U] ascend; ``size`` [U]: children of a unit; ``start``
    [U+1] marks each unit's applications in ``school`` and ``klass`` [A], in the order of wishes. ``klass`` is the place
    of the class in ``codes``. ``fallback`` with ``fallback_start`` [U+1]: schools for leftovers (none: all).
    """

    problem: Problem
    pids: Sequence[str]
    row_unit: Ints
    units: Sequence[str]
    size: Ints
    start: Ints
    school: SmallInts
    klass: npt.NDArray[np.int16]
    fallback_start: Ints
    fallback: SmallInts

    @cached_property
    def codes(self) -> tuple[int, ...]:
        """The class codes ascending: the smaller goes first."""
        return tuple(sorted(entry.code for entry in self.problem.classes))

    @cached_property
    def school_ids(self) -> tuple[str, ...]:
        """The schools in the spec's order."""
        return tuple(school.id for school in self.problem.schools)

    @cached_property
    def pool_ids(self) -> tuple[str, ...]:
        """The pools of all schools, school by school."""
        return tuple(pool.id for school in self.problem.schools for pool in school.pools)

    @cached_property
    def choice(self) -> SmallInts:
        """The place of each application in its row's list, from 0 [A]."""
        lengths = np.diff(self.start)
        return (np.arange(self.school.size) - np.repeat(self.start[:-1], lengths)).astype(np.int32)

    @cached_property
    def applicant(self) -> SmallInts:
        """The unit of each application [A]."""
        return np.repeat(np.arange(len(self.units), dtype=np.int32), np.diff(self.start))

    @cached_property
    def seats(self) -> Seats:
        """The schools' side as arrays."""
        return seats_of(self.problem)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The market cut into its stages, in their order."""
        return tuple(self._stage(index) for index in range(len(self.problem.stages)))

    def _stage(self, index: int) -> Stage:
        if len(self.problem.stages) == 1:
            start, application = self.start, np.arange(self.school.size)
            return self._leveled(start, application, self.school, self.klass, self.choice)
        inside = self.seats.stage[self.school] == index
        application = np.flatnonzero(inside)
        start = np.concatenate([[0], np.cumsum(inside, dtype=np.int64)])[self.start]
        place = (np.arange(application.size) - start[:-1][self.applicant[application]]).astype(np.int32)
        return self._leveled(start, application, self.school[application], self.klass[application], place)

    def _leveled(
        self,
        start: Ints,
        application: Ints,
        school: SmallInts,
        klass: npt.NDArray[np.int16],
        place: SmallInts,
    ) -> Stage:
        width = min(
            self.problem.band_width, max(1, len(self.problem.schools))
        )  # more choices there cannot be
        band = place // np.int32(width)
        if self.problem.is_class_first:
            level = klass * np.int32(int(band.max(initial=0)) + 1) + band
        else:
            level = band * np.int32(len(self.codes)) + klass
        schools = len(self.problem.schools)
        return Stage(schools, start, application, school, klass, level.astype(np.int32, copy=False))


def seats_of(problem: Problem) -> Seats:
    """The schools of ``problem`` as arrays."""
    codes = sorted(entry.code for entry in problem.classes)
    stage_of = {name: index for index, stage in enumerate(problem.stages) for name in stage.schools}
    pools = [pool for school in problem.schools for pool in school.pools]
    counts = [len(school.pools) for school in problem.schools]
    admits = [[not pool.classes or code in pool.classes for code in codes] for pool in pools]
    return Seats(
        plan=_ints(school.plan for school in problem.schools),
        stage=np.array([stage_of[school.id] for school in problem.schools], dtype=np.int32),
        pool_start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        pool_seats=_ints(pool.seats for pool in pools),
        passes_on=np.array([pool.unfilled == "next" for pool in pools], dtype=np.bool_),
        admits=np.array(admits, dtype=np.bool_),
    )


def _ints(values: Any) -> Ints:
    return np.array(list(values), dtype=np.int64)
