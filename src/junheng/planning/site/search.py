"""One scenario solved: prices and a bound, a plan from what the sites answer, swaps,
then the kernel as a whole-number
model from the best plan known, and prices once more towards the plan found."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.site.bound import Prices, bound_at, raise_bound, spending
from junheng.planning.site.case import PARTS_OF_WAN, Case, Whole
from junheng.planning.site.model import Scope, build, constant, narrowed, whole_scope
from junheng.planning.site.paths import Ways, respond
from junheng.planning.site.transport import Plan, plan_of

_ROUNDS, _LAST_ROUNDS = 40, 120
_SWAPS = 12
_TRIED = 4  # sites changed singly and in pairs before the prices are formed anew


@dataclass(frozen=True, slots=True)
class Found:
    """A plan, its prices, and the bound of the solver's tree (parts; None where it was not asked)."""

    plan: Plan
    prices: Prices
    tree: float | None
    is_cut_short: bool


def search(case: Case, clock: Clock) -> Found | None:
    """The best plan in the time there is; None where the model has no plan at all."""
    ways = Ways(case)
    plan = first_plan(case)
    prices = first_prices(case, ways, float("inf") if plan is None else float(plan.cost), clock)
    first = _better(plan, answered(case, prices))
    if first is not None:
        plan = swapped(case, ways, first, clock.part(0.15))
        prices = raise_bound(case, ways, prices, float(plan.cost), _ROUNDS, clock.part(0.1).is_over)
        better = answered(case, prices)
        plan = plan if better is None or better.cost >= plan.cost else better
        clock.tell(plan.cost / case.scale, prices.bound / case.scale)
    plan, tree, is_cut_short = _kernel(case, prices, plan, clock)
    if plan is None:
        return None
    if prices.bound < plan.cost * (1 - clock.gap):
        end = Clock(clock.gap, max(clock.left, 0.1 * clock.seconds), None, clock.stop)
        prices = raise_bound(case, ways, prices, float(plan.cost), _LAST_ROUNDS, end.is_over)
    return Found(plan, prices, tree, is_cut_short)


def first_prices(case: Case, ways: Ways, best: float, clock: Clock) -> Prices:
    """The prices of the relaxed model, which bound as well as it does; where it gave none, steps from a guess."""
    model = build(case, whole_scope(case))
    solved = model.block.solve(relaxed=True, seconds=max(1.0, clock.left), stop=clock.stop)
    unit = case.scale * PARTS_OF_WAN
    if not solved.prices.size:
        aim = best if np.isfinite(best) else _ceiling(case)
        return raise_bound(case, ways, None, aim, 3 * _ROUNDS, clock.part(0.25).is_over)
    seat = np.clip(solved.prices[model.served] * unit, 0, case.unmet if case.may_lack else None)
    limited = np.where(model.money >= 0, -solved.prices[np.maximum(model.money, 0)], 0.0)
    money = np.maximum(0.0, limited)
    bound, response = bound_at(case, ways, seat, money)
    return Prices(seat, money, bound, response)


def first_plan(case: Case) -> Plan | None:
    """What is done at the least: schools stay as they are and only what must be opened is.

    Where a school would be below its least size, all that could be are closed. None where money forbids even that.
    """
    rooms = case.rooms
    year = np.arange(len(case.years))
    must = year >= rooms.must_from[:, None]
    steps = np.where(must, rooms.must_steps[:, None], 0)
    state = np.where(rooms.is_existing[:, None] | must, 1 + steps, 0)
    shut = (rooms.may_close & (rooms.pupils_least > 0))[:, None] & (year >= rooms.start[:, None])
    return within_budget(case, state) or within_budget(case, np.where(shut, 0, state))


def within_budget(case: Case, state: Whole) -> Plan | None:
    """The plan of these states; None where it costs more than may be spent or cannot be filled."""
    spent = np.cumsum(spending(case, state))
    if any(limit is not None and money > limit for money, limit in zip(spent, case.budget, strict=True)):
        return None
    return plan_of(case, state)


def answered(case: Case, prices: Prices) -> Plan | None:
    """The plan in which every site does what the prices make it do."""
    return within_budget(case, prices.response.state)


