"""The strong model: a child goes to a site only where it is open, block by block;
whole steps of classes; HiGHS.

Money in 万元. What the prices have shown to be of no use (``Scope``) is fixed beforehand: the kernel that is left.
"""

from dataclasses import dataclass

import numpy as np

from junheng.planning.site.bound import Prices
from junheng.planning.site.case import PARTS_OF_WAN, Case, Real, Whole
from junheng.planning.site.paths import Flags
from junheng.planning.site.ragged import summed
from junheng.planning.solver import INFINITY, Block, Doubles, Places


@dataclass(frozen=True, slots=True)
class Scope:
    """Which last states of each site may still belong to a better plan (by site and state)."""

    open: Flags


@dataclass(frozen=True, slots=True)
class Model:
    """Variables: sites open, steps, children by way, children without a seat."""

    case: Case
    block: Block
    is_open: Places
    steps: Places
    ways: Whole  # which ways (they lead to sites that may be open)
    children: Places
    lacking: Places
    served: Places  # rows: every child of a block and year has a seat or lacks one
    money: Places  # rows: money spent up to a year (-1 where there is no limit)

    def states(self, values: Doubles) -> Whole:
        """The states that a solution stands for."""
        is_open = np.rint(values[self.is_open]).astype(np.int64)
        return np.where(is_open > 0, 1 + np.rint(values[self.steps]).astype(np.int64), 0)

    def start(self, state: Whole, pupils: Whole, lacking: Whole) -> Doubles:
        """A plan as a solution of this model."""
        values = np.zeros(self.block.columns)
        values[self.is_open] = state > 0
        values[self.steps] = np.maximum(state - 1, 0)
        values[self.children] = pupils[self.ways]
        values[self.lacking] = lacking
        return values


def whole_scope(case: Case) -> Scope:
    """Every state that is possible at all."""
    level = np.arange(-1, case.steps + 1)
    return Scope(np.broadcast_to(level <= case.rooms.most[:, None], (len(case.sites), len(level))))


def narrowed(case: Case, prices: Prices, best: float) -> Scope:
    """States that a plan cheaper than ``best`` could end in: the bound with the site forced there stays below it."""
    ends = prices.response.ends
    return Scope(prices.bound + ends - ends.min(1)[:, None] < best * (1 + 1e-9))


def build(case: Case, scope: Scope, *, lacking_most: int | None = None, is_lack_alone: bool = False) -> Model:
    """The model. ``lacking_most``: a ceiling on seats lacking in all; ``is_lack_alone``: only they are to be few."""
    block, unit = Block(), case.scale * PARTS_OF_WAN
    shape = (len(case.sites), len(case.years))
    is_open, steps = _states(case, block, scope)
    used = np.flatnonzero(scope.open[case.site, 1:].any(1)) if len(case.block) else np.empty(0, np.int64)
    costs = np.broadcast_to(case.way[used, None] / unit, (len(used), shape[1]))
    children = block.var((len(used), shape[1]), upper=case.demand[case.block[used]], cost=costs)
    may_lack = case.may_lack or lacking_most is not None or is_lack_alone
    lacking = block.var(case.demand.shape, upper=case.demand if may_lack else 0.0, cost=case.unmet / unit)
    served = np.zeros(case.demand.shape, np.int64)
    for year in range(shape[1]):
        demand = case.demand[:, year]
        served[:, year] = summed(
            block, case.block[used], children[:, year], (demand, demand), (lacking[:, year], 1.0)
        )
        _seats(case, block, used, children[:, year], is_open[:, year], steps[:, year], year)
    if lacking_most is not None:
        block.rows((), 0.0, lacking_most, (lacking.reshape(-1), 1.0))
    _strong(case, block, used, children, is_open)
    money = _money(case, block, is_open, steps)
    if is_lack_alone:
        block.aim([(lacking, 1.0)])
    return Model(case, block, is_open, steps, used, children, lacking, served, money)


