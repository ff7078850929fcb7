"""A board as arrays, for the numpy engine.

Doubles carry whole numbers here: every value and every partial sum is below 2^53 (§3 refuses anything else), so
products and sums are exact in any order and the layout is the reference's, bit for bit.
"""

from typing import Any

import numpy as np

from junheng.class_formation.board import Board

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


class State:
    """With B_i = S_c(i) - X_i and p_i = X_i·wB_i, the half change of i and j is X_j·wB_i + B_j·wX_i - p_i - p_j.

    In one class it is never negative. Units of one signature stand side by side (``block[s]``), else by index.
    """

    def __init__(self, board: Board) -> None:
        n, columns = len(board.position), len(board.weights)
        self.board = board
        self.columns = columns
        self.scores = np.array(board.scores, np.float64).reshape(n, columns)
        self.weights = np.array(board.weights, np.float64)
        self.sums = np.array(board.sums(), np.float64).reshape(board.classes, columns)
        self.position = np.array(board.position)
        self.signature = np.array(board.signature)
        self.free = np.array(board.free)
        self.changed = [0] * board.classes  # how often each class changed
        self.by_signature = np.argsort(self.signature, kind="stable")
        self.place = np.empty(n, np.int64)
        self.place[self.by_signature] = np.arange(n)
        counts = np.bincount(self.signature)
        ends = np.cumsum(counts)
        self.block = [slice(int(end - c), int(end)) for end, c in zip(ends, counts, strict=True)]
        self._given = np.empty((n, 2 * columns))  # X | B, units by place
        self._asked = np.empty((n, 2 * columns))  # wB | wX
        self._own = np.empty(n)  # p
        ordered = self.scores[self.by_signature]
        self._given[:, :columns] = ordered
        self._asked[:, columns:] = ordered * self.weights
        self._refresh(np.arange(n))

    def changes(self, units: Places, partners: Places | slice) -> Array:
        """Half changes [units, partners]; ``units`` by index, ``partners`` by place."""
        places = self.place[units]
        found: Array = self._asked[places] @ self._given[partners].T
        found -= self._own[places][:, None]
        found -= self._own[partners]
        return found

    def exchange(self, i: int, j: int) -> None:
        """i and j (indices) change places."""
        a, b = self.board.position[i], self.board.position[j]
        d = self.scores[j] - self.scores[i]
        self.sums[a] += d
        self.sums[b] -= d
        self.changed[a] += 1
        self.changed[b] += 1
        self.position[i], self.position[j] = b, a
        self.board.position[i], self.board.position[j] = b, a
        self._refresh(((self.position == a) | (self.position == b)).nonzero()[0])

    def _refresh(self, units: Places) -> None:
        """Bring B and p of some units up to date with the sums and positions."""
        scores = self.scores[units]
        rest = self.sums[self.position[units]] - scores
        weighted = rest * self.weights
        places = self.place[units]
        self._given[places, self.columns :] = rest
        self._asked[places, : self.columns] = weighted
        self._own[places] = (scores * weighted).sum(axis=1)
