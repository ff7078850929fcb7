"""The swaps in numpy: many children and all their partners are looked at in one product of matrices."""

import numpy as np

from junheng.class_formation.board import Board
from junheng.class_formation.numpy_polish import Polish
from junheng.class_formation.numpy_state import Array, State
from junheng.class_formation.reference_engine import is_allowed

_BLOCK_PRODUCTS = 1 << 17  # multiplications in one block: small ones stay in the cache and on one thread


def improve(board: Board, sweeps: int, *, polish: bool) -> None:
    """As ``reference_engine.improve``."""
    state = State(board)
    for _ in range(sweeps):
        if not _sweep(state):
            break
    polishing = Polish(state)
    for _ in range(sweeps if polish else 0):
        pairs = polishing.round()
        if not _sweep(state) and not pairs:
            break


def _sweep(state: State) -> int:
    """One sweep: a block of units is tried at once up to the first that moves; the rest is looked at anew."""
    n = len(state.position)
    widest = max(block.stop - block.start for block in state.block)
    largest = max(1, _BLOCK_PRODUCTS // (2 * state.columns * widest))
    done, i, size = 0, 0, 1
    while i < n:
        stop = min(i + size, n)
        mover, partner = _first_move(state, i, stop)
        if mover < 0:
            i, size = stop, min(2 * size, largest)
            continue
        state.exchange(mover, partner)
        done += 1
        size = max(1, size // 2)
        i = mover + 1
    return done


def _first_move(state: State, start: int, stop: int) -> tuple[int, int]:
    """The first unit of the block that gains by an exchange, with its best partner; (-1, -1): none."""
    first, partner = stop, -1
    found = state.signature[start:stop]
    for signature in dict.fromkeys(found.tolist()):
        units = start + (found == signature).nonzero()[0]
        block = state.block[signature]
        changes = state.changes(units, block)
        best = changes.argmin(axis=1)
        gains = (changes[np.arange(len(units)), best] < 0).nonzero()[0]
        for row in gains.tolist():
            i = int(units[row])
            if i >= first:
                break
            j = _allowed_partner(state, i, block.start, changes[row])
            if j >= 0:
                first, partner = i, j
                break
    return (first, partner) if partner >= 0 else (-1, -1)


def _allowed_partner(state: State, i: int, start: int, changes: Array) -> int:
    """The best allowed partner; a block is in ticket order, so the first minimum is the smallest index."""
    best = int(changes.argmin())
    while changes[best] < 0:
        j = int(state.by_signature[start + best])
        if is_allowed(state.board, i, j):
            return j
        changes[best] = 0
        best = int(changes.argmin())
    return -1
