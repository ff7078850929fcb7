"""The start: units dealt by lot, stratum by stratum, to the class that has least of what they bring.

docs/method/class_formation.md §4. Units with ties (twins, children to keep apart) come first, by depth-first
search, so that a layout is found wherever one exists within the step limit; the others need no search.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from junheng.class_formation.group import Group, Unit
from junheng.class_formation.refusals import refused

STEP_LIMIT = 100_000
Key = tuple[int, ...]


@dataclass(slots=True)
class Counts:
    """What each position holds so far."""

    load: list[int]
    boys: list[int]
    girls: list[int]
    specials: list[int]

    def add(self, unit: Unit, position: int, sign: int = 1) -> None:
        """Put ``unit`` into ``position`` (sign -1: take it out again)."""
        self.load[position] += sign * unit.load
        self.boys[position] += sign * unit.boys
        self.girls[position] += sign * unit.girls
        self.specials[position] += sign * unit.specials


class Deal:
    """One deal of a group's units, given in ticket order; ``position[i]`` of the unit with index i."""

    def __init__(self, group: Group, order: Sequence[int], *, stratified: bool) -> None:
        self.units = [group.units[u] for u in order]
        index = {u: i for i, u in enumerate(order)}
        self.rivals = [sorted(index[v] for v in group.rivals[u]) for u in order]
        self.group = group
        k = group.plan.classes
        self.counts = Counts([0] * k, [0] * k, [0] * k, [0] * k)
        self.position = [-1] * len(order)
        self._stratified = stratified
        # A boy's share of the relief: boys are evened out together with it (E of the text).
        self._boys = sum(unit.boys for unit in self.units)
        self._known = self._boys + sum(unit.girls for unit in self.units)

    def run(self) -> list[int]:
        """Deal everything. UserError when the tied units find no places."""
        tied = [i for i, unit in enumerate(self.units) if unit.heads > 1 or self.rivals[i]]
        tied.sort(key=lambda i: (-self.units[i].heads, -len(self.rivals[i]), i))
        self._search(tied)
        specials, *others = self._strata(set(tied))
        for i in specials:
            self._place(i, min(range(self.group.plan.classes), key=partial(self.key, self.units[i])))
        for stratum in others:
            self._pour(stratum)
        return self.position

    def key(self, unit: Unit, p: int) -> Key:
        """How unwelcome ``unit`` is in position ``p``; the smallest key gets it."""
        counts = self.counts
        if not self._stratified:
            return (counts.load[p], p)
        if unit.specials:
            alike = counts.boys if unit.boys == unit.heads else counts.girls
            return (counts.specials[p], alike[p], counts.load[p], p)
        if unit.boys == unit.heads:
            share = self.group.relief * self._boys * counts.specials[p]
            return (self._known * counts.boys[p] + share, counts.load[p], p)
        return (counts.load[p], counts.girls[p], p)

    def _strata(self, tied: set[int]) -> Iterable[list[int]]:
        rest = [i for i in range(len(self.units)) if i not in tied]
        if not self._stratified:
            return [[], rest]
        strata: list[list[int]] = [[], [], [], []]
        for i in rest:
            unit = self.units[i]
            strata[0 if unit.specials else 1 if unit.boys else 2 if unit.girls else 3].append(i)
        return strata

    def _pour(self, stratum: Sequence[int]) -> None:
        """Deal single, unconnected units of one sort: only the class that got one changes its key."""
        if not stratum:
            return
        kind = self.units[stratum[0]]
        heap = [self.key(kind, p) for p in range(len(self.counts.load))]
        heapq.heapify(heap)
        for i in stratum:
            p = heap[0][-1]
            self.position[i] = p
            self.counts.add(self.units[i], p)
            heapq.heapreplace(heap, self.key(kind, p))

    def _search(self, tied: Sequence[int]) -> None:
        """Place the tied units, going back where somebody finds no class."""
        choices: list[list[int]] = []
        depth, deepest, steps = 0, -1, 0
        while depth < len(tied):
            i = tied[depth]
            if depth == len(choices):
                choices.append(self._allowed(i))
                if not choices[depth]:
                    deepest = max(deepest, depth)
            if choices[depth]:
                steps += 1
                if steps > STEP_LIMIT:
                    break
                self._place(i, choices[depth].pop(0))
                depth += 1
                continue
            choices.pop()
            depth -= 1
            if depth < 0:
                break
            self._take_back(tied[depth])
        if depth < len(tied):
            raise self._no_place(tied[max(deepest, 0)], gave_up=steps > STEP_LIMIT)

    def _allowed(self, i: int) -> list[int]:
        """Positions without a rival, best first."""
        taken = {self.position[r] for r in self.rivals[i]}
        unit = self.units[i]
        free = (p for p in range(len(self.counts.load)) if p not in taken)
        return sorted(free, key=lambda p: self.key(unit, p))

    def _place(self, i: int, p: int) -> None:
        self.position[i] = p
        self.counts.add(self.units[i], p)

    def _take_back(self, i: int) -> None:
        self.counts.add(self.units[i], self.position[i], -1)
        self.position[i] = -1

    def _no_place(self, i: int, *, gave_up: bool) -> Exception:
        named = [i, *self.rivals[i]]
        pids = [str(self.group.rows[m]["pid"]) for n in named for m in self.units[n].members]
        zh = "搜索步数用尽，仍未找到" if gave_up else "不存在"
        en = "none was found within the step limit" if gave_up else "there is none"
        return refused(
            f"找不到同时满足“同班”“分开”要求的编排（{zh}）；首先查看这些学生",
            f"no layout keeps everyone together and apart as asked ({en}); look at these children first",
            self.group.name,
            pids,
        )
