"""Prices of blocks: the bound in which every zone chooses alone, in whole blocks within its seats.

Where zones have few blocks, seats are left over because blocks cannot be cut; prices of seats do not see that, knapsacks do.
Subgradient steps towards the plan's cost (Polyak), of prices of blocks and of rows of contiguity together, from the prices of
the relaxed model: never below its bound.
"""

from dataclasses import dataclass, replace

import numpy as np

from junheng.planning.zone.bound import Prices, reduced
from junheng.planning.zone.model import Doubles, Layout, Mask, Whole
from junheng.planning.zone.model_contiguity import Row, first_rows
from junheng.planning.zone.search_clock import ZoneClock

_MOST = 3_000_000  # cells of all knapsacks: beyond it neither the search nor the check would be quick
_CELLS = 300_000_000  # of all turns together
_TURNS, _PATIENCE, _SHRINK, _LEAST = 600, 12, 0.7, 0.005
_NEAR = 1e-5  # of the plan's cost: nearer than that nothing more is wanted


@dataclass(frozen=True)
class _Knapsacks:
    """``core``: costs at the prices of balance alone; ``free``: open pairs of blocks with a choice; the rest is forced.

    ``heads`` and ``through`` (flat places of pairs; ``owner``: the row of each) are the rows of contiguity.
    """

    layout: Layout
    core: Doubles
    free: Mask
    forced: Mask
    seats: Whole
    floors: Whole
    rows: list[Row]
    heads: Whole
    through: Whole
    owner: Whole

    def costs(self, theta: Doubles) -> Doubles:
        """Costs of pairs at prices of rows; flat."""
        found = self.core.copy().reshape(-1)
        np.add.at(found, self.heads, theta)
        np.add.at(found, self.through, -theta[self.owner])
        return found

    def slopes(self, taken: Mask) -> Doubles:
        """By how much each row is broken."""
        flat = taken.reshape(-1).astype(np.float64)
        return np.asarray(flat[self.heads] - np.bincount(self.owner, flat[self.through], len(self.rows)))


def sharpened(layout: Layout, prices: Prices, target: float, clock: ZoneClock) -> Prices:
    """``prices`` with those of blocks, and better ones of rows; as they were where the knapsacks are too large.

    ``target``: the cost of the best plan known.
    """
    sacks = _knapsacks(layout, prices)
    if _cells(sacks) > _MOST or (sacks.seats < 0).any():
        return prices
    known = dict(prices.rows)
    theta = np.array([known.get(row, 0.0) for row in sacks.rows])
    some: Mask = np.any(sacks.free, axis=1)
    costs = sacks.costs(theta).reshape(layout.cost.shape) + prices.seats * layout.pupils[:, None]
    start = np.where(some, np.where(layout.is_open, costs, np.inf).min(1), 0.0)
    best = _climb(sacks, np.concatenate((start, theta)), some, target, clock)
    blocks, theta = best[: len(some)], best[len(some) :]
    rows = [(row, price) for row, price in zip(sacks.rows, theta.tolist(), strict=True) if price > 0]
    return replace(prices, blocks=blocks, rows=rows)


def _cells(sacks: _Knapsacks) -> int:
    """About how many cells a turn fills: pairs worth taking are about twice the blocks where there is no floor."""
    pairs = sacks.free.sum(0)
    if not sacks.floors.any():
        pairs = np.minimum(pairs, 2 * len(sacks.free) / max(1, len(pairs)))
    return int((pairs * np.maximum(sacks.seats, 1)).sum()) + 1


def _climb(sacks: _Knapsacks, found: Doubles, some: Mask, target: float, clock: ZoneClock) -> Doubles:
    """The best prices met on the way: of blocks, then of rows (≥ 0)."""
    size = len(some)
    best, best_value, since, step = found, -np.inf, 0, 1.0
    for _ in range(min(_TURNS, _CELLS // _cells(sacks))):
        value, taken = _value(sacks, found[:size], found[size:])
        if value > best_value:
            best, best_value, since = found, value, 0
        else:
            since += 1
        if since > _PATIENCE:
            step, since, found = step * _SHRINK, 0, best
            continue
        theta = sacks.slopes(taken)
        theta = np.where((found[size:] <= 0) & (theta < 0), 0.0, theta)
        slope = np.concatenate((np.where(some, 1.0 - taken.sum(1), 0.0), theta))
        length = float(slope @ slope)
        if not length or step < _LEAST or target - best_value < _NEAR * abs(target) or clock.is_over():
            break
        found = found + step * (target - value) / length * slope
        found[size:] = np.maximum(found[size:], 0.0)
    return best


def _knapsacks(layout: Layout, prices: Prices) -> _Knapsacks:
    only = layout.is_open.sum(1) == 1
    free, forced = layout.is_open & ~only[:, None], layout.is_open & only[:, None]
    load = forced.T @ layout.pupils
    core = reduced(layout, Prices(np.zeros(len(layout.zones)), prices.needy))
    rows = list(dict.fromkeys([*first_rows(layout.touch, layout.is_open), *(row for row, _ in prices.rows)]))
    rows = [row for row in rows if row.partner < 0]
    zones = len(layout.zones)
    through = np.array([block * zones + row.zone for row in rows for block in row.through], np.int64)
    return _Knapsacks(
        layout, np.where(layout.is_open, core, 0.0), free, forced, layout.capacity - load, np.maximum(layout.floor - load, 0),
        rows, np.array([row.block * zones + row.zone for row in rows], np.int64), through,
        np.repeat(np.arange(len(rows)), [len(row.through) for row in rows]),
    )  # fmt: skip


def _value(sacks: _Knapsacks, blocks: Doubles, theta: Doubles) -> tuple[float, Mask]:
    """The bound at these prices, and which pairs are taken."""
    costs = sacks.costs(theta).reshape(sacks.core.shape)
    taken = sacks.forced.copy()
    total = float(costs[taken].sum() + blocks.sum())
    for zone in range(len(sacks.layout.zones)):
        own = np.flatnonzero(sacks.free[:, zone])
        floor, seats = int(sacks.floors[zone]), int(sacks.seats[zone])
        least, chosen = _fill(costs[own, zone] - blocks[own], sacks.layout.pupils[own], floor, seats)
        total += least
        taken[own[chosen], zone] = True
    return total, taken


def _fill(values: Doubles, weights: Whole, floor: int, seats: int) -> tuple[float, Whole]:
    """The least sum of values of items that weigh from ``floor`` to ``seats`` in all, and which they are."""
    sure = np.flatnonzero((weights == 0) & (values < 0))
    items = np.flatnonzero((weights > 0) & (weights <= seats) & ((values < 0) | (floor > 0)))
    best = np.full(seats + 1, np.inf)
    best[0] = 0.0
    took = np.zeros((len(items), seats + 1), np.bool_)
    for at, item in enumerate(items.tolist()):
        weight = int(weights[item])
        other = best[: seats + 1 - weight] + values[item]
        took[at, weight:] = other < best[weight:]
        best[weight:] = np.minimum(best[weight:], other)
    load = floor + int(best[floor:].argmin())
    least, chosen = float(best[load] + values[sure].sum()), sure.tolist()
    for at in range(len(items) - 1, -1, -1):
        if took[at, load]:
            chosen.append(int(items[at]))
            load -= int(weights[items[at]])
    return least, np.array(sorted(chosen), np.int64)
