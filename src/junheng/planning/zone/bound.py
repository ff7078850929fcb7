"""What no plan can cost less than, by prices: weak duality, every block choosing alone.

For prices π of seats (negative: of the floor), ρ of the needy balance (|ρ| ≤ w), θ ≥ 0 of rows of contiguity
  L = Σ_b min_z [cost + π_z·pupils + ρ_z·apart + θ of its own rows - θ of the rows it serves] - Σ_z (π⁺·seats - π⁻·floor).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from junheng.planning.zone.model import Doubles, Layout, Whole
from junheng.planning.zone.model_contiguity import Row

_SHRINK, _PATIENCE = 0.6, 12  # the step after so many turns without a better bound


@dataclass(frozen=True)
class Prices:
    """Metres by pupil (seats, needy) or metre-pupils (rows, blocks: of the other bound, where it was sought)."""

    seats: Doubles
    needy: Doubles
    rows: Sequence[tuple[Row, float]] = field(default_factory=tuple)
    blocks: Doubles | None = None


def reduced(layout: Layout, prices: Prices) -> Doubles:
    """Cost of every pair at the prices; infinite where it is not open."""
    found = layout.cost + prices.seats * layout.pupils[:, None] + prices.needy * layout.apart[:, None]
    for row, price in prices.rows:
        found[row.block, row.zone] += price
        found[list(row.through), row.zone] -= price
    return np.where(layout.is_open, found, np.inf)


def bound(layout: Layout, prices: Prices, costs: Doubles | None = None) -> float:
    """L. ``costs``: the reduced costs where they are known already."""
    found = reduced(layout, prices) if costs is None else costs
    paid = np.maximum(prices.seats, 0) @ layout.capacity - np.maximum(-prices.seats, 0) @ layout.floor
    return float(found[layout.placed].min(1).sum() - paid)


def ascend(layout: Layout, turns: int = 300) -> Prices:
    """Good prices of seats by subgradient steps, from none."""
    zones, placed = len(layout.zones), layout.placed
    own = np.where(layout.is_open, layout.cost, np.inf)[placed]
    pupils = layout.pupils[placed]
    seats = best_seats = np.zeros(zones)
    best, since, step = -np.inf, 0, 1.0
    spread = _spread(own, pupils)
    for _ in range(turns):
        costs = own + seats * pupils[:, None]
        chosen = costs.argmin(1)
        value = costs[np.arange(len(placed)), chosen].sum() - (
            np.maximum(seats, 0) @ layout.capacity - np.maximum(-seats, 0) @ layout.floor
        )
        if value > best:
            best, best_seats, since = value, seats, 0
        else:
            since += 1
        if since > _PATIENCE:
            step, since, seats = step * _SHRINK, 0, best_seats
            continue
        load = np.bincount(chosen, pupils, zones)
        slope = np.where(seats > 0, load - layout.capacity, np.maximum(load - layout.capacity, 0))
        slope = np.where((seats <= 0) & (load < layout.floor), load - layout.floor, slope)
        length = np.abs(slope).max()
        if not length:
            break
        moved = seats + step * spread * slope / length
        seats = np.where(layout.floor > 0, moved, np.maximum(moved, 0))
    return Prices(best_seats, np.zeros(zones))


def _spread(own: Doubles, pupils: Whole) -> float:
    """A step: how much farther the second nearest zone usually is, in metres."""
    if own.shape[1] < 2 or not len(own):
        return 1.0
    two = np.partition(own, 1, axis=1)[:, :2]
    there = np.isfinite(two[:, 1]) & (pupils > 0)
    gaps = (two[there, 1] - two[there, 0]) / pupils[there]
    return float(np.median(gaps)) + 1.0 if len(gaps) else 1.0