def swapped(case: Case, ways: Ways, plan: Plan, clock: Clock) -> Plan:
    """Sites changed one by one, or two at a time, to what seats are worth in the plan; kept where it is cheaper."""
    money = np.zeros(len(case.years))
    barren: set[tuple[int, ...]] = set()
    for _ in range(_SWAPS):
        worth = np.clip(plan.worth, 0, case.unmet if case.may_lack else np.inf)
        answer = respond(ways, worth, money)
        own = _own_costs(case, plan, worth)
        gains = own - answer.costs
        ranked = [int(site) for site in np.argsort(-gains, kind="stable") if gains[site] > 1e-6]
        found = None
        for group in _groups(ranked):
            if clock.is_over():
                return plan
            if group in barren:
                continue
            state = plan.state.copy()
            state[list(group)] = answer.state[list(group)]
            tried = within_budget(case, state)
            if tried is not None and tried.cost < plan.cost:
                found = tried
                break
            barren.add(group)
        if found is None:
            return plan
        plan = found
        barren.clear()
    return plan


def _groups(ranked: list[int]) -> list[tuple[int, ...]]:
    """The most promising sites together, singly, and in pairs."""
    top = ranked[:_TRIED]
    pairs = [(a, b) for at, a in enumerate(top) for b in top[at + 1 :]]
    return [*([tuple(sorted(top))] if len(top) > 2 else []), *((site,) for site in top), *pairs[:_TRIED]]


def _own_costs(case: Case, plan: Plan, worth: Any) -> Any:
    """What every site of the plan costs at these worths of seats."""
    sites, years = np.indices(plan.state.shape)
    running = np.where(plan.state > 0, case.running[sites, years, np.maximum(plan.state - 1, 0)], 0).sum(1)
    steps = np.maximum(plan.state[:, -1] - 1, 0)
    once = steps * case.prices.step
    is_last = plan.state[:, -1] > 0
    once = once + np.where(case.rooms.is_existing, ~is_last * case.prices.close, is_last * case.prices.fixed)
    earned = np.zeros(len(case.sites))
    net = ((worth[case.block] - case.way[:, None]) * plan.pupils).sum(1) if len(case.block) else np.empty(0)
    np.add.at(earned, case.site, net)
    return running + once - earned


def _kernel(
    case: Case, prices: Prices, plan: Plan | None, clock: Clock
) -> tuple[Plan | None, float | None, bool]:
    """The whole-number model on what the prices leave open; the better plan, the tree's bound, whether cut short."""
    if plan is not None and prices.bound >= plan.cost * (1 - clock.gap):
        return plan, None, False
    scope = whole_scope(case) if plan is None else narrowed(case, prices, float(plan.cost))
    if plan is not None and not _is_open(scope):
        return plan, None, False
    model = build(case, scope)
    start = None if plan is None else model.start(plan.state, plan.pupils, plan.lacking)
    solved = model.block.solve(
        gap=clock.gap, seconds=max(clock.left, 1e-3), start=start, watch=clock.watch, stop=clock.stop
    )
    unit = case.scale * PARTS_OF_WAN
    tree = solved.bound * unit + constant(case) if np.isfinite(solved.bound) else None
    found = plan_of(case, model.states(solved.values)) if solved.is_found else None
    if tree is not None and plan is not None:
        tree = min(tree, float(plan.cost)) if found is None else tree
    return _better(plan, found), tree, solved.status in ("limit", "interrupted")


def _is_open(scope: Scope) -> bool:
    """Whether any site has more than one state left."""
    return bool((scope.open.sum(1) > 1).any())


def _better(one: Plan | None, other: Plan | None) -> Plan | None:
    """The cheaper plan; the first where they are even."""
    if one is None or other is None:
        return one or other
    return other if other.cost < one.cost else one


def _ceiling(case: Case) -> float:
    """Something to aim the prices at where no plan is known yet: every child without a seat, or everything built."""
    if case.may_lack:
        return float(case.demand.sum() * case.unmet)
    built = case.prices.fixed + case.prices.step * case.rooms.most
    return float(built.sum() + case.running[:, :, -1].sum())
