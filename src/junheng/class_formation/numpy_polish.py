"""The polish in numpy: for each pair of classes the best two of the 64 nearest exchanges at once.

A pair of classes that offered nothing is tried again only after one of them has changed.
"""

import numpy as np

from junheng.class_formation.board import SHORTLIST
from junheng.class_formation.numpy_state import Array, Places, State

_NOT_LATER = np.tri(SHORTLIST, dtype=bool)  # places p, q with q ≤ p


class Polish:
    """Rounds of the polish on one state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._vain: dict[tuple[int, int], tuple[int, int]] = {}  # pair → how often each had changed

    def round(self) -> int:
        """One round over all pairs of classes; how many were improved."""
        classes = len(self.state.sums)
        return sum(self._improve(a, b) for a in range(classes - 1) for b in range(a + 1, classes))

    def _improve(self, a: int, b: int) -> bool:
        state = self.state
        changed = state.changed[a], state.changed[b]
        if self._vain.get((a, b)) == changed:
            return False
        changes, ones, others = self._shortlist(a, b)
        both = self._best_two(changes, ones, others)
        for p in both:
            state.exchange(int(ones[p]), int(others[p]))
        if not both:
            self._vain[a, b] = changed
        return bool(both)

    def _shortlist(self, a: int, b: int) -> tuple[Array, Places, Places]:
        """Half changes and units of the exchanges nearest to an improvement, in the order (change, i, j)."""
        state = self.state
        here = ((state.position == a) & state.free).nonzero()[0]
        there = ((state.position == b) & state.free).nonzero()[0]
        found = state.changes(here, state.place[there])
        found[state.signature[here][:, None] != state.signature[there]] = np.inf
        changes = found.ravel()
        if len(changes) > SHORTLIST:
            near = (changes <= np.partition(changes, SHORTLIST - 1)[SHORTLIST - 1]).nonzero()[0]
        else:
            near = np.arange(len(changes))
        near = near[np.isfinite(changes[near])]
        kept = near[changes[near].argsort(kind="stable")[:SHORTLIST]]
        return changes[kept], here[kept // max(1, len(there))], there[kept % max(1, len(there))]

    def _best_two(self, changes: Array, ones: Places, others: Places) -> tuple[int, ...]:
        """Places in the shortlist of the two exchanges whose sum improves most; () if none does."""
        size = len(changes)
        if size < 2:
            return ()
        moves = self.state.scores[others] - self.state.scores[ones]
        both = 2 * ((moves * self.state.weights) @ moves.T)
        both += changes[:, None]
        both += changes
        both[_NOT_LATER[:size, :size]] = 0
        both[ones[:, None] == ones] = 0
        both[others[:, None] == others] = 0
        best = int(both.argmin())
        return divmod(best, size) if both.flat[best] < 0 else ()
