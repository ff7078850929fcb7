"""The polish compiled (extra ``numba``): the best two of 64 exchanges between two classes, at once.

A pair of classes that offered nothing is tried again only after one of them has changed.
"""

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Seats = tuple[Array, Array, Array, Array]
Shortlist = tuple[Array, Array, Array]  # half changes, units of the one class, units of the other


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def exchange(scores: Array, sums: Array, seats: Seats, i: int, j: int) -> None:
    """i and j, of one signature, change places."""
    position, place, seat, _ = seats
    a, b = position[i], position[j]
    for f in range(scores.shape[1]):
        d = scores[j, f] - scores[i, f]
        sums[a, f] += d
        sums[b, f] -= d
    position[i], position[j] = b, a
    place[i], place[j] = place[j], place[i]
    seat[place[i]], seat[place[j]] = i, j


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def polish_round(
    scores: Array,
    weights: Array,
    free: Flags,
    sums: Array,
    seats: Seats,
    changed: Array,
    vain: Array,
    limit: int,
) -> int:
    """One round over all pairs of classes; how many were improved. Keeps ``changed`` and ``vain`` up to date."""
    classes = len(sums)
    clock = changed.max()
    done = 0
    found = (np.empty(limit, np.int64), np.empty(limit, np.int64), np.empty(limit, np.int64))
    for a in range(classes - 1):
        for b in range(a + 1, classes):
            if max(changed[a], changed[b]) <= vain[a, b]:
                continue
            count = _shortlist(scores, weights, free, sums, seats, a, b, found)
            p, q = _best_two(scores, weights, found, count)
            vain[a, b] = clock
            if p >= 0:
                clock += 1
                changed[a] = changed[b] = clock
                _, ones, others = found
                exchange(scores, sums, seats, ones[p], others[p])
                exchange(scores, sums, seats, ones[q], others[q])
                done += 1
    return done


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _shortlist(
    scores: Array,
    weights: Array,
    free: Flags,
    sums: Array,
    seats: Seats,
    a: int,
    b: int,
    found: Shortlist,
) -> int:
    """Fill ``found`` with the exchanges nearest to an improvement, ascending (change, i, j); how many."""
    _, _, seat, start = seats
    columns = len(weights)
    signatures = (len(start) - 1) // len(sums)
    gap = sums[a] - sums[b]
    count = 0
    for s in range(signatures):
        here, there = a * signatures + s, b * signatures + s
        for at in range(start[here], start[here + 1]):
            i = seat[at]
            if not free[i]:
                continue
            for to in range(start[there], start[there + 1]):
                j = seat[to]
                if not free[j]:
                    continue
                change = 0
                for f in range(columns):
                    d = scores[j, f] - scores[i, f]
                    change += weights[f] * d * (gap[f] + d)
                count = _keep(found, count, change, i, j)
    return count


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _keep(found: Shortlist, count: int, change: int, i: int, j: int) -> int:
    """Insert (change, i, j) in its place if it is among the smallest; how many there are then."""
    changes, ones, others = found
    limit = len(changes)
    place = count
    if count == limit:
        last = limit - 1
        if (changes[last], ones[last], others[last]) <= (change, i, j):
            return count
        place = last
    while place > 0 and (changes[place - 1], ones[place - 1], others[place - 1]) > (change, i, j):
        changes[place], ones[place], others[place] = changes[place - 1], ones[place - 1], others[place - 1]
        place -= 1
    changes[place], ones[place], others[place] = change, i, j
    return min(count + 1, limit)


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _best_two(scores: Array, weights: Array, found: Shortlist, count: int) -> tuple[int, int]:
    """Places in the shortlist of the two exchanges whose sum improves most; (-1, -1): none does."""
    changes, ones, others = found
    columns = len(weights)
    moves = np.empty((count, columns), np.int64)
    for p in range(count):
        moves[p] = scores[others[p]] - scores[ones[p]]
    best, first, second = 0, -1, -1
    for p in range(count):
        weighted = weights * moves[p]
        for q in range(p + 1, count):
            if ones[p] == ones[q] or others[p] == others[q]:
                continue
            product = 0
            for f in range(columns):
                product += weighted[f] * moves[q, f]
            change = changes[p] + changes[q] + 2 * product
            if change < best:
                best, first, second = change, p, q
    return first, second
