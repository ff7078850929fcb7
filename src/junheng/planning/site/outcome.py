"""The frozen outcome: what every site does, where the children go, who lacks a seat,
and what is chosen in all scenarios."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np

from junheng.planning.frozen import FORMAT, Json, number, problem_hash
from junheng.planning.site.bound import exact_bound, rounded
from junheng.planning.site.case import Case, Whole
from junheng.planning.site.search import Found
from junheng.planning.site.transport import Plan, costs_of

_NANO = 10**9
_OPTIMAL = Fraction(1, 10**6)
_WORST = ("optimal", "within_gap", "time_limit", "interrupted", "infeasible")


def impossible(problem: Json, reasons: list[Json]) -> Json:
    """The outcome where what must be done contradicts itself."""
    return _head(problem, "infeasible") | {
        "objective": {}, "bound": {}, "gap": 0, "reasons": reasons, "plans": [], "choices": [], "unavoidable": [],
    }  # fmt: skip


def outcome_of(problem: Json, plans: list[Json], cuts: list[Json], reasons: list[Json]) -> Json:
    """The outcome of the plans of all scenarios."""
    lead = next(plan for plan in plans if plan["scenario"] == problem["lead"])
    status = max((plan["status"] for plan in plans), key=_WORST.index)
    gaps = [Fraction(plan["gap"]) for plan in plans]
    found = _head(problem, status) | {
        "objective": {
            "total_yuan": lead["cost_yuan"],
            "cost_yuan": lead["costs"]["capital_yuan"] + lead["costs"]["closing_yuan"],
            "unmet_seats": lead["unmet_seats"],
        },
        "bound": {key.replace("cost", "total"): value for key, value in lead["bound"].items()},
        "gap": number(max(gaps)),
        "plans": plans,
        "choices": choices(problem, plans),
        "unavoidable": cuts,
        "state": state_of(problem, lead),
    }
    return found | ({"reasons": reasons} if reasons else {})


def _head(problem: Json, status: str) -> Json:
    return {
        "format": FORMAT,
        "kind": "site",
        "model": "schools",
        "problem_hash": problem_hash(problem),
        "status": status,
    }


def plan_json(case: Case, found: Found, cuts: list[Json], asked: float, is_stopped: bool) -> Json:
    """A plan with its proof."""
    cost = Fraction(found.plan.cost, case.scale)
    seat, money = rounded(case, found.prices)
    bound = {"cost_yuan": floor(exact_bound(case, seat, money))}
    if found.tree is not None:
        bound["solver_cost_yuan"] = floor(min(Fraction(found.tree) / case.scale, cost))
    gap = max(Fraction(0), (cost - max(bound.values())) / max(cost, Fraction(1)))
    gap = Fraction(ceil(gap * _NANO), _NANO)
    status = "interrupted" if is_stopped else "time_limit"
    if gap <= Fraction(asked):
        status = "within_gap"
    if gap <= _OPTIMAL:
        status = "optimal"
    prices = {
        "seat": dict(zip(case.blocks, seat, strict=True)),
        "money_millionths": money,
    }
    return _plan(case, found.plan, cuts, status) | {"bound": bound, "gap": number(gap), "prices": prices}


def lacking_json(case: Case, plan: Plan, cuts: list[Json]) -> Json:
    """The plan with the fewest children without a seat where none should be: without a proof of its cost."""
    return _plan(case, plan, cuts, "infeasible") | {"bound": {}, "gap": 0}


def _plan(case: Case, plan: Plan, cuts: list[Json], status: str) -> Json:
    costs = costs_of(case, plan.state, plan.pupils, plan.lacking)
    cost = Fraction(sum(costs.values()), case.scale)
    return {
        "scenario": case.scenario,
        "status": status,
        "cost_yuan": number(cost),
        "costs": {
            f"{name}_yuan": number(Fraction(parts, case.scale)) for name, parts in sorted(costs.items())
        },
        "unmet_seats": int(plan.lacking.sum()),
        "sites": _sites(case, plan),
        "flows": _flows(case, plan.pupils),
        "unmet": _unmet(case, plan, cuts),
    }


def _sites(case: Case, plan: Plan) -> list[Json]:
    """Classes (0 where not open) and pupils of every site, by year."""
    classes = np.where(
        plan.state > 0, case.rooms.standing + case.rooms.step[:, None] * np.maximum(plan.state - 1, 0), 0
    )
    pupils = np.zeros(plan.state.shape, np.int64)
    np.add.at(pupils, case.site, plan.pupils)
    return [
        {
            "site": name,
            "open": (plan.state[at] > 0).astype(int).tolist(),
            "classes": classes[at].tolist(),
            "pupils": pupils[at].tolist(),
        }
        for at, name in enumerate(case.sites)
    ]


def _flows(case: Case, pupils: Whole) -> Json:
    found: dict[str, dict[str, Any]] = {}
    for at in np.flatnonzero(pupils.any(1)):
        block, site = case.blocks[case.block[at]], case.sites[case.site[at]]
        found.setdefault(block, {})[site] = pupils[at].tolist()
    return found


def _unmet(case: Case, plan: Plan, cuts: list[Json]) -> list[Json]:
    """Children without a seat by block, and why: no site within reach, none large enough, or dearer than the price."""
    short = {block for cut in cuts if cut["scenario"] == case.scenario for block in cut["blocks"]}
    reached = set(case.block.tolist())
    found = []
    for at in np.flatnonzero(plan.lacking.any(1)):
        name = case.blocks[at]
        why = "out_of_reach" if int(at) not in reached else "no_room" if name in short else "dear"
        found.append({"block": name, "pupils": plan.lacking[at].tolist(), "why": why})
    return found


def choices(problem: Json, plans: list[Json]) -> list[Json]:
    """What is opened, expanded or closed in each scenario: the year, the classes, and whether all scenarios do it."""
    found = []
    for at, row in enumerate(problem["sites"]):
        kinds: dict[str, Json] = {}
        for plan in plans:
            done = _done(problem, row, plan["sites"][at])
            if done:
                kinds.setdefault(done[0], {})[plan["scenario"]] = {"year": done[1], "classes": done[2]}
        for kind, by in sorted(kinds.items()):
            found.append({"site": row["id"], "kind": kind, "by": by, "in_all": int(len(by) == len(plans))})
    return found


def _done(problem: Json, row: Json, told: Json) -> tuple[str, int, int] | None:
    """(open | expand | close, first year, classes at the end) of a site; None where it stays as it is."""
    years = problem["years"]
    if row["existing"] == 0:
        first = next((year for year, is_open in zip(years, told["open"], strict=True) if is_open), None)
        return None if first is None else ("open", first, told["classes"][-1])
    if not told["open"][-1]:
        return "close", next(y for y, is_open in zip(years, told["open"], strict=True) if not is_open), 0
    more = [now - stood for now, stood in zip(told["classes"], row["classes"], strict=True)]
    if more[-1] <= 0:
        return None
    return "expand", next(year for year, added in zip(years, more, strict=True) if added), more[-1]


def _stage_state(problem: Json, told: Json) -> Json:
    """Pupils of an open school, its classes in the plan, and the largest class if pupils are spread evenly."""
    pupils, classes = told["pupils"][-1], told["classes"][-1]
    found: Json = {"school_id": told["site"], "stage": problem["stage"], "pupils": pupils}
    return found | (
        {"classes": classes, "largest": ceil(Fraction(pupils, classes))} if pupils and classes else {}
    )


def state_of(problem: Json, plan: Json) -> Json:
    """The schools at the end of the last year, for the evaluation engine."""
    rows = {row["id"]: row for row in problem["sites"]}
    closed, opened, expanded, pupils = [], [], [], []
    for told in plan["sites"]:
        row = rows[told["site"]]
        done = _done(problem, row, told)
        if told["open"][-1]:
            pupils.append(_stage_state(problem, told))
        if done is None:
            continue
        if done[0] == "close":
            closed.append(row["id"])
        elif done[0] == "open":
            place = {key: row[key] for key in ("lon", "lat") if key in row}
            opened.append(
                {
                    "school_id": row["id"],
                    "name": row["name"],
                    "kind": problem["stage"],
                    "stage": problem["stage"],
                    "classrooms": done[2],
                    **place,
                }
            )
        else:
            expanded.append({"school_id": row["id"], "stage": problem["stage"], "classrooms": done[2]})
    return {
        "year": problem["years"][-1], "pupils": pupils, "closed": closed, "opened": opened, "expanded": expanded,
    }  # fmt: skip
