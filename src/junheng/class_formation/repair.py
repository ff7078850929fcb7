"""Mending a serpentine deal where twins were parted or children met who must not: nearest exchanges.

docs/method/class_formation.md §7. Sexes and sizes of classes never change; each exchange takes the child of the same
sex whose place in the ranking is nearest.
"""

from collections.abc import Sequence

from junheng.class_formation.group import Group
from junheng.class_formation.refusals import refused


def repair(group: Group, dealt: Sequence[int], position: list[int]) -> list[int]:
    """``position`` of each child with everyone together and apart as asked. ``dealt``: children in list order.

    UserError: no exchange mends it.
    """
    mender = _Mender(group, dealt, position)
    bound = [sorted(unit.members, key=mender.place.__getitem__) for unit in group.units if unit.heads > 1]
    for members in sorted(bound, key=lambda found: mender.place[found[0]]):
        mender.bring_together(members)
    for m in dealt:
        mender.part(m)
    return mender.position


class _Mender:
    def __init__(self, group: Group, dealt: Sequence[int], position: list[int]) -> None:
        self.group = group
        self.dealt = dealt
        self.position = list(position)
        self.place = {m: place for place, m in enumerate(dealt)}
        self.apart = [frozenset(row["apart"]) for row in group.rows]
        self.loose = [False] * len(group.rows)
        for unit in group.units:
            if unit.heads == 1:
                self.loose[unit.members[0]] = True

    def bring_together(self, members: Sequence[int]) -> None:
        """All ``members`` into the class of the first."""
        home = self.position[members[0]]
        for m in members[1:]:
            if self.position[m] != home:
                self._exchange(m, [q for q in self.dealt if self.position[q] == home], members)

    def part(self, m: int) -> None:
        """Exchange until nobody of an earlier place in the class of ``m`` shares an apart id with it."""
        while (e := self._met(m)) is not None:
            mover = m if self.loose[m] else e
            elsewhere = [q for q in self.dealt if self.position[q] != self.position[m]]
            self._exchange(mover, elsewhere if self.loose[mover] else [], [e, m])

    def _met(self, m: int) -> int | None:
        if not self.apart[m]:
            return None
        before = self.dealt[: self.place[m]]
        return next((e for e in before if self._together(e, m) and self.apart[e] & self.apart[m]), None)

    def _together(self, x: int, y: int) -> bool:
        return self.position[x] == self.position[y]

    def _exchange(self, m: int, partners: Sequence[int], named: Sequence[int]) -> None:
        """Exchange ``m`` with the nearest fitting partner, or refuse naming ``named``."""
        sex = self.group.rows[m]["sex"]
        fitting = [
            q for q in partners if self.loose[q] and self.group.rows[q]["sex"] == sex and self._fits(m, q)
        ]
        if not fitting:
            raise refused(
                "S 形编班后无法用相邻同性别学生对调来满足“同班”或“分开”",
                "after the serpentine no exchange with a child of the same sex keeps these together or apart",
                self.group.name,
                [str(self.group.rows[x]["pid"]) for x in named],
            )
        q = min(fitting, key=lambda q: (abs(self.place[q] - self.place[m]), self.place[q]))
        self.position[m], self.position[q] = self.position[q], self.position[m]

    def _fits(self, m: int, q: int) -> bool:
        """Whether neither meets anyone it must not in the other's class."""
        return not self._meets(m, q) and not self._meets(q, m)

    def _meets(self, newcomer: int, leaver: int) -> bool:
        apart = self.apart[newcomer]
        if not apart:
            return False
        there = (x for x in self.dealt if x != leaver and self._together(x, leaver))
        return any(apart & self.apart[x] for x in there)
