"""An assignment: for every unit its school, wish, pool and stage; and the order that decided it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.admissions.market import Ints, Market, SmallInts

NONE = -1
Lot = Callable[[int, Sequence[int]], Sequence[int]]


@dataclass(frozen=True)
class Ranks:
    """The order by lot. ``single`` [U]: place of each unit, 0 first, each place once.

    ``by_application`` [A]: the place of each application's own ticket, where tickets are per school. ``lot`` (unit,
    schools) → the schools in the unit's leftover order, where leftovers go by lot.
    """

    single: Ints
    by_application: Ints | None = None
    lot: Lot | None = None

    @property
    def span(self) -> int:
        """One more than the largest place: a level weighs this much."""
        values = self.single if self.by_application is None else self.by_application
        return int(values.max(initial=0)) + 1


def granted(market: Market, application: Ints) -> tuple[SmallInts, SmallInts]:
    """School and place in the list of each unit's granted application; NONE without one [U], [U]."""
    held = application >= 0
    if not application.size or not market.school.size:
        return np.full(application.size, NONE, dtype=np.int32), np.full(
            application.size, NONE, dtype=np.int32
        )
    school = np.where(held, market.school[application], np.int32(NONE))  # NONE reads the last one, unused
    choice = np.where(held, application - market.start[:-1], NONE).astype(np.int32)
    return school, choice


@dataclass(frozen=True)
class Assignment:
    """Arrays per unit [U], ``NONE`` (-1) where there is none.

    ``application``: index in the market's applications (NONE for leftovers); ``school``; ``choice``: place in the row's
    list from 0 (NONE for leftovers); ``pool``: index over all pools; ``stage``: index, ``len(stages)`` for leftovers.
    ``proposals``: (unit, school) proposals in all stages, a checksum independent of the order of processing.
    """

    application: Ints
    school: SmallInts
    choice: SmallInts
    pool: SmallInts
    stage: SmallInts
    proposals: int

    def taken(self, market: Market) -> Ints:
        """Seats taken at each school, leftovers included [S]."""
        placed = self.school >= 0
        counts = np.bincount(self.school[placed], market.size[placed], market.seats.plan.size)
        return counts.astype(np.int64)

    def same_as(self, other: "Assignment") -> bool:
        """Whether both say the same of every unit, and count the same proposals."""
        names = ("application", "school", "choice", "pool", "stage")
        equal = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)
        return equal and self.proposals == other.proposals
