"""The four questions: all by the target year, the most within the money, the least money for so many,
cost against number."""

from dataclasses import dataclass, field

import numpy as np

from junheng.basics import Text, UserError
from junheng.planning.clock import Clock
from junheng.planning.frozen import Json
from junheng.planning.invest.cones import anchor, limits
from junheng.planning.invest.county import FLOOR, FULL, WAN, County, Flags
from junheng.planning.invest.direct import direct_plan
from junheng.planning.invest.elastic import Infeasible, explain
from junheng.planning.invest.priced import priced_plan
from junheng.planning.invest.prices import Prices
from junheng.planning.invest.rounding import first_plan
from junheng.planning.invest.screen import Screen
from junheng.planning.invest.search import Best, Search
from junheng.planning.invest.timing import Schedule
from junheng.planning.solver import Solved

_NEAR = 1e-6


@dataclass
class Found:
    """What a mode brings: a dated plan with its prices and bounds (10,000 yuan, or stages), or why there is none."""

    counts_stages: bool
    schedule: Schedule | None = None
    prices: Prices = field(default_factory=lambda: Prices(False, {}, {}))
    bound: float = 0.0
    tree: float | None = None
    is_cut: bool = False
    pareto: list[Json] = field(default_factory=list)
    infeasible: Infeasible | None = None


def run(county: County, screen: Screen, clock: Clock) -> Found:
    """Answer the problem's question. Raises UserError for a mode nobody knows and for time too short for any plan."""
    mode = county.problem["mode"]
    kinds = {"all_by": all_by, "most_within": most_within, "least_for": least_for, "pareto": pareto}
    if mode["kind"] not in kinds:
        raise UserError(
            Text(f"没有“{mode['kind']}”这种方式", f"there is no mode {mode['kind']!r}"),
            fix=Text(f"可用：{'、'.join(kinds)}", f"use one of {', '.join(kinds)}"),
        )
    return kinds[mode["kind"]](county, screen, clock)


def all_by(county: County, screen: Screen, clock: Clock) -> Found:
    """Every stage that can, by the target year, at least cost; every CV limit met."""
    every = limits(county)
    found = direct_plan(county, screen, every)
    if found is not None:
        return Found(False, found[0], Prices(False, {}, {}), found[1], found[1])
    search = Search(county, screen, every, clock)
    search.model.block.bound(search.model.comply, lower=screen.is_open.astype(float))
    return _least_cost(search, screen.is_open)


def least_for(county: County, screen: Screen, clock: Clock) -> Found:
    """So many complying stages at least cost."""
    wanted = int(county.problem["mode"]["stages"])
    can = int(screen.is_open.sum())
    if wanted > can:
        told = Text(
            f"要求 {wanted} 个校段达标，最多只有 {can} 个能够达标",
            f"{wanted} school-stages are asked for, only {can} can comply",
        )
        return Found(False, infeasible=Infeasible([told], []))
    return _least_for(county, screen, clock, wanted)


def _least_for(county: County, screen: Screen, clock: Clock, wanted: int) -> Found:
    search = Search(county, screen, [], clock)
    search.model.ask("stages", wanted)
    return _least_cost(search, np.zeros(len(county.rows), bool))


def _least_cost(search: Search, must: Flags) -> Found:
    """Least money with the rows the model has; or why there is no plan."""
    search.model.block.aim(search.model.cost_terms)
    relaxed = search.relaxed()
    if not relaxed.is_found:
        if search.clock.is_over():
            raise _too_short()
        return _nothing(search, must)
    prices, bound = search.certificate(relaxed, must)
    anchor(search.model, search.limits, relaxed.values)
    is_each = bool((must == search.screen.is_open).all())
    best = search.best(first=priced_plan(search, prices, must, bound) if is_each else None)
    if best is None:
        if search.is_infeasible:
            return _nothing(search, must)
        raise _too_short()
    return Found(False, best.schedule, prices, bound, best.tree, best.is_cut)


def _nothing(search: Search, must: Flags) -> Found:
    wanted = [int(name.split(":")[1]) for name in search.model.counts if name.startswith("stages")]
    why = explain(search.county, search.screen, must, max(wanted, default=0), search.limits)
    return Found(False, infeasible=why)


def _too_short() -> UserError:
    return UserError(
        Text(
            "到时限（或中断）时还没有找到可行方案",
            "no plan was found before the time limit or the interruption",
        ),
        fix=Text("延长时限，或减少限制", "allow more seconds, or relax limits"),
    )


def most_within(county: County, screen: Screen, clock: Clock) -> Found:
    """First the most weak stages, then the most stages, then the least money: each by a solve of its own."""
    search = Search(county, screen, [], clock)
    model = search.model
    nobody = np.zeros(len(county.rows), bool)
    if county.is_weak.any():
        model.block.aim([(model.comply[county.is_weak], -1.0)])
        weak = _counted(search, search.relaxed(), share=0.3)
        model.ask("weak", int(weak.plan.comply[county.is_weak].sum()))
    model.block.aim([(model.comply, -1.0)])
    relaxed = search.relaxed()
    if not relaxed.is_found:
        raise _too_short()
    prices, bound = search.certificate(relaxed, nobody, counts_stages=True)
    most = _counted(search, relaxed, share=0.7)
    count = int(most.plan.comply.sum())
    model.ask("stages", count)
    model.block.aim(model.cost_terms)
    cheap = search.best(start=most.values)
    dated = cheap.schedule if cheap is not None else search.dated(most.plan, most.values)
    if dated is None:
        raise _too_short()
    return Found(True, dated, prices, -bound, -most.tree, most.is_cut)


def _counted(search: Search, relaxed: Solved, *, share: float) -> Best:
    """The most stages of the objective set: from the relaxation's roundings, then the whole tree."""
    start = first_plan(search, relaxed) if relaxed.is_found else None
    found = search.best(share=share, start=start, is_dated=False)
    if found is None:
        raise _too_short()
    return found


def pareto(county: County, screen: Screen, clock: Clock) -> Found:
    """Least money for several numbers of stages, up to all that can; the plan shown is the last that is possible."""
    points = max(2, int(county.problem["mode"].get("points", 9)))
    now = int((~_lacking(county)).sum())
    wanted = sorted(
        {round(now + (int(screen.is_open.sum()) - now) * at / (points - 1)) for at in range(points)}
    )
    last, rows = None, []
    for place, number in enumerate(wanted):
        part = clock.part(1 / (len(wanted) - place))
        found = _least_for(county, screen, part, number)
        if found.schedule is None:
            last = last or found
            break
        last = found
        rows.append(
            {"cost_yuan": found.schedule.cost_yuan, "stages": number, "bound_yuan": found.bound * WAN}
        )
        if clock.is_stopped:
            break
    if last is None:
        raise _too_short()
    last.pareto = rows
    return last


def _lacking(county: County) -> Flags:
    """Rows that do not comply as they are."""
    own, shared = county.lack_persons, county.lack_shared
    under = (own[:, FULL] > 0).sum(1) + (shared[:, FULL] > 0).sum(1)
    lost = (own[:, FLOOR] > 0).any(1) | (shared[:, FLOOR] > 0).any(1)
    found: Flags = lost | (under > len(county.indicators) - county.needed)
    return found
