"""What an engine is given and what it returns: one stage, as arrays, and who holds a seat at its end."""

from dataclasses import dataclass

import numpy as np

from junheng.admissions.assignment import Ranks
from junheng.admissions.market import Flags, Ints, Seats, SmallInts, Stage


@dataclass(frozen=True)
class Contest:
    """One stage to decide. ``size`` [U] children of a unit; ``waiting`` [U]: units without a seat so far."""

    stage: Stage
    seats: Seats
    size: Ints
    ranks: Ranks
    waiting: Flags

    def keys(self) -> Ints:
        """The key (band, class, ticket) of every application as one integer, smaller is better [a]."""
        ranks, stage = self.ranks, self.stage
        own = ranks.by_application
        place = ranks.single[stage.unit] if own is None else own[stage.application]
        return stage.level * np.int64(ranks.span) + place


@dataclass(frozen=True)
class Held:
    """Per unit [U]: ``at`` the stage's application that holds, ``pool`` where; NONE without a seat."""

    at: Ints
    pool: SmallInts
    proposals: int


def proposals_of(contest: Contest, at: Ints) -> int:
    """Proposals made when all is decided: the wishes down to the one held, or the whole list."""
    start = contest.stage.start
    made = np.where(at >= 0, at + 1 - start[:-1], np.diff(start))
    return int(made[contest.waiting].sum())
