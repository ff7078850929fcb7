"""How two people compare, part by part, for many pairs at once: levels as small integers, points as sums.

The levels of each part stand in ``rules.LEVELS``; ``reference.py`` says the same for one pair in plain Python.
"""

import numpy as np
import numpy.typing as npt

from junheng.enrolment.codes import Ints, Side, Spoken
from junheng.enrolment.names import differ_by_one
from junheng.enrolment.numbers import NONE, digits_of
from junheng.enrolment.rules import LEVELS, Match

Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
_BIRTH_DIGITS = 8


def levels_of(left: Side, right: Side, i: Ints, j: Ints) -> Levels:
    """The level of every part for the pairs (i[k], j[k]). Shape (pairs, parts), parts in the order of LEVELS."""
    found = np.empty((len(i), len(LEVELS)), np.int8)
    found[:, 0] = _number(left, right, i, j)
    found[:, 1] = _name(left.name, right.name, i, j)
    found[:, 2] = _birth(left.birth[i], right.birth[j])
    found[:, 3] = _plain("sex", left.sex[i], right.sex[j])
    found[:, 4] = _plain("school", left.school[i], right.school[j])
    found[:, 5] = _guardian(left.guardian, right.guardian, i, j)
    return found


def points_of(levels: Levels, match: Match) -> Ints:
    """The score of every pair: the sum of its parts' points."""
    total = np.zeros(len(levels), np.int64)
    for column, (part, names) in enumerate(LEVELS.items()):
        total += np.array([match.points(part, name) for name in names], np.int64)[levels[:, column]]
    return total


def _chosen(part: str, length: int, *tests: tuple[str, Flags]) -> Levels:
    """The first level whose test holds; ``different`` where none does."""
    names = LEVELS[part]
    choices = [np.full(length, names.index(name), np.int8) for name, _ in tests]
    return np.select([test for _, test in tests], choices, np.int8(names.index("different")))


def _number(left: Side, right: Side, i: Ints, j: Ints) -> Levels:
    a, b = left.number[i], right.number[j]
    students, others = left.student[i], right.student[j]
    missing = (a == NONE) | (b == NONE)
    one, swapped = np.zeros(len(i), bool), np.zeros(len(i), bool)
    look = ~missing & (a != b) & ~(left.sound_number[i] & right.sound_number[j])
    one[look], swapped[look] = _slips(digits_of(a[look]), digits_of(b[look]))
    return _chosen(
        "number",
        len(i),
        ("same", (a == b) & (a != NONE)),
        ("same_student", (students == others) & (students != NONE)),
        ("one_digit", one),
        ("swapped", swapped),
        ("missing", missing),
    )


def _slips(a: npt.NDArray[np.int8], b: npt.NDArray[np.int8]) -> tuple[Flags, Flags]:
    """Whether one digit differs; whether two neighbours changed places and nothing else."""
    unlike = a != b
    count = unlike.sum(axis=1)
    crossed = (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1]) & unlike[:, :-1] & unlike[:, 1:]
    return count == 1, (count == 2) & crossed.any(axis=1)


def _name(left: Spoken, right: Spoken, i: Ints, j: Ints) -> Levels:
    plain, missing = left.plain[i] == right.plain[j], (left.plain[i] == NONE) | (right.plain[j] == NONE)
    alike = left.sound[i] == right.sound[j]
    one = np.zeros(len(i), bool)
    for k in np.flatnonzero(~missing & ~alike):
        one[k] = differ_by_one(left.plain_texts[i[k]], right.plain_texts[j[k]])
    return _chosen(
        "name",
        len(i),
        ("missing", missing),
        ("same", left.written[i] == right.written[j]),
        ("variant", plain),
        ("homophone", alike),
        ("one_character", one),
    )


def _guardian(left: Spoken, right: Spoken, i: Ints, j: Ints) -> Levels:
    return _chosen(
        "guardian",
        len(i),
        ("missing", (left.plain[i] == NONE) | (right.plain[j] == NONE)),
        ("same", left.written[i] == right.written[j]),
        ("variant", left.plain[i] == right.plain[j]),
        ("homophone", left.sound[i] == right.sound[j]),
    )


def _birth(a: Ints, b: Ints) -> Levels:
    missing = (a == NONE) | (b == NONE)
    one, swapped = _slips(_decimal(a), _decimal(b))
    return _chosen("birth", len(a), ("missing", missing), ("same", a == b), ("near", one | swapped))


def _decimal(days: Ints) -> npt.NDArray[np.int8]:
    powers = 10 ** np.arange(_BIRTH_DIGITS - 1, -1, -1, dtype=np.int64)
    return (np.maximum(days, 0)[:, None] // powers % 10).astype(np.int8)


def _plain(part: str, a: Ints, b: Ints) -> Levels:
    return _chosen(part, len(a), ("missing", (a == NONE) | (b == NONE)), ("same", a == b))
