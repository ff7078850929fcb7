"""Candidate pairs: whoever shares a number, is one slip from it, or has a name that sounds the same.

``rules.load_rules`` refuses points under which any other pair could reach the line, so no pair worth a look is missed.
"""

from collections.abc import Iterator

import numpy as np

from junheng.enrolment.codes import Ints, Side
from junheng.enrolment.numbers import NONE, one_slip_away

_CHUNK = 1_000_000  # pairs scored at once: about 0.2 GB


def candidates(left: Side, right: Side, rows: Ints, others: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of ``rows`` of the left and ``others`` of the right in chunks; a pair may come more than once."""
    yield from _joined(left.number[rows], right.number[others], rows, others)
    yield from _joined(left.student[rows], right.student[others], rows, others)
    yield from _joined(left.name.sound[rows], right.name.sound[others], rows, others)
    doubtful = rows[(left.number[rows] != NONE) & ~left.sound_number[rows]]
    slips, origin = one_slip_away(left.number[doubtful])
    yield from _joined(slips, right.number[others], doubtful[origin], others)
    doubtful = others[(right.number[others] != NONE) & ~right.sound_number[others]]
    slips, origin = one_slip_away(right.number[doubtful])
    for j, i in _joined(slips, left.number[rows], doubtful[origin], rows):
        yield i, j


def _joined(a: Ints, b: Ints, rows: Ints, others: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All (rows[x], others[y]) with a[x] == b[y], neither missing."""
    order = np.argsort(b, kind="stable")
    ordered = b[order]
    first, last = np.searchsorted(ordered, a, "left"), np.searchsorted(ordered, a, "right")
    count = np.where(a == NONE, 0, last - first)
    ends = np.cumsum(count)
    start = 0
    while start < len(a):
        base = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, base + _CHUNK, "right")))
        these = count[start:stop]
        total = int(these.sum())
        if total:
            left = np.repeat(np.arange(start, stop), these)
            step = np.arange(total) - np.repeat(np.cumsum(these) - these, these)
            yield rows[left], others[order[first[left] + step]]
        start = stop
