"""The placement model: persons inside schools and through pools, level by level.

Whole numbers. Levels, each held while the next is solved (never one weighted sum): most posts filled; of these, most at weak schools;
then fewest persons who change schools; then fewest placed across the county.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

import numpy as np

from junheng.planning.solver import INFINITY, Block, Doubles, Solved, Step
from junheng.planning.staff.exchange import COUNTY, Exchange, exchange, pairs
from junheng.planning.staff.openings import Cell, Openings

_PRICE_DENOMINATOR = 1000  # prices are told as small fractions: any price gives a true bound
_HALF = 0.5
_TOLERANCE = 1e-6
_SHORTEST = 0.1  # seconds a level is given at least


@dataclass(frozen=True, slots=True)
class Placed:
    """Moves (place in surpluses, place in shortages, persons); the bound on posts filled; prices of the rows."""

    moves: tuple[tuple[int, int, int], ...]
    status: str
    solver_filled: int
    prices: Mapping[str, Fraction]


def place(
    given: Openings,
    *,
    gap: float,
    seconds: float,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Placed:
    """Place persons. With nothing to move the answer is empty and proven."""
    swap = exchange(given)
    size = len(given.inside) + len(swap.takes) + len(swap.gives)
    if not size:
        return Placed((), "optimal", 0, {})
    levels, ends = _levels(given, swap), monotonic() + seconds
    relaxed, names = _model(given, swap, levels[0], ())
    prices = _prices(relaxed.solve(relaxed=True, seconds=seconds), names)
    best, held = np.zeros(size), list[tuple[Doubles, float]]()
    bound, status = sum(cell.persons for cell in given.shortages), "optimal"
    for level, cost in enumerate(levels):
        if not cost.any():
            continue
        block, _ = _model(given, swap, cost, held)
        left = max(_SHORTEST, ends - monotonic())
        found = block.solve(gap=gap, seconds=left, start=best, watch=watch, stop=stop)
        if level == 0 and np.isfinite(found.bound):
            bound = min(bound, int(np.floor(-found.bound + _TOLERANCE)))
        if found.is_found:
            best = np.round(found.values)
        if found.status in ("limit", "interrupted"):
            status = "interrupted" if found.status == "interrupted" else "time_limit"
            break
        if found.status != "optimal":  # moving nobody is always allowed
            raise RuntimeError(f"the solver failed on level {level}: {found.status}")
        held.append((cost, float(cost @ best)))
    return Placed(_moves(given, swap, [int(value) for value in best]), status, bound, prices)


def _model(
    given: Openings, swap: Exchange, cost: Doubles, held: Sequence[tuple[Doubles, float]]
) -> tuple[Block, list[str]]:
    """Variables inside, into posts, out of surpluses; rows with one level's ``cost``, the levels before ``held``."""
    block, names = Block(), list[str]()
    ends = _ends(given, swap)
    moves = block.var(
        len(ends), cost=cost, whole=True
    )  # bounded by rows alone, so that rows carry the prices
    _cell_rows(block, given, moves, ends, names)
    _room_rows(block, given, moves, ends, names)
    _pool_rows(block, swap, moves[len(given.inside) :])
    for before, value in held:
        block.rows((), -INFINITY, value + _HALF, (moves, before))  # whole numbers: half a person is no leeway
    return block, names


def _ends(given: Openings, swap: Exchange) -> list[tuple[Cell | None, Cell | None]]:
    """What each variable leaves and takes; through a pool it does only one of the two."""
    return [
        *((given.surpluses[at], given.shortages[to]) for at, to in given.inside),
        *((None, given.shortages[to]) for to, _ in swap.takes),
        *((given.surpluses[at], None) for at, _ in swap.gives),
    ]


