"""What the engines see of a dealt group: scores, weights, who may change places, and where each is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from junheng.class_formation.refusals import refused
from junheng.class_formation.scores import LARGEST, Scored

SAFE = 2**53  # all sums stay below: exact in doubles and in JavaScript
SHORTLIST = 64  # exchanges of a pair of classes that the polish combines


@dataclass(slots=True)
class Board:
    """Units by index (ticket order): ``scores[i][f]``, code of the ``signature``, ``rivals`` by index.

    ``free``: single and without rivals. ``position`` is what an engine changes, and nothing else.
    """

    scores: list[list[int]]
    weights: list[int]
    signature: list[int]
    rivals: list[list[int]]
    free: list[bool]
    classes: int
    position: list[int]

    def sums(self) -> list[list[int]]:
        """S[c][f]: the sum of scores of each position."""
        found = [[0] * len(self.weights) for _ in range(self.classes)]
        for scores, p in zip(self.scores, self.position, strict=True):
            found[p] = [s + x for s, x in zip(found[p], scores, strict=True)]
        return found

    def objective(self) -> int:
        """Σ_f w_f Σ_c S_cf²: 0 is a perfect balance of everything."""
        return sum(w * s * s for row in self.sums() for w, s in zip(self.weights, row, strict=True))


def board_of(found: Scored, order: Sequence[int], position: Sequence[int]) -> Board:
    """The board of a group with its units in ticket ``order`` and at ``position`` (by index)."""
    group = found.group
    index = {u: i for i, u in enumerate(order)}
    codes: dict[tuple[int, int, int, int], int] = {}
    units = [group.units[u] for u in order]
    return Board(
        scores=[found.units[u] for u in order],
        weights=found.weights,
        signature=[codes.setdefault(unit.signature, len(codes)) for unit in units],
        rivals=[sorted(index[v] for v in group.rivals[u]) for u in order],
        free=[unit.heads == 1 and not group.rivals[u] for unit, u in zip(units, order, strict=True)],
        classes=group.plan.classes,
        position=list(position),
    )


def check_bounds(found: Scored, position: Sequence[int]) -> None:
    """§3: refused where a sum could reach 2^53 (weights or classes beyond any real size).

    ``position``: a class of each child. By Cauchy-Schwarz S² ≤ heads·Σx².
    """
    most = max(Counter(position).values())
    largest = max(unit.heads for unit in found.group.units)
    squares = [sum(x * x for x in column) for column in zip(*found.children, strict=True)]
    objective = most * sum(w * square for w, square in zip(found.weights, squares, strict=True))
    swap = 8 * sum(found.weights) * LARGEST**2 * largest * (most + largest)
    if objective >= SAFE or swap >= SAFE:
        raise refused(
            "权重或班级过大，整数和可能超过 2^53",
            "weights or classes are so large that sums could pass 2^53",
            found.group.name,
        )
