"""Children by a flag of their rows (sex, residence …); what is not stated is a group of its own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.admissions.audit.publication import hide_small
from junheng.admissions.market import Ints
from junheng.basics import Text

NOT_STATED = Text("未填", "not stated")


@dataclass(frozen=True)
class Group:
    """A partition of the roll. ``member`` [R]: the place in ``labels`` of every row."""

    name: str
    labels: tuple[Text, ...]
    member: Ints


@dataclass(frozen=True)
class GroupCounts:
    """Children of each label: ``outcomes`` by outcome (the audit's columns), ``envious``, ``outranked``, ``children``."""

    name: str
    labels: tuple[Text, ...]
    outcomes: tuple[tuple[int, ...], ...]
    envious: tuple[int, ...]
    outranked: tuple[int, ...]

    @property
    def children(self) -> tuple[int, ...]:
        """All children of each label."""
        return tuple(sum(row) for row in self.outcomes)

    def shown(
        self, smallest: int | None
    ) -> tuple[list[list[int | None]], list[int | None], list[int | None], list[int | None]]:
        """Outcomes, envious, outranked and children of each label; small cells None unless ``smallest`` is None."""
        if smallest is None:
            return (
                [list(row) for row in self.outcomes],
                list(self.envious),
                list(self.outranked),
                list(self.children),
            )
        children = hide_small([self.children], smallest)[0]
        # A label whose size is hidden is hidden whole: its row would add up to the size.
        unsized = {index for index, size in enumerate(children) if size is None}
        outcomes = hide_small(self.outcomes, smallest, unsized)
        envious, outranked = (
            self._two(counts, smallest, unsized) for counts in (self.envious, self.outranked)
        )
        return outcomes, envious, outranked, children

    def _two(self, counts: Sequence[int], smallest: int, unsized: Collection[int]) -> list[int | None]:
        """Counts hidden where they, or what is left of the group, are small."""
        pairs = [(count, size - count) for count, size in zip(counts, self.children, strict=True)]
        return [row[0] for row in hide_small(pairs, smallest, unsized)]


def flag_group(
    rows: Sequence[Mapping[str, Any]], name: str, labels: Mapping[int | str, Text] | None = None
) -> Group:
    """The rows by the flag ``name``; ``labels`` name its values (default: the value itself)."""
    values = [row.get("flags", {}).get(name) for row in rows]
    known = sorted(
        {value for value in values if value is not None}, key=lambda value: (str(type(value)), value)
    )
    names = labels or {}
    found = tuple(names.get(value, Text(str(value), str(value))) for value in known)
    place = {value: index for index, value in enumerate(known)}
    member = np.array([place.get(value, len(known)) for value in values], dtype=np.int64)
    return Group(name, (*found, NOT_STATED), member)


def count_groups(group: Group, outcome: Ints, outcomes: int, envious: Ints, outranked: Ints) -> GroupCounts:
    """Counts of ``group``. ``outcome`` [R] is each child's outcome, ``envious`` and ``outranked`` [R] are 0 or 1."""
    size = len(group.labels)
    table = np.bincount(group.member * outcomes + outcome, minlength=size * outcomes).reshape(size, outcomes)
    used = [index for index in range(size) if table[index].any()]
    sums = [np.bincount(group.member, flags, size).astype(np.int64) for flags in (envious, outranked)]
    return GroupCounts(
        name=group.name,
        labels=tuple(group.labels[index] for index in used),
        outcomes=tuple(tuple(int(count) for count in table[index]) for index in used),
        envious=tuple(int(sums[0][index]) for index in used),
        outranked=tuple(int(sums[1][index]) for index in used),
    )