def _cell_rows(
    block: Block,
    given: Openings,
    moves: Any,
    ends: Sequence[tuple[Cell | None, Cell | None]],
    names: list[str],
) -> None:
    """No more leave a surplus than there are, no more enter than there are posts."""
    for kind, cells, side in (("surplus", given.surpluses, 0), ("shortage", given.shortages, 1)):
        places: dict[Cell, list[int]] = {cell: [] for cell in cells}
        for place, both in enumerate(ends):
            cell = both[side]
            if cell is not None:
                places[cell].append(place)
        for cell, here in places.items():
            if here:
                block.rows((), -INFINITY, cell.persons, (moves[here], 1))
                names.append(f"{kind}:{cell.school_id}:{cell.stage}:{cell.subject}")


def _room_rows(
    block: Block,
    given: Openings,
    moves: Any,
    ends: Sequence[tuple[Cell | None, Cell | None]],
    names: list[str],
) -> None:
    """A school below its quota loses nobody net, one above gains nobody net, and neither passes its quota."""
    changes: dict[str, list[tuple[int, int]]] = {school_id: [] for school_id in given.room}
    for place, (left, taken) in enumerate(ends):
        if left is None and taken is not None:
            changes[taken.school_id].append((place, 1))
        elif taken is None and left is not None:
            changes[left.school_id].append((place, -1))
    for school_id, here in changes.items():
        if here:
            least, most = given.room[school_id]
            block.rows((), least, most, (moves[[place for place, _ in here]], [sign for _, sign in here]))
            names.append(f"room:{school_id}")


def _pool_rows(block: Block, swap: Exchange, moves: Any) -> None:
    """As many leave a pool as enter it."""
    signs = np.concatenate([np.ones(len(swap.takes)), -np.ones(len(swap.gives))])
    pools = np.array([pool for _, pool in (*swap.takes, *swap.gives)], dtype=int)
    for pool in range(len(swap.pools)):
        here = pools == pool
        block.rows((), 0, 0, (moves[here], signs[here]))


def _levels(given: Openings, swap: Exchange) -> list[Doubles]:
    """Costs of each level, all to be made least; what leaves a surplus through a pool is counted where it enters."""
    inside, through, out = len(given.inside), len(swap.takes), np.zeros(len(swap.gives))
    takers = [given.shortages[to].school_id for _, to in given.inside]
    takers += [given.shortages[to].school_id for to, _ in swap.takes]
    weak = np.array([school_id in given.weak for school_id in takers], dtype=float)
    county = np.array([swap.pools[pool][3] == COUNTY for _, pool in swap.takes], dtype=float)
    parts = (
        -np.ones(inside + through),
        -weak,
        np.concatenate([np.zeros(inside), np.ones(through)]),
        np.concatenate([np.zeros(inside), county]),
    )
    return [np.concatenate([part, out]) for part in parts]


def _moves(given: Openings, swap: Exchange, values: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Moves by pair: those inside, and each pool's persons put to its posts."""
    found = Counter[tuple[int, int]](
        {both: count for both, count in zip(given.inside, values, strict=False) if count}
    )
    rest = values[len(given.inside) :]
    into, out = ([dict[int, int]() for _ in swap.pools] for _ in range(2))
    for side, flows, counts in (
        (into, swap.takes, rest[: len(swap.takes)]),
        (out, swap.gives, rest[len(swap.takes) :]),
    ):
        for (cell, pool), count in zip(flows, counts, strict=True):
            if count:
                side[pool][cell] = count
    for givers, takers in zip(out, into, strict=True):
        for at, to, persons in pairs(given, givers, takers):
            found[at, to] += persons
    return tuple((at, to, persons) for (at, to), persons in sorted(found.items()))


def _prices(found: Solved, names: list[str]) -> dict[str, Fraction]:
    """Posts gained by one more unit of each row, from the relaxed first level."""
    told = {}
    for name, price in zip(names, found.prices, strict=False):
        value = Fraction(-float(price)).limit_denominator(_PRICE_DENOMINATOR)
        if value:
            told[name] = value
    return told
