"""Two lists of children matched: by exact number first, then by near-matches, each with its parts; one to one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.enrolment.assign import assign
from junheng.enrolment.blocks import candidates
from junheng.enrolment.codes import Ints, Side, coded
from junheng.enrolment.numbers import NONE
from junheng.enrolment.people import People
from junheng.enrolment.rules import LEVELS, Match
from junheng.enrolment.scores import Levels, levels_of, points_of

CERTAIN, CHECK = "certain", "check"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows taken for one child. ``levels`` by part (see ``rules``); ``how``: exact or near."""

    left: int
    right: int
    score: int
    levels: tuple[str, ...]
    how: str
    kind: str
    has_rival: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs by left row, and the rows of either list that nobody was found for. ``looked_at``: pairs scored."""

    pairs: Sequence[Pair]
    left_alone: Sequence[int]
    right_alone: Sequence[int]
    looked_at: int

    def of(self, kind: str) -> list[Pair]:
        """The pairs of a class."""
        return [pair for pair in self.pairs if pair.kind == kind]


def match(left: People, right: People, rules: Match) -> Matched:
    """Match two lists.

    First rows whose sound identity number (then student number) stands once in either list and that reach the line
    of certainty. Of the others every pair that reaches the line of checking; of these the one-to-one set of greatest
    total score. A near pair is certain when it reaches that line and no rival comes within the margin.
    """
    a, b = coded(left, right)
    exact = _exact(a, b, rules)
    taken_left, taken_right = np.zeros(a.size, bool), np.zeros(b.size, bool)
    for pair in exact:
        taken_left[pair.left], taken_right[pair.right] = True, True
    near, looked_at = _near(a, b, np.flatnonzero(~taken_left), np.flatnonzero(~taken_right), rules)
    for pair in near:
        taken_left[pair.left], taken_right[pair.right] = True, True
    return Matched(
        pairs=sorted([*exact, *near], key=lambda pair: pair.left),
        left_alone=np.flatnonzero(~taken_left).tolist(),
        right_alone=np.flatnonzero(~taken_right).tolist(),
        looked_at=looked_at + len(exact),
    )


def _exact(a: Side, b: Side, rules: Match) -> list[Pair]:
    found: list[Pair] = []
    free_left, free_right = np.ones(a.size, bool), np.ones(b.size, bool)
    keys = (
        (a.number, a.sound_number, b.number, b.sound_number),
        (a.student, a.sound_student, b.student, b.sound_student),
    )
    for left, left_sound, right, right_sound in keys:
        i, j = _once_each(left, left_sound, right, right_sound)
        free = free_left[i] & free_right[j]
        i, j = i[free], j[free]
        levels = levels_of(a, b, i, j)
        score = points_of(levels, rules)
        good = score >= rules.certain
        free_left[i[good]], free_right[j[good]] = False, False
        found += _pairs(i[good], j[good], score[good], levels[good], "exact", np.zeros(int(good.sum()), bool), rules)  # fmt: skip
    return found


def _once_each(left: Ints, left_sound: np.ndarray, right: Ints, right_sound: np.ndarray) -> tuple[Ints, Ints]:
    """Rows whose sound key stands exactly once in the whole of either list."""
    values, first, count = np.unique(left, return_index=True, return_counts=True)
    others, other_first, other_count = np.unique(right, return_index=True, return_counts=True)
    ours = (count == 1) & (values != NONE) & left_sound[first] if len(values) else np.zeros(0, bool)
    theirs = (other_count == 1) & right_sound[other_first] if len(others) else np.zeros(0, bool)
    _, x, y = np.intersect1d(values[ours], others[theirs], assume_unique=True, return_indices=True)
    return first[ours][x].astype(np.int64), other_first[theirs][y].astype(np.int64)


def _near(a: Side, b: Side, rows: Ints, others: Ints, rules: Match) -> tuple[list[Pair], int]:
    kept: list[tuple[Ints, Ints, Ints, Levels]] = []
    looked_at = 0
    for i, j in candidates(a, b, rows, others):
        levels = levels_of(a, b, i, j)
        score = points_of(levels, rules)
        looked_at += len(i)
        good = score >= rules.check
        kept.append((i[good], j[good], score[good], levels[good]))
    if not kept:
        return [], 0
    i, j, score, levels = (np.concatenate([chunk[n] for chunk in kept]) for n in range(4))
    _, once = np.unique(i * max(b.size, 1) + j, return_index=True)
    i, j, score, levels = i[once], j[once], score[once], levels[once]
    pairs = list(zip(i.tolist(), j.tolist(), strict=True))
    chosen = np.array(assign(pairs, score.tolist()), np.int64)
    rivals = _has_rival(i, j, score, chosen, a.size, b.size, rules.margin)
    return _pairs(i[chosen], j[chosen], score[chosen], levels[chosen], "near", rivals, rules), looked_at


def _has_rival(
    i: Ints, j: Ints, score: Ints, chosen: Ints, lefts: int, rights: int, margin: int
) -> np.ndarray:
    """Whether another pair of the same left or right row comes within the margin of a chosen pair."""
    found = np.zeros(len(chosen), bool)
    for rows, size in ((i, lefts), (j, rights)):
        order = np.lexsort((-score, rows))
        ranked = rows[order]
        start = np.searchsorted(ranked, np.arange(size), "left")
        end = np.searchsorted(ranked, np.arange(size), "right")
        of = rows[chosen]
        best, has_second = score[order[start[of]]], end[of] - start[of] > 1
        second = score[order[np.minimum(start[of] + 1, len(order) - 1)]]
        own = score[chosen]
        rival = np.where(own == best, second, best)
        found |= has_second & (rival >= own - margin)
    return found


def _pairs(
    i: Ints, j: Ints, score: Ints, levels: Levels, how: str, rivals: np.ndarray, rules: Match
) -> list[Pair]:
    names = list(LEVELS.values())
    found = []
    columns = (i.tolist(), j.tolist(), score.tolist(), levels.tolist(), rivals.tolist())
    for left, right, points, row, has_rival in zip(*columns, strict=True):
        said = tuple(part[level] for part, level in zip(names, row, strict=True))
        kind = CERTAIN if points >= rules.certain and not has_rival else CHECK
        found.append(Pair(left, right, points, said, how, kind, has_rival))
    return found