def _states(case: Case, block: Block, scope: Scope) -> tuple[Places, Places]:
    """Open or not and steps, by site and year: only ever opened (or closed) once, steps only ever added.

    Money is not discounted: what is paid once depends on what stands in the last year alone.
    """
    rooms, prices, unit = case.rooms, case.prices, case.scale * PARTS_OF_WAN
    shape = (len(case.sites), len(case.years))
    costs = (prices.yearly[:, None] + prices.class_yearly[:, None] * rooms.standing) / unit
    costs[:, -1] += np.where(rooms.is_existing, -prices.close, prices.fixed) / unit
    lower, upper = _open_bounds(case, scope)
    is_open = block.var(shape, lower=lower, upper=upper, cost=costs, whole=True)
    each = np.broadcast_to((prices.class_yearly * rooms.step / unit)[:, None], shape).copy()
    each[:, -1] += prices.step / unit
    low, top = _step_bounds(case, scope)
    steps = block.var(shape, lower=low, upper=top, cost=each, whole=True)
    turns = np.where(rooms.is_existing, -1.0, 1.0)[:, None]
    block.rows((shape[0], shape[1] - 1), 0, INFINITY, (is_open[:, 1:], turns), (is_open[:, :-1], -turns))
    block.rows((shape[0], shape[1] - 1), 0, INFINITY, (steps[:, 1:], 1), (steps[:, :-1], -1))
    at = np.where(rooms.is_existing[:, None], is_open[:, -1:], is_open)
    block.rows(shape, -INFINITY, 0, (steps, 1), (at, -rooms.most[:, None]))
    least = np.where(rooms.is_existing, 0, rooms.least)[:, None]
    block.rows(shape, 0, INFINITY, (steps, 1), (is_open, -least))
    return is_open, steps


def _open_bounds(case: Case, scope: Scope) -> tuple[Flags, Flags]:
    """Least and most of "open", by site and year."""
    rooms, year = case.rooms, np.arange(len(case.years))
    before: Flags = year < rooms.start[:, None]
    is_last = np.zeros(len(case.years), bool)
    is_last[-1] = True
    may_stand: Flags = scope.open[:, 1:].max(axis=1, keepdims=True)
    may_go: Flags = scope.open[:, :1]
    new = ~rooms.is_existing[:, None]
    upper = np.where(new, ~before & may_stand, may_stand | ~is_last)
    lower = np.where(new, ~may_go & is_last, before | ~(rooms.may_close[:, None] & may_go))
    return (lower | (year >= rooms.must_from[:, None])) & upper, upper


def _step_bounds(case: Case, scope: Scope) -> tuple[Whole, Whole]:
    """Least and most steps, by site and year."""
    rooms, year = case.rooms, np.arange(len(case.years))
    level = np.where(scope.open[:, 1:], np.arange(case.steps + 1), -1).max(1)
    top = np.where(year < rooms.start[:, None], 0, np.clip(level, 0, rooms.most)[:, None])
    low = np.where(year >= rooms.must_from[:, None], rooms.must_steps[:, None], 0)
    return low, np.maximum(top, low)


def constant(case: Case) -> int:
    """Parts that the objective leaves out: every closing is paid, and every school that stays gives it back."""
    return int((case.rooms.is_existing * case.prices.close).sum())


def _seats(
    case: Case, block: Block, used: Whole, children: Places, is_open: Places, steps: Places, year: int
) -> None:
    """Children of a year within the seats that stand, what a school may hold, and a least size in the last year."""
    rooms = case.rooms
    count, ends = len(case.sites), case.site[used]
    free = np.full(count, -INFINITY)
    standing = -case.seats_per_class * rooms.standing[:, year]
    more = -case.seats_per_class * rooms.step
    summed(block, ends, children, (free, np.zeros(count)), (is_open, standing), (steps, more))
    is_tight = case.seats[:, year, -1] == rooms.pupils_most
    if is_tight.any():
        summed(block, ends, children, (free, np.zeros(count)), (is_open, -rooms.pupils_most))
    if year == len(case.years) - 1 and rooms.pupils_least.any():
        summed(
            block, ends, children, (np.zeros(count), np.full(count, INFINITY)), (is_open, -rooms.pupils_least)
        )


def _strong(case: Case, block: Block, used: Whole, children: Places, is_open: Places) -> None:
    """Children of a block at a site ≤ its children × open: what makes the relaxation strong."""
    rooms = case.rooms
    is_sure = rooms.is_existing & ~rooms.may_close
    rows = np.flatnonzero(~is_sure[case.site[used]])
    if len(rows):
        at, demand = used[rows], case.demand[case.block[used[rows]]]
        block.rows(
            (len(rows), len(case.years)), -INFINITY, 0, (children[rows], 1), (is_open[case.site[at]], -demand)
        )


def _money(case: Case, block: Block, is_open: Places, steps: Places) -> Places:
    """What is spent on building up to each year within the budget up to then."""
    rooms, prices, unit = case.rooms, case.prices, case.scale * PARTS_OF_WAN
    fixed: Real = np.where(rooms.is_existing, 0, prices.fixed) / unit
    found = np.full(len(case.years), -1)
    for year, limit in enumerate(case.budget):
        if limit is not None:
            spent = ((is_open[:, year], fixed), (steps[:, year], prices.step / unit))
            found[year] = block.rows((), -INFINITY, limit / unit, *spent)
    return found
