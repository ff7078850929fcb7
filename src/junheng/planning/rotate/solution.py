"""Solving a rotation: flows of types, fewer burdens at the same counts, names, the check."""

import threading
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from junheng.planning.frozen import number
from junheng.planning.rotate.check import check
from junheng.planning.rotate.check_bound import Priced
from junheng.planning.rotate.check_people import Roster
from junheng.planning.rotate.kernel import Whole, solve_whole
from junheng.planning.rotate.measure import Measure
from junheng.planning.rotate.model import Flow, Flows, Net, burden_model, gap_model
from junheng.planning.rotate.naming import name_movers
from junheng.planning.rotate.outcome import Proof, no_plan, outcome_of
from junheng.planning.rotate.people import sort_people
from junheng.planning.rotate.prices import floored, prices_of, raised
from junheng.planning.rotate.search import Search
from junheng.planning.rotate.shortfall import explain_shortfall, nobody_eligible
from junheng.planning.solver import Solved, Step

Json = dict[str, Any]
_LEAST_SECONDS = 2.0  # the second stage gets at least
_BURDEN_GAP = 1e-3  # the second stage is a courtesy: kilometres need no finer proof
_EXACT = Fraction(1, 10**9)


def solve(
    problem: Mapping[str, Any],
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Json:
    """The best rotation found and how good it is at most: ``gap`` relative, ``seconds`` by the clock.

    Raises RuntimeError when a plan does not pass its own check – a fault of the program, never of the input.
    """
    outcome = _solve(dict(problem), gap, Search(seconds, watch, stop))
    if broken := check(problem, outcome):
        raise RuntimeError("the plan does not pass its check: " + "; ".join(map(str, broken[:5])))
    return outcome


def _solve(problem: Json, gap: float, search: Search) -> Json:
    people = sort_people(problem)
    if not any(people.counts(people.by_id[name]) for name in people.asked()):
        return nobody_eligible(people)
    measure = Measure(people)
    flows = gap_model(people, measure)
    relaxed = search.relaxed(flows)
    if relaxed.status == "infeasible":
        return explain_shortfall(people, search.left)
    found = solve_whole(flows, relaxed, search, lambda some: gap_model(people, measure, some), gap)
    if found.ended == "infeasible":
        return explain_shortfall(people, search.left)
    if found.movers is None:
        return no_plan(people, found.ended)
    lighter, least = _lighten(flows, found.movers, gap, search.part(_LEAST_SECONDS))
    named = name_movers(people, lighter)
    return outcome_of(people, measure, named, _proof(problem, flows, relaxed, found, gap, least))


def _net(flows: Flows, chosen: Mapping[Flow, int]) -> dict[Net, int]:
    """What each school-stage gains of each attribute."""
    net = dict.fromkeys(flows.nets, 0)
    for flow, count in chosen.items():
        kind = flows.kind(flow)
        for name in kind.has:
            for school, by in ((flow[1], count), (kind.school, -count)):
                if (key := ((school, kind.stage), name)) in net:
                    net[key] += by
    return net


def _lighten(
    flows: Flows, chosen: dict[Flow, int], gap: float, search: Search
) -> tuple[dict[Flow, int], Fraction | None]:
    """The flows with the same counts and the least burden found; the first flows where time is out."""
    people, net = flows.people, _net(flows, chosen)
    model = burden_model(people, net)
    relaxed = search.relaxed(model)
    if relaxed.status != "optimal":
        return chosen, None
    found = solve_whole(
        model, relaxed, search, lambda some: burden_model(people, net, some), max(gap, _BURDEN_GAP)
    )
    return found.movers or chosen, floored(found.bound)


def _proof(
    problem: Json, flows: Flows, relaxed: Solved, found: Whole, gap: float, least: Fraction | None
) -> Callable[[Fraction], Proof]:
    """What is known of the best possible value, once the plan's own is."""
    prices = prices_of(flows, relaxed) if relaxed.status == "optimal" else {}
    priced = floored(Priced(Roster(problem), prices).bound()) if relaxed.status == "optimal" else None
    solver = floored(found.bound, flows.scale) if np.isfinite(found.bound) else None

    def proof(value: Fraction) -> Proof:
        bound = {"between_schools": priced, "solver_between_schools": solver, "burden": least}
        known = [part for part in (priced, solver) if part is not None]
        top = min(value, max(known)) if known else None
        apart = Fraction(0) if not value else (value - top) / value if top is not None else None
        status = _status(found.ended, apart, gap)
        stated = {name: number(part) for name, part in bound.items() if part is not None}
        return Proof(status, stated, number(raised(apart)) if apart is not None else "unknown", prices)

    return proof


def _status(
    ended: str, apart: Fraction | None, gap: float
) -> Literal["optimal", "within_gap", "time_limit", "interrupted"]:
    if apart is not None and apart <= _EXACT:
        return "optimal"
    if apart is not None and apart <= Fraction(gap):
        return "within_gap"
    return "interrupted" if ended == "interrupted" else "time_limit"
