"""What an audit counts, as arrays and whole numbers; engines fill it and agree bit for bit.

Justified envy is judged by priority class and ticket alone, without the order of wishes: would a parent who compares two
children at a school see the one with the better class or number outside and the other inside?
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from junheng.admissions.assignment import Assignment, Ranks
from junheng.admissions.market import Flags, Ints, Market


@dataclass(frozen=True)
class Bearings:
    """What envy and waste are measured against. ``worst_key``, ``worst_class`` [P]: of the units a pool admitted.

    -1 where it admitted nobody. The key is class · span + ticket's place. ``empty`` [S]: seats of the plan that nobody
    has in the end.
    """

    span: int
    worst_key: Ints
    worst_class: Ints
    empty: Ints


@dataclass(frozen=True)
class Admitted:
    """Who was admitted by wish, pool by pool. ``key`` ascends within a pool; ``pool_at`` [P+1] marks the pools.

    ``children_before`` [n+1]: the children ahead of each place.
    """

    key: Ints
    children_before: Ints
    pool_at: Ints


@dataclass(frozen=True)
class Figures:
    """Per unit [U]: ``envious``, ``outranked`` (envy by class alone), ``claims`` an empty seat, ``passed_over``.

    ``passed_over``: seated in an earlier stage while a school of a later stage stands higher in the list.
    ``envy_schools``: (child, school) pairs with justified envy; ``envy_pairs``: (child, better placed child) pairs;
    ``outranked_schools``: (child, school) pairs by class alone. ``wanted`` [S]: children who claim a seat there.
    """

    envious: Flags
    outranked: Flags
    claims: Flags
    passed_over: Flags
    envy_schools: int
    envy_pairs: int
    outranked_schools: int
    wanted: Ints

    def same_as(self, other: "Figures") -> bool:
        """Whether both say the same of every unit and count the same."""
        arrays = ("envious", "outranked", "claims", "passed_over", "wanted")
        counts = ("envy_schools", "envy_pairs", "outranked_schools")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in arrays) and all(
            getattr(self, name) == getattr(other, name) for name in counts
        )


@dataclass(frozen=True)
class Question:
    """A market, the order by lot and the assignment to audit."""

    market: Market
    ranks: Ranks
    assignment: Assignment

    @cached_property
    def place(self) -> Ints:
        """The ticket's place of every application [A], or of every unit [U] where tickets are single."""
        return self.ranks.single if self.ranks.by_application is None else self.ranks.by_application

    @cached_property
    def _held(self) -> tuple[Ints, Ints, Ints]:
        """Units admitted by wish, their key by class and ticket, and their pool."""
        units = np.flatnonzero(self.assignment.application >= 0)
        application = self.assignment.application[units]
        order = self.place[application if self.ranks.by_application is not None else units]
        klass = self.market.klass[application].astype(np.int64)
        return units, klass * np.int64(self.ranks.span) + order, self.assignment.pool[units].astype(np.int64)

    @cached_property
    def bearings(self) -> Bearings:
        """The worst admitted by class and ticket, and the seats left empty."""
        _, key, pool = self._held
        worst = np.full(self.market.seats.pool_seats.size, -1, dtype=np.int64)
        np.maximum.at(worst, pool, key)
        return Bearings(
            span=self.ranks.span,
            worst_key=worst,
            worst_class=np.where(worst < 0, -1, worst // self.ranks.span),
            empty=np.maximum(self.market.seats.plan - self.assignment.taken(self.market), 0),
        )

    @cached_property
    def admitted(self) -> Admitted:
        """The admitted in order; looked at only where somebody envies."""
        units, key, pool = self._held
        width = np.int64(int(key.max(initial=0)) + 1)
        by = np.argsort(pool * width + key)  # no two are equal: a ticket's place occurs once
        counts = np.bincount(pool, minlength=self.market.seats.pool_seats.size)
        children = np.cumsum(self.market.size[units][by], dtype=np.int64)
        return Admitted(
            key=key[by],
            children_before=np.concatenate([[0], children]),
            pool_at=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        )
