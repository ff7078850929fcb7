"""Investment plans beside the natural model on HiGHS, CBC and SCIP, and beside linopy in building it."""

import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks.child import run
from benchmarks.plan_race import cost_wan, must_agree, raced, searched
from benchmarks.result import Check, Result
from junheng.planning.frozen import exact
from junheng.planning.invest import check, solve
from junheng.planning.invest.modes import Found
from junheng.planning.invest.synthetic import synthetic_problem

Json = dict[str, Any]
_SEEDS = range(1, 13)
_TIMES, _SHORT = 3, 0.5  # CPU seconds
_AUDIT = ((1, 24), (2, 48), (1, 96))  # seed, stages: fixed instances every solver must agree on


def measure(scale: float) -> Result:
    """Ratios of CPU seconds on equal answers; sizes shrink with ``scale``."""
    searched(synthetic_problem(1, 12))  # imports done: the peers' seconds leave theirs out too
    small, middle, large = (max(12, round(size * scale)) for size in (96, 257, 2000))
    parts = [
        _natural(small, 20),
        _natural(middle, 15),
        _beyond(large),
        _with_cv(small, middle),
        _building(small),
        _audit(scale),
    ]
    checks = [one for part in parts for one in part[0]]
    return Result(
        "plan-peers",
        "investment plans beside other ways to solve the same problem",
        scale,
        checks,
        [n for p in parts for n in p[1]],
    )


def _planned(stages: int, *, with_cv: bool) -> tuple[Json, Found, float]:
    """The first of the made-up counties that has a plan, the plan, and its CPU seconds."""
    for seed in range(1, 40):
        problem = synthetic_problem(seed, stages, with_cv=with_cv)
        found, own = searched(problem)
        if found.schedule is not None:
            return problem, found, own
    raise RuntimeError("no county with a plan")


def _natural(stages: int, limit: float) -> tuple[list[Check], list[str]]:
    problem, found, own = _planned(stages, with_cv=False)
    times = _TIMES if own < _SHORT else 1  # what is over in a moment is done three times, by all alike
    own = min([own, *(searched(problem)[1] for _ in range(times - 1))])
    peers = {
        peer: min(
            (raced(peer, problem, seconds=max(120.0, 60 * own)) for _ in range(times)),
            key=lambda one: one["cpu"],
        )
        for peer in ("highs", "scipy", "cbc")
    }
    for peer in peers.values():
        if peer["objective"] is not None:
            must_agree(cost_wan(found), peer["objective"], 3e-4)
    told = ", ".join(f"{name} {peer['cpu']:.2f} ({_objective(peer)})" for name, peer in peers.items())
    highs = peers["highs"]
    return [
        Check(
            f"coupled, {stages}: natural model on the same HiGHS / own",
            highs["cpu"] / own,
            limit,
            "×",
            at_least=True,
        )
    ], [
        f"coupled, {stages}: own {own:.2f} CPU-s ({cost_wan(found):.2f}), natural {highs['columns']:,} × {highs['rows']:,}: {told}; "
        f"CBC / own {peers['cbc']['cpu'] / own:.1f}×"
    ]


def _objective(peer: Json) -> str:
    return "no plan" if peer["objective"] is None else f"{peer['objective']:.2f}"


def _beyond(stages: int) -> tuple[list[Check], list[str]]:
    """A size at which the natural model gives up."""
    problem, found, own = _planned(stages, with_cv=False)
    highs, cbc = (raced(peer, problem, seconds=10 * own) for peer in ("highs", "cbc"))
    cost = cost_wan(found)
    gap = (cost - max(found.bound, found.tree or found.bound)) / cost
    checks = [
        Check(f"coupled, {stages:,}: own gap", 100 * gap, 0.01, "%"),
        Check(f"coupled, {stages:,}: naive on CBC / own", cbc["cpu"] / own, 4, "×", at_least=True),
    ]
    return checks, [
        f"coupled, {stages:,}: own {own:.1f} CPU-s ({cost:.1f}); natural on HiGHS after {highs['cpu']:.0f} CPU-s: {_objective(highs)}, "
        f"bound {highs['bound']:.1f}; on CBC after {cbc['cpu']:.0f} CPU-s: {_objective(cbc)}"
    ]


def _with_cv(small: int, middle: int) -> tuple[list[Check], list[str]]:
    times, gaps, faults, skipped = [], [], 0, 0
    for seed in _SEEDS:
        problem = synthetic_problem(seed, small)
        times.append(searched(problem)[1])
        outcome = solve(problem)
        faults += bool(check(problem, outcome))
        if outcome["status"] == "infeasible":
            skipped += 1
        else:
            gaps.append(float(exact(outcome["gap"])))
    checks = [
        Check(f"with CV, {small}, {len(times)} seeds: plans that fail the check", faults, 0, ""),
        Check("largest gap", 100 * max(gaps), 0.01, "%"),
        Check("median", statistics.median(times), 1, "CPU-s"),
        Check("longest", max(times), 30, "CPU-s"),
    ]
    notes = [f"with CV, {small}: {skipped} of {len(times)} infeasible, with reasons"]
    for stages, limit in ((small, 1.0), (middle, 5.0)):
        problem, found, own = _planned(stages, with_cv=True)
        peer = raced("scip", problem, seconds=max(120.0, 20 * own))
        if peer["objective"] is not None:
            must_agree(cost_wan(found), peer["objective"], 3e-4)
        checks.append(
            Check(f"with CV, {stages}: SCIP's own cones / own", peer["cpu"] / own, limit, "×", at_least=True)
        )
        notes.append(
            f"with CV, {stages}: own {own:.2f} CPU-s ({cost_wan(found):.2f}), SCIP {peer['cpu']:.2f} ({_objective(peer)})"
        )
    return checks, notes


def _building(stages: int) -> tuple[list[Check], list[str]]:
    """The same matrix handed to HiGHS by our blocks and by linopy, the latter's second model (imports done)."""
    command = [sys.executable, "-m", "benchmarks.plan_building", str(stages)]
    own, linopy = map(float, run(command, folder=Path(__file__).parents[1]).printed.split()[-2:])
    return [Check(f"building, {stages}: linopy, warm / own", linopy / own, 20, "×", at_least=True)], [
        f"building, {stages}: own {1000 * own:.1f} ms, linopy {1000 * linopy:.0f} ms for the same rows and columns"
    ]


def _audit(scale: float) -> tuple[list[Check], list[str]]:
    """Another solver, another model, the same optimum: CBC by PuLP on fixed instances."""
    worst, told = 0.0, []
    for seed, stages in _AUDIT if scale == 1 else _AUDIT[:1]:
        problem = synthetic_problem(seed, stages, with_cv=False)
        found, _ = searched(problem, gap=1e-9)
        peer = raced("cbc", problem, seconds=600, gap=1e-9)
        worst = max(worst, abs(cost_wan(found) - peer["objective"]) / cost_wan(found))
        told.append(f"{cost_wan(found):.4f} / {peer['objective']:.4f}")
    return [Check("audit: CBC's optimum apart from ours", worst, 1e-6, "relative")], [
        f"audit (own / CBC, 10,000 yuan; ours in whole hundredths of a unit): {', '.join(told)}"
    ]
