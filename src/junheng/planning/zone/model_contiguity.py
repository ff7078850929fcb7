"""In one piece: the rules of contiguity, the pairs they leave open, and their rows for a solver.

closer (Gillani et al., Educational Researcher 2023): every block of a zone but its seed touches a block of the zone that is
strictly nearer to the zone's school: its seed, then by metres, then by id. connected: the zone's blocks hang together with its seed, or
among themselves where there is none. Blocks that touch nothing are exempt.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Row:
    """x[block, zone] ≤ Σ x[through, zone] (+ 1 - x[partner, zone] for a zone without a seed)."""

    block: int
    zone: int
    through: tuple[int, ...]
    partner: int = -1


@dataclass(frozen=True)
class Touch:
    """``beside``: neighbours by block, sorted; ``seeds`` (-1: none) and ``rules`` (off, closer, connected) by zone."""

    beside: list[list[int]]
    seeds: list[int]
    rules: list[str]
    metres: Whole

    @cached_property
    def nearer(self) -> dict[tuple[int, int], list[int]]:
        """By (block, zone) within reach, of zones under "closer": the neighbours strictly nearer to the zone's school."""
        found = {}
        for zone, rule in enumerate(self.rules):
            if rule != "closer":
                continue
            way = np.where(self.metres[:, zone] >= 0, self.metres[:, zone] + 1, -1)
            way[self.seeds[zone]] = 0  # the seed is the nearest of all
            way = way.tolist()
            for block, others in enumerate(self.beside):
                if way[block] >= 0:
                    found[block, zone] = [
                        a for a in others if way[a] >= 0 and (way[a], a) < (way[block], block)
                    ]
        return found

    def is_free(self, block: int, zone: int) -> bool:
        """Whether no rule of contiguity holds for the block in this zone."""
        return self.rules[zone] == "off" or not self.beside[block] or block == self.seeds[zone]


def reachable(touch: Touch, zone: int, is_open: Mask) -> Mask:
    """Of the open blocks those that can be joined to the zone's seed through open blocks."""
    if touch.rules[zone] == "off" or touch.seeds[zone] < 0:
        return is_open
    found = np.array([not others for others in touch.beside]) & is_open
    if touch.rules[zone] == "connected":
        found[joined(touch, [touch.seeds[zone]], is_open)] = True
        return found & is_open
    found[touch.seeds[zone]] = is_open[touch.seeds[zone]]
    order = np.lexsort((np.arange(len(is_open)), touch.metres[:, zone]))  # the seed is found already
    for block in order[is_open[order]].tolist():
        if not found[block]:
            found[block] = any(found[a] for a in touch.nearer[block, zone])
    return found


def joined(touch: Touch, start: Iterable[int], inside: Mask) -> list[int]:
    """All blocks ``inside`` that hang together with the blocks of ``start`` that are inside."""
    seen = {block for block in start if inside[block]}
    queue = deque(sorted(seen))
    while queue:
        for other in touch.beside[queue.popleft()]:
            if inside[other] and other not in seen:
                seen.add(other)
                queue.append(other)
    return sorted(seen)


def pieces(touch: Touch, blocks: Iterable[int]) -> list[list[int]]:
    """The connected pieces of some blocks, blocks without neighbours left out; largest first, then by least block."""
    left = {block for block in blocks if touch.beside[block]}
    inside = np.zeros(len(touch.beside), np.bool_)
    inside[list(left)] = True
    found = []
    for block in sorted(left):
        if block in left:
            piece = joined(touch, [block], inside)
            left -= set(piece)
            found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), piece[0]))


def broken(touch: Touch, plan: Whole, zone: int) -> list[int]:
    """Blocks of a zone that break its rule."""
    mine = np.flatnonzero(plan == zone).tolist()
    rule = touch.rules[zone]
    if rule == "closer":
        return [
            b
            for b in mine
            if not touch.is_free(b, zone) and not any(plan[a] == zone for a in touch.nearer[b, zone])
        ]
    if rule == "off" or not mine:
        return []
    parts = pieces(touch, mine)
    seed = touch.seeds[zone]
    main = next((part for part in parts if seed in part), []) if seed >= 0 else (parts or [[]])[0]
    return sorted({b for part in parts for b in part} - set(main))


def first_rows(touch: Touch, is_open: Mask, heads: Mask | None = None) -> list[Row]:
    """One row for every open pair (of ``heads`` where given): what a block of the zone must touch."""
    found = []
    for zone, rule in enumerate(touch.rules):
        if rule == "off" or (rule == "connected" and touch.seeds[zone] < 0):
            continue
        for block in np.flatnonzero((is_open if heads is None else heads)[:, zone]).tolist():
            if not touch.is_free(block, zone):
                others = touch.nearer[block, zone] if rule == "closer" else touch.beside[block]
                found.append(Row(block, zone, tuple(a for a in others if is_open[a, zone])))
    return found


def cuts(touch: Touch, plan: Whole, is_open: Mask) -> list[Row]:
    """Rows a plan breaks: a piece apart from the main one needs a block of its rim."""
    found = []
    for zone in range(len(touch.rules)):
        wrong = broken(touch, plan, zone)
        if not wrong:
            continue
        if touch.rules[zone] == "closer":
            found += [
                Row(b, zone, tuple(a for a in touch.nearer[b, zone] if is_open[a, zone])) for b in wrong
            ]
            continue
        partner = -1
        if touch.seeds[zone] < 0:
            partner = pieces(touch, np.flatnonzero(plan == zone).tolist())[0][0]
        for piece in pieces(touch, wrong):
            rim = {a for b in piece for a in touch.beside[b] if is_open[a, zone]} - set(piece)
            found += [Row(b, zone, tuple(sorted(rim)), partner) for b in piece]
    return found


def neighbours_of_zone(touch: Touch, plan: Sequence[int], zone: int) -> set[int]:
    """Other zones that touch a zone."""
    near = {plan[a] for b, own in enumerate(plan) if own == zone for a in touch.beside[b]}
    return near - {zone, -1}
