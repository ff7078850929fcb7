"""The legal definition of the swaps in plain Python: docs/method/class_formation.md §5 and §6."""

from junheng.class_formation.board import SHORTLIST, Board

Exchange = tuple[int, int, int]  # half change, i, j


def improve(board: Board, sweeps: int, *, polish: bool) -> None:
    """Exchange units until nothing improves, at most ``sweeps`` times through all of them; then polish."""
    sums = board.sums()
    for _ in range(sweeps):
        if not sweep(board, sums):
            break
    for _ in range(sweeps if polish else 0):
        pairs = polish_round(board, sums)
        if not sweep(board, sums) and not pairs:
            break


def sweep(board: Board, sums: list[list[int]]) -> int:
    """Each unit in ticket order goes to its best place, if that improves anything. Number of exchanges."""
    done = 0
    for i in range(len(board.position)):
        best, partner = 0, -1
        for j in range(len(board.position)):
            if is_allowed(board, i, j):
                change = half_change(board, sums, i, j)
                if change < best:
                    best, partner = change, j
        if partner >= 0:
            exchange(board, sums, i, partner)
            done += 1
    return done


def is_allowed(board: Board, i: int, j: int) -> bool:
    """Whether i and j may change places: all counts stay, and nobody meets a rival."""
    a, b = board.position[i], board.position[j]
    if a == b or board.signature[i] != board.signature[j]:
        return False
    meets_i = any(board.position[r] == b for r in board.rivals[i] if r != j)
    meets_j = any(board.position[r] == a for r in board.rivals[j] if r != i)
    return not meets_i and not meets_j


def half_change(board: Board, sums: list[list[int]], i: int, j: int) -> int:
    """Half of what the objective changes by when i and j change places."""
    a, b = sums[board.position[i]], sums[board.position[j]]
    x, y = board.scores[i], board.scores[j]
    total = 0
    for f, weight in enumerate(board.weights):
        d = y[f] - x[f]
        total += weight * d * (a[f] - b[f] + d)
    return total


def exchange(board: Board, sums: list[list[int]], i: int, j: int) -> None:
    """i and j change places."""
    a, b = board.position[i], board.position[j]
    for f in range(len(board.weights)):
        d = board.scores[j][f] - board.scores[i][f]
        sums[a][f] += d
        sums[b][f] -= d
    board.position[i], board.position[j] = b, a


def polish_round(board: Board, sums: list[list[int]]) -> int:
    """For each pair of classes the best two exchanges at once. Number of pairs that were improved."""
    done = 0
    for a in range(board.classes - 1):
        for b in range(a + 1, board.classes):
            both = best_two(board, shortlist(board, sums, a, b))
            for _, i, j in both:
                exchange(board, sums, i, j)
            done += bool(both)
    return done


def shortlist(board: Board, sums: list[list[int]], a: int, b: int) -> list[Exchange]:
    """The 64 exchanges between a and b that are nearest to an improvement."""
    here = [i for i, p in enumerate(board.position) if p == a and board.free[i]]
    there = [j for j, p in enumerate(board.position) if p == b and board.free[j]]
    found = [
        (half_change(board, sums, i, j), i, j)
        for i in here
        for j in there
        if board.signature[i] == board.signature[j]
    ]
    return sorted(found)[:SHORTLIST]


def best_two(board: Board, found: list[Exchange]) -> tuple[Exchange, ...]:
    """Two exchanges of different units whose sum improves most; none if nothing improves."""
    best = 0
    both: tuple[Exchange, ...] = ()
    moves = [[y - x for x, y in zip(board.scores[i], board.scores[j], strict=True)] for _, i, j in found]
    for p in range(len(found)):
        for q in range(p + 1, len(found)):
            if found[p][1] == found[q][1] or found[p][2] == found[q][2]:
                continue
            product = sum(w * x * y for w, x, y in zip(board.weights, moves[p], moves[q], strict=True))
            change = found[p][0] + found[q][0] + 2 * product
            if change < best:
                best, both = change, (found[p], found[q])
    return both
