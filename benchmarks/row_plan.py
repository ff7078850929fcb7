"""Investment plans by themselves: closed form, certificates, exact check, most schools of 2,000."""

import json
import statistics
import time
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.plan_race import cost_wan, must_agree, raced, searched
from benchmarks.result import Check, Result
from junheng.planning.frozen import exact, number
from junheng.planning.invest import check, solve
from junheng.planning.invest.closed_form import choices, plain_prices
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.direct import picked_choices
from junheng.planning.invest.prices import bound, read_prices
from junheng.planning.invest.screen import screen
from junheng.planning.invest.synthetic import set_mode, synthetic_problem

Json = dict[str, Any]
_CUTS = 60  # actions cut in the mutation test, spread over the plan


def measure(scale: float) -> Result:
    """Own figures; sizes shrink with ``scale``."""
    sizes = {
        name: max(12, round(size * scale)) for name, size in (("small", 96), ("middle", 257), ("large", 2000))
    }
    checks, notes = _uncoupled(sizes["large"])
    for part in (_certificates(sizes), _exact_check(sizes["middle"]), _most(sizes["large"])):
        checks, notes = [*checks, *part[0]], [*notes, *part[1]]
    return Result(
        "plan", "investment plans: closed form, certificates, check, most schools", scale, checks, notes
    )


def _uncoupled(stages: int) -> tuple[list[Check], list[str]]:
    """Nothing ties the schools: the closed form beside HiGHS on the natural model of the same problem."""
    problem = synthetic_problem(
        1, stages, budget_factor=None, with_transfers=False, with_cv=False, with_ceilings=False
    )
    county = read_county(problem)
    is_open = screen(county).is_open
    prices, best = plain_prices(county), float("inf")
    tables = choices(county, prices)  # the arrays of the problem are made here, once
    for _ in range(20):
        started = time.process_time()
        tables = choices(county, prices)
        picked_choices(county, tables, is_open)
        best = min(best, time.process_time() - started)
    peer = raced("highs", problem, seconds=600, gap=1e-7)
    must_agree(cost_wan(searched(problem)[0]), peer["objective"], 1e-6)
    checks = [
        Check(f"uncoupled, {stages:,}: HiGHS / closed form", peer["cpu"] / best, 1_000, "×", at_least=True)
    ]
    return checks, [
        f"uncoupled, {stages:,}: closed form {1000 * best:.2f} ms, HiGHS MILP {peer['cpu']:.2f} CPU-s, costs equal to 1e-6"
    ]


def _certificates(sizes: dict[str, int]) -> tuple[list[Check], list[str]]:
    """What the prices alone prove, and how long that takes the project's own arrays."""
    checks, notes = [], []
    for name, stages in (("small", sizes["small"]), ("middle", sizes["middle"])):
        problem, outcome = _planned(stages)
        gap, seconds = _certificate(problem, outcome)
        checks += [
            Check(f"certificate gap, least cost with CV, {stages} ({name})", 100 * gap, 0.1, "%"),
            Check(f"its time, {stages}", 1000 * seconds, 50, "ms"),
        ]
        problem = set_mode(synthetic_problem(2, stages, budget_factor=0.4), kind="most_within")
        outcome = solve(problem)
        gap, seconds = _certificate(problem, outcome)
        checks += [
            Check(f"certificate gap, most schools, {stages}", 100 * gap, 2, "%"),
            Check(f"its time, most schools, {stages}", 1000 * seconds, 50, "ms"),
        ]
        notes.append(
            f"most schools, {stages}: {outcome['objective']['stages']} found, bounds {outcome['bound']}"
        )
    return checks, notes


def _planned(stages: int) -> tuple[Json, Json]:
    """The first of the made-up counties, CV limits and all, that has a plan; and the plan."""
    for seed in range(1, 40):
        problem = synthetic_problem(seed, stages)
        outcome = solve(problem)
        if outcome["status"] != "infeasible":
            return problem, outcome
    raise RuntimeError("no county with a plan")


def _certificate(problem: Json, outcome: Json) -> tuple[float, float]:
    """Relative gap of plan and price bound, and the CPU seconds of the bound."""
    counts, county = problem["mode"]["kind"] == "most_within", read_county(problem)
    is_open = screen(county).is_open
    must = is_open if problem["mode"]["kind"] == "all_by" else np.zeros_like(is_open)
    prices = read_prices(outcome["prices"], counts_stages=counts)
    bound(county, prices, must, is_open)  # the arrays of the problem are made here, once
    started = time.process_time()
    found = bound(county, prices, must, is_open)
    seconds = time.process_time() - started
    objective = outcome["objective"]["stages" if counts else "cost_yuan"]
    worth = np.floor(-found + 1e-6) if counts else found * 10_000
    return abs(float(exact(objective)) - float(worth)) / float(exact(objective)), seconds


def _exact_check(stages: int) -> tuple[list[Check], list[str]]:
    """The independent check's time, and whether every unit cut from the plan is missed."""
    problem, outcome = _planned(stages)
    times = []
    for _ in range(5):
        started = time.process_time()
        if check(problem, outcome):
            raise RuntimeError("a true plan does not pass")
        times.append(time.process_time() - started)
    places = range(0, len(outcome["actions"]), max(1, len(outcome["actions"]) // _CUTS))
    caught = sum(bool(check(problem, _cut(problem, outcome, place))) for place in places)
    checks = [
        Check(f"check, exact, {stages} stages", statistics.median(times), 0.5, "CPU-s"),
        Check("units cut that are caught", 100 * caught / len(places), 100, "%", at_least=True),
    ]
    return checks, [
        f"{len(outcome['actions'])} actions, {len(places)} of them cut by a unit, totals mended: {caught} caught"
    ]


def _cut(problem: Json, true: Json, place: int) -> Json:
    """The plan with one unit less, every total mended."""
    outcome: Json = json.loads(json.dumps(true))
    row = outcome["actions"][place]
    good = next(one for one in problem["measures"] if one["id"] == row["measure"])
    less = Fraction(1) if good["whole"] else Fraction(1, 100)
    later = [year for year in problem["years"] if year >= row["year"]]
    saved = {year: less * exact(good["yearly_yuan"]) for year in later}
    saved[row["year"]] += less * exact(good["cost_yuan"])
    row["quantity"] = number(exact(row["quantity"]) - less)
    row["cost_yuan"] = number(exact(row["cost_yuan"]) - sum(saved.values()))
    for year, money in saved.items():
        outcome["spending"][str(year)] = number(exact(outcome["spending"][str(year)]) - money)
    outcome["objective"]["cost_yuan"] = number(exact(outcome["objective"]["cost_yuan"]) - sum(saved.values()))
    outcome["actions"] = [one for one in outcome["actions"] if exact(one["quantity"])]
    return outcome


def _most(stages: int) -> tuple[list[Check], list[str]]:
    """As many schools as the money allows, at the size of a province."""
    problem = set_mode(synthetic_problem(3, stages, budget_factor=0.4), kind="most_within")
    started = time.process_time()
    outcome = solve(problem, seconds=120)
    seconds = time.process_time() - started
    count, best = outcome["objective"]["stages"], min(outcome["bound"].values())
    checks = [Check(f"most schools, {stages:,}: gap", 100 * (best - count) / max(count, 1), 1, "%")]
    return checks, [
        f"most schools, {stages:,}: {count} found, bounds {outcome['bound']}, {outcome['status']}, {seconds:.1f} CPU-s with the check"
    ]
