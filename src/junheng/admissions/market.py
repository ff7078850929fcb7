"""The applications and seats of one draw as arrays of integers, for engines, audit and chances."""

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
class Levels:
    """How band and class become one number: smaller is better, the ticket decides within.

    ``width``: wishes in a band; ``classes``: how many there are; ``is_class_first``: the class weighs more.
    """

    width: int
    classes: int
    is_class_first: bool


@dataclass(frozen=True)
class Stage:
    """One stage of a market: the applications to its schools, unit by unit, in the order of wishes.

    ``start`` [U+1]; ``application`` (index in the market's arrays), ``school``, ``klass`` [a]. ``schools``: S of the whole
    market, for those of other stages nobody applies here.
    """

    schools: int
    start: Ints
    application: Ints
    school: SmallInts
    klass: npt.NDArray[np.int16]
    levels: Levels

    @cached_property
    def level(self) -> SmallInts:
        """Band and class of each application as one number [a]."""
        level = self.klass.astype(np.int32)
        longest = int(np.diff(self.start).max(initial=0))
        bands = -(-longest // self.levels.width)
        if bands > 1:
            band = places(self.start) // np.int32(self.levels.width)
            first, second = (level, band) if self.levels.is_class_first else (band, level)
            level = first * np.int32(bands if self.levels.is_class_first else self.levels.classes) + second
        return level

    @cached_property
    def wish(self) -> SmallInts:
        """School and level side by side [a, 2]: read together, one after another."""
        found = np.empty((self.school.size, 2), dtype=np.int32)
        found[:, 0], found[:, 1] = self.school, self.level
        return found

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
        return owners(self.start)


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
        return places(self.start)

    @cached_property
    def applicant(self) -> SmallInts:
        """The unit of each application [A]."""
        return owners(self.start)

    @cached_property
    def seats(self) -> Seats:
        """The schools' side as arrays."""
        return seats_of(self.problem)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The market cut into its stages, in their order."""
        return tuple(self._stage(index) for index in range(len(self.problem.stages)))

    def _stage(self, index: int) -> Stage:
        schools, problem = len(self.problem.schools), self.problem
        # No list is longer than there are schools: a wider band is that wide.
        levels = Levels(min(problem.band_width, schools), len(self.codes), problem.is_class_first)
        if len(problem.stages) == 1:
            everything = np.arange(self.school.size)
            return Stage(schools, self.start, everything, self.school, self.klass, levels)
        inside = self.seats.stage[self.school] == index
        application = np.flatnonzero(inside)
        start = np.concatenate([[0], np.cumsum(inside, dtype=np.int64)])[self.start]
        return Stage(schools, start, application, self.school[application], self.klass[application], levels)


def places(start: Ints) -> SmallInts:
    """The place of each member in its own list, from 0; lists begin at ``start``."""
    total = int(start[-1])
    return np.arange(total, dtype=np.int32) - np.repeat(start[:-1].astype(np.int32), np.diff(start))


def owners(start: Ints) -> SmallInts:
    """Whose list each member stands in; lists begin at ``start``."""
    return np.repeat(np.arange(start.size - 1, dtype=np.int32), np.diff(start))


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
