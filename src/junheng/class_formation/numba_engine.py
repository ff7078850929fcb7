"""The swaps compiled (extra ``numba``): the same whole numbers as the reference, sooner.

Import only through ``junheng.class_formation.engines``: numba takes a third of a second to load.

Units sit in ``seat`` by class and signature; an exchange keeps both counts, so the bounds of each block never move.
A unit that found nothing looks again only at classes that have changed since: the answer is the same, sooner.
"""

from typing import Any

import numpy as np
from numba import njit

from junheng.class_formation.board import SHORTLIST, Board
from junheng.class_formation.numba_polish import exchange, polish_round

Array = np.ndarray[Any, np.dtype[np.int64]]
Seats = tuple[Array, Array, Array, Array]  # position, place (in seat), seat, start[class * signatures + s]


def improve(board: Board, sweeps: int, *, polish: bool) -> None:
    """As ``reference_engine.improve``."""
    n, columns = len(board.position), len(board.weights)
    scores = np.array(board.scores, np.int64).reshape(n, columns)
    weights = np.array(board.weights, np.int64)
    sums = np.array(board.sums(), np.int64).reshape(board.classes, columns)
    signature = np.array(board.signature, np.int64)
    seats = _seats(board, signature)
    rivals = _rivals(board)
    # When each class last changed, and when each unit last looked in vain; the clock counts exchanges.
    times = (np.zeros(board.classes, np.int64), np.full(n, -1, np.int64))
    for _ in range(sweeps):
        if not _sweep(scores, weights, signature, sums, seats, rivals, times):
            break
    free = np.array(board.free, np.bool_)
    vain = np.full((board.classes, board.classes), -1, np.int64)
    for _ in range(sweeps if polish else 0):
        pairs = polish_round(scores, weights, free, sums, seats, times[0], vain, SHORTLIST)
        if not _sweep(scores, weights, signature, sums, seats, rivals, times) and not pairs:
            break
    board.position[:] = seats[0].tolist()


def _seats(board: Board, signature: Array) -> Seats:
    position = np.array(board.position, np.int64)
    block = position * (int(signature.max()) + 1) + signature
    seat = np.argsort(block, kind="stable")
    place = np.empty_like(seat)
    place[seat] = np.arange(len(seat))
    blocks = board.classes * (int(signature.max()) + 1)
    start = np.concatenate(([0], np.cumsum(np.bincount(block, minlength=blocks))))
    return position, place, seat, start


def _rivals(board: Board) -> tuple[Array, Array]:
    """Rivals one after another, and where each unit's begin."""
    starts = np.zeros(len(board.position) + 1, np.int64)
    np.cumsum([len(found) for found in board.rivals], out=starts[1:])
    return starts, np.array([r for found in board.rivals for r in found], np.int64)


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _meets(position: Array, rivals: tuple[Array, Array], i: int, j: int) -> bool:
    """Whether i would meet a rival in the class of j, j having left it."""
    starts, found = rivals
    for at in range(starts[i], starts[i + 1]):  # noqa: SIM110 – numba compiles no generators
        if found[at] != j and position[found[at]] == position[j]:
            return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _sweep(
    scores: Array,
    weights: Array,
    signature: Array,
    sums: Array,
    seats: Seats,
    rivals: tuple[Array, Array],
    times: tuple[Array, Array],
) -> int:
    position = seats[0]
    changed, looked = times
    clock = changed.max()
    done = 0
    for i in range(len(position)):
        a = position[i]
        since = looked[i] if changed[a] <= looked[i] else -1
        if clock <= since:
            continue
        partner = _best_partner(scores, weights, signature[i], sums, seats, rivals, changed, i, since)
        looked[i] = clock
        if partner >= 0:
            clock += 1
            changed[a] = changed[position[partner]] = clock
            exchange(scores, sums, seats, i, partner)
            done += 1
    return done


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba ships no types
def _best_partner(
    scores: Array,
    weights: Array,
    signature: int,
    sums: Array,
    seats: Seats,
    rivals: tuple[Array, Array],
    changed: Array,
    i: int,
    since: int,
) -> int:
    """The unit with which i gains most, the smallest of equal ones; -1: none. Looks at classes changed since."""
    position, _, seat, start = seats
    classes, columns = sums.shape
    signatures = (len(start) - 1) // classes
    a = position[i]
    own = scores[i]
    gap = np.empty(columns, np.int64)
    best, partner = 0, -1
    for b in range(classes):
        if b == a or changed[b] <= since:
            continue
        for f in range(columns):
            gap[f] = sums[a, f] - sums[b, f]
        block = b * signatures + signature
        for at in range(start[block], start[block + 1]):
            j = seat[at]
            other = scores[j]
            change = 0
            for f in range(columns):
                d = other[f] - own[f]
                change += weights[f] * d * (gap[f] + d)
            if change > best or (change == best and j >= partner):
                continue
            if not (_meets(position, rivals, i, j) or _meets(position, rivals, j, i)):
                best, partner = change, j
    return partner
