"""The zoning model for the solver: a variable by open pair; seats, floors, balance, contiguity.

min Σ cost·x + w·Σ|needy apart| (+ penalty·pupils beyond the limits), every block in one zone. Costs are divided by ``unit`` so
that the solver sees numbers near 1; prices are given back in metre-pupils.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from junheng.planning.solver import INFINITY, Block, Solved
from junheng.planning.zone.bound import Prices
from junheng.planning.zone.model import OUT, UNPLACED, Doubles, Layout, Mask, Whole
from junheng.planning.zone.model_contiguity import Row

_SIGNIFICANT = 1e-9  # a smaller price of a row is noise


@dataclass
class Program:
    """The model of some pairs and rows. ``place``: variable of (block, zone), -1 for none."""

    layout: Layout
    block: Block
    unit: float
    place: Whole
    rows: list[Row] = field(default_factory=list)
    seats: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    floors: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    balance: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    contiguity: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    slack: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    unplaced: Whole = field(default_factory=lambda: np.empty(0, np.int64))

    def share(self, solved: Solved) -> Doubles:
        """x by block and zone."""
        return np.where(self.place >= 0, solved.values[np.maximum(self.place, 0)], 0.0)

    def plan(self, solved: Solved) -> Whole:
        """The zone of each block."""
        share = self.share(solved)
        return np.where(share.max(1) > 0.5, share.argmax(1), OUT).astype(np.int64)

    def start(self, plan: Whole) -> Doubles:
        """Values of all variables at a plan."""
        found, layout = np.zeros(self.block.columns), self.layout
        put = np.flatnonzero(plan >= 0)
        found[self.place[put, plan[put]]] = 1.0
        load = layout.load(plan)
        if self.slack.size:
            found[self.slack[0]] = np.maximum(load - layout.capacity, 0)
            found[self.slack[1]] = np.maximum(layout.floor - load, 0)
        if self.unplaced.size:
            found[self.unplaced] = plan[layout.placed] < 0
        if self.balance.size:
            found[self.balance[0]] = np.abs(np.bincount(plan[put], layout.apart[put], len(layout.zones)))
        return found

    def prices(self, solved: Solved) -> Prices:
        """The prices of all rows, with the signs a bound may use."""
        price = solved.prices * self.unit
        seats = np.maximum(-price[self.seats], 0)
        if self.floors.size:
            seats = seats - np.maximum(price[self.floors], 0)
        weight, needy = self.layout.needy_weight, np.zeros(len(self.layout.zones))
        if self.balance.size:
            needy = np.clip(-(price[self.balance[1]] + price[self.balance[2]]), -weight, weight)
        rows = [
            (row, float(-price[at]))
            for row, at in zip(self.rows, self.contiguity.tolist(), strict=True)
            if -price[at] > _SIGNIFICANT * self.unit and row.partner < 0
        ]
        return Prices(seats, needy, rows)


def program(
    layout: Layout,
    pairs: Mask,
    rows: Sequence[Row],
    *,
    is_soft: bool = False,
    is_short: bool = False,
    may_leave_out: bool = False,
    is_tied: bool = False,
) -> Program:
    """The model of the pairs and rows given.

    ``is_soft``: pupils beyond the limits are allowed at the layout's penalty; ``may_leave_out``: so are blocks placed nowhere;
    ``is_short``: nothing but these two counts, a pupil 1; ``is_tied``: blocks without pupils prefer the nearer school.
    """
    block, at = Block(), np.nonzero(pairs)
    cost = np.zeros(len(at[0])) if is_short else layout.cost[at] + is_tied * layout.ties[at]
    unit = 1.0 if is_short else max(1.0, float(np.abs(cost).mean()) if len(cost) else 1.0)
    place = np.full(pairs.shape, -1, np.int64)
    place[at] = block.var(len(at[0]), upper=1.0, cost=cost / unit, whole=True)
    found = Program(layout, block, unit, place, list(rows))
    if is_soft or is_short:
        penalty = 1.0 if is_short else layout.penalty
        found.slack = block.var((2, len(layout.zones)), cost=penalty / unit)
        if is_short or may_leave_out:
            dear = UNPLACED * np.maximum(layout.pupils[layout.placed], 1) * penalty / unit
            found.unplaced = block.var(len(layout.placed), upper=1.0, cost=dear, whole=True)
    _assignment(found)
    _limits(found)
    if layout.needy_weight and not is_short:
        _balance(found)
    _contiguity(found)
    return found


def _some(place: Whole) -> tuple[Whole, npt.NDArray[np.int64]]:
    """Variables with 0 as coefficient where there is none."""
    return np.maximum(place, 0), (place >= 0).astype(np.int64)


def _assignment(found: Program) -> None:
    placed = found.layout.placed
    variables, there = _some(found.place[placed])
    more = [(found.unplaced, 1.0)] if found.unplaced.size else []
    found.block.rows(len(placed), 1.0, 1.0, (variables, there), *more)


def _limits(found: Program) -> None:
    """Seats, and floors where there are any."""
    layout, zones = found.layout, len(found.layout.zones)
    variables, there = _some(found.place.T)
    load = (variables, there * layout.pupils)
    over, under = (
        [(part, sign)] if found.slack.size else []
        for part, sign in zip(_two(found.slack), (-1.0, 1.0), strict=True)
    )
    found.seats = found.block.rows(zones, -INFINITY, layout.capacity, load, *over)
    if layout.floor.any():
        found.floors = found.block.rows(zones, layout.floor, INFINITY, load, *under)


def _two(slack: Whole) -> tuple[Whole, Whole]:
    return (slack[0], slack[1]) if slack.size else (slack, slack)


def _balance(found: Program) -> None:
    """apart_z ≥ |Σ apart·x|, at w each."""
    layout, zones = found.layout, len(found.layout.zones)
    variables, there = _some(found.place.T)
    away = found.block.var(zones, cost=layout.needy_weight / found.unit)
    above = found.block.rows(zones, -INFINITY, 0.0, (variables, there * layout.apart), (away, -1.0))
    below = found.block.rows(zones, 0.0, INFINITY, (variables, there * layout.apart), (away, 1.0))
    found.balance = np.stack((away, above, below))


def _contiguity(found: Program) -> None:
    """x ≤ Σ x of the blocks it needs; rows of pairs that are no variables are left out."""
    found.rows = [row for row in found.rows if found.place[row.block, row.zone] >= 0]
    if not found.rows:
        return
    heads = np.array([found.place[row.block, row.zone] for row in found.rows])
    width = max(1, *(len(row.through) for row in found.rows))
    through = np.full((len(found.rows), width + 1), -1, np.int64)
    high = np.zeros(len(found.rows))
    for at, row in enumerate(found.rows):
        through[at, : len(row.through)] = found.place[list(row.through), row.zone]
        if row.partner >= 0 and (partner := found.place[row.partner, row.zone]) >= 0:
            through[at, width], high[at] = partner, 1.0
    variables, there = _some(through)
    there[:, width] *= -1
    found.contiguity = found.block.rows(len(found.rows), -INFINITY, high, (heads, 1.0), (variables, -there))
