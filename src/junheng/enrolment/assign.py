"""One to one: of the pairs that reach the line, the set of greatest total score in which nobody stands twice.

Ties go to the earliest rows: the first left row gets the earliest right row it can, then the second, and so on.
"""

from collections import defaultdict
from collections.abc import Sequence

_EXACT_TIES = (
    4_000  # cells of a block up to which ties are decided row by row; beyond, by the order of the search
)
Pair = tuple[int, int]


def assign(pairs: Sequence[Pair], scores: Sequence[int]) -> list[int]:
    """Indices of the pairs chosen. ``scores`` are positive; blocks of connected rows are solved one by one."""
    chosen: list[int] = []
    for block in _blocks(pairs):
        if len(block) == 1:
            chosen += block
        else:
            chosen += _solved([pairs[k] for k in block], [scores[k] for k in block], block)
    return sorted(chosen)


def _blocks(pairs: Sequence[Pair]) -> list[list[int]]:
    """Indices of pairs by connected component."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in pairs:
        parent[root(left)] = root(-1 - right)
    found: dict[int, list[int]] = defaultdict(list)
    for k, (left, _) in enumerate(pairs):
        found[root(left)].append(k)
    return list(found.values())


def _solved(pairs: Sequence[Pair], scores: Sequence[int], block: Sequence[int]) -> list[int]:
    lefts, rights = sorted({a for a, _ in pairs}), sorted({b for _, b in pairs})
    row, column = {a: n for n, a in enumerate(lefts)}, {b: n for n, b in enumerate(rights)}
    size, base = max(len(lefts), len(rights)), len(rights) + 1
    breaks_ties = len(lefts) * len(rights) <= _EXACT_TIES
    factor = base ** len(lefts) if breaks_ties else 1
    cost = [[0] * size for _ in range(size)]
    index = {}
    for (a, b), score, k in zip(pairs, scores, block, strict=True):
        x, y = row[a], column[b]
        tie = (len(rights) - y) * base ** (len(lefts) - 1 - x) if breaks_ties else 0
        cost[x][y] = -(score * factor + tie)
        index[x, y] = k
    return [index[x, y] for x, y in enumerate(_hungarian(cost)) if (x, y) in index]


def _hungarian(cost: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row in a cheapest assignment of a square matrix (Kuhn–Munkres with potentials)."""
    size = len(cost)
    rows, columns, owner, way = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for start in range(1, size + 1):
        owner[0], at = start, 0
        least: list[int | None] = [None] * (size + 1)
        used = [False] * (size + 1)
        while owner[at]:
            used[at] = True
            at = _grow(cost, rows, columns, owner, way, least, used, at)
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    found = [0] * size
    for column in range(1, size + 1):
        found[owner[column] - 1] = column - 1
    return found


def _grow(
    cost: Sequence[Sequence[int]],
    rows: list[int],
    columns: list[int],
    owner: list[int],
    way: list[int],
    least: list[int | None],
    used: list[bool],
    at: int,
) -> int:
    """One step of the search for an augmenting path: the next column reached; potentials are moved."""
    row, best, reached = owner[at], None, 0
    for column in range(1, len(cost) + 1):
        if used[column]:
            continue
        slack = cost[row - 1][column - 1] - rows[row] - columns[column]
        known = least[column]
        if known is None or slack < known:
            least[column], way[column] = slack, at
            known = slack
        if best is None or known < best:
            best, reached = known, column
    step = best or 0
    for column in range(len(cost) + 1):
        if used[column]:
            rows[owner[column]] += step
            columns[column] -= step
        elif (known := least[column]) is not None:
            least[column] = known - step
    return reached
