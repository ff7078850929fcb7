"""Striking a child off after the draw: the same order, one child fewer, and whom that moves.

Tickets do not depend on other children, so the order of the others stays. On average about one other child moves: the seat
passes down a chain until it meets a child without a seat, or a seat nobody wants.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from junheng.admissions.assign import assign
from junheng.admissions.assignment import Assignment, Ranks
from junheng.admissions.complaint import refuse
from junheng.admissions.engines import EngineName
from junheng.admissions.market import AnyInts, Flags, Ints, Market
from junheng.basics import Text


@dataclass(frozen=True)
class Replay:
    """The draw without those struck off. ``moved``: pids of other children whose school changed, in the roll's order."""

    market: Market
    ranks: Ranks
    assignment: Assignment
    moved: tuple[str, ...]


def strike_off(
    market: Market, ranks: Ranks, before: Assignment, pids: Collection[str], engine: EngineName = "auto"
) -> Replay:
    """Replay the draw without the children ``pids``. A unit that loses a member keeps its id, and so its ticket.

    Raises UserError for a pid that is not on the roll.
    """
    unknown = sorted(set(pids) - set(market.pids))
    if unknown:
        raise refuse(
            unknown[0],
            "名册中没有此学生",
            "no such child on the roll",
            fix=Text("请核对学生代号", "compare the pid with the roll"),
        )
    stays = np.array([pid not in pids for pid in market.pids], dtype=np.bool_)
    left, kept = without(market, stays)
    order = _restricted(market, ranks, kept)
    after = assign(left, order, engine)
    old = before.school[market.row_unit[stays]]
    new = after.school[left.row_unit]
    moved = tuple(left.pids[row] for row in np.flatnonzero(old != new).tolist())
    return Replay(left, order, after, moved)


def without(market: Market, stays: Flags) -> tuple[Market, Ints]:
    """The market of the rows that stay [R], and which units it keeps."""
    size = np.bincount(market.row_unit[stays], minlength=len(market.units))
    kept = np.flatnonzero(size)
    start, application = _gathered(market.start, kept)
    fallback_start, place = _gathered(market.fallback_start, kept)
    found = replace(
        market,
        pids=[pid for pid, stay in zip(market.pids, stays.tolist(), strict=True) if stay],
        row_unit=np.searchsorted(kept, market.row_unit[stays]),
        units=[market.units[unit] for unit in kept.tolist()],
        size=size[kept],
        start=start,
        school=market.school[application],
        klass=market.klass[application],
        fallback_start=fallback_start,
        fallback=market.fallback[place],
    )
    return found, kept


def _restricted(market: Market, ranks: Ranks, kept: Ints) -> Ranks:
    """The same order among the units kept; the lot of a unit is asked for by its old number."""
    single = ranks.single[kept]
    place = np.empty(single.size, dtype=np.int64)
    place[np.argsort(single)] = np.arange(single.size)
    application = _gathered(market.start, kept)[1]
    own = None if ranks.by_application is None else ranks.by_application[application]
    lot, old = ranks.lot, kept.tolist()
    return Ranks(place, own, None if lot is None else lambda unit, schools: lot(old[unit], schools))


def _gathered(start: Ints, units: AnyInts) -> tuple[Ints, Ints]:
    """The lists of ``units`` one after another: where each begins, and the places they are taken from."""
    lengths = np.diff(start)[units]
    found = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    return found, np.arange(found[-1]) + np.repeat(start[:-1][units] - found[:-1], lengths)
