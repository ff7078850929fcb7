"""The same matching, slow and obvious: every pair of rows, cell by cell, every assignment tried.

For tests and small lists; ``match.match`` must say the same.
"""

from collections import Counter
from collections.abc import Sequence

from junheng.basics import is_identity_number, normalise
from junheng.enrolment.match import CERTAIN, CHECK, Matched, Pair
from junheng.enrolment.names import differ_by_one, plain_name, sound
from junheng.enrolment.numbers import is_one_wrong, is_student_number, is_swapped
from junheng.enrolment.people import People
from junheng.enrolment.rules import LEVELS, Match


def reference_match(left: People, right: People, rules: Match) -> Matched:
    """As ``match`` of ``junheng.enrolment.match``: by brute force. Time grows beyond all bounds with the lists."""
    exact = _exact(left, right, rules)
    rows = [i for i in range(len(left)) if i not in {pair.left for pair in exact}]
    others = [j for j in range(len(right)) if j not in {pair.right for pair in exact}]
    reached = {}
    for i in rows:
        for j in others:
            score = score_of(left, i, right, j, rules)
            if score >= rules.check:
                reached[i, j] = score
    _, chosen = _best(rows, frozenset(others), reached)
    near = [_near_pair(left, right, i, j, reached, rules) for i, j in chosen]
    pairs = sorted([*exact, *near], key=lambda pair: pair.left)
    taken_left, taken_right = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    return Matched(
        pairs=pairs,
        left_alone=[i for i in range(len(left)) if i not in taken_left],
        right_alone=[j for j in range(len(right)) if j not in taken_right],
        looked_at=len(left) * len(right),
    )


def _exact(left: People, right: People, rules: Match) -> list[Pair]:
    found: list[Pair] = []
    keys = (
        (left.numbers, right.numbers, is_identity_number),
        (left.students, right.students, is_student_number),
    )
    for ours, theirs, is_sound in keys:
        count, other_count = Counter(ours), Counter(theirs)
        for i, number in enumerate(ours):
            if not number or not is_sound(number) or count[number] != 1 or other_count[number] != 1:
                continue
            j = list(theirs).index(number)
            score = score_of(left, i, right, j, rules)
            if score >= rules.certain and not any(pair.left == i or pair.right == j for pair in found):
                levels = tuple(compared(left, i, right, j))
                found.append(Pair(i, j, score, levels, "exact", CERTAIN, False))
    return found


def _near_pair(
    left: People, right: People, i: int, j: int, reached: dict[tuple[int, int], int], rules: Match
) -> Pair:
    score = reached[i, j]
    rivals = [s for (a, b), s in reached.items() if (a == i) != (b == j) and s >= score - rules.margin]
    kind = CERTAIN if score >= rules.certain and not rivals else CHECK
    return Pair(i, j, score, tuple(compared(left, i, right, j)), "near", kind, bool(rivals))


def _best(
    rows: Sequence[int], others: frozenset[int], reached: dict[tuple[int, int], int]
) -> tuple[int, list[tuple[int, int]]]:
    """The greatest total; of equals the one that gives the first row the earliest partner, and so on."""
    if not rows:
        return 0, []
    first, rest = rows[0], rows[1:]
    best: tuple[int, list[tuple[int, int]]] | None = None
    for j in sorted(others):
        if (first, j) in reached:
            total, below = _best(rest, others - {j}, reached)
            total += reached[first, j]
            if best is None or total > best[0]:
                best = total, [(first, j), *below]
    alone = _best(rest, others, reached)
    return alone if best is None or alone[0] > best[0] else best


def score_of(left: People, i: int, right: People, j: int, rules: Match) -> int:
    """The points of one pair."""
    levels = compared(left, i, right, j)
    return sum(rules.points(part, level) for part, level in zip(LEVELS, levels, strict=True))


def compared(left: People, i: int, right: People, j: int) -> list[str]:
    """The level of every part of one pair."""
    return [
        _number(left, i, right, j),
        _name(left.names[i], right.names[j]),
        _birth(left.births[i], right.births[j]),
        _equal(left.sexes[i], right.sexes[j]),
        _equal(left.schools[i], right.schools[j]),
        _guardian(left.guardians[i], right.guardians[j]),
    ]


def _number(left: People, i: int, right: People, j: int) -> str:
    a, b = left.numbers[i], right.numbers[j]
    if a and a == b:
        return "same"
    if left.students[i] and left.students[i] == right.students[j]:
        return "same_student"
    if not a or not b:
        return "missing"
    if not (is_identity_number(a) and is_identity_number(b)):
        if is_one_wrong(a, b):
            return "one_digit"
        if is_swapped(a, b):
            return "swapped"
    return "different"


def _name(a: str, b: str) -> str:
    if not plain_name(a) or not plain_name(b):
        return "missing"
    if normalise(a) == normalise(b):
        return "same"
    plain, other = plain_name(a), plain_name(b)
    if plain == other:
        return "variant"
    if sound(plain) == sound(other):
        return "homophone"
    return "one_character" if differ_by_one(plain, other) else "different"


def _guardian(a: str, b: str) -> str:
    level = _name(a, b)
    return "different" if level == "one_character" else level


def _birth(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    return "near" if is_one_wrong(a, b) or is_swapped(a, b) else "different"


def _equal(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    return "same" if a == b else "different"
