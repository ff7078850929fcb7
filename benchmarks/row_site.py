"""Siting of a county's schools at three sizes: own gap, the gap with the tree's bound, CPU seconds,
exact check."""

import time
from typing import Any

from benchmarks.result import Check, Result
from junheng.planning.site import check, solve
from junheng.planning.site.synthetic import synthetic_problem

Json = dict[str, Any]
_SEED = 1
# zones, existing, candidates, seconds, gap asked, gap to reach (what an earlier prototype reached), own gap to reach
_SIZES = (
    (200, 12, 10, 60, 1e-3, 1e-3, 1e-2),
    (500, 30, 20, 60, 1e-3, 1e-3, 1e-2),
    (1500, 60, 40, 100, 1e-3, 3.8e-3, 1e-2),
)


def measure(scale: float) -> Result:
    """Every size solved once, one scenario of five years; CPU of this process, one thread."""
    checks, notes = [], []
    for zones, existing, candidates, seconds, asked, bar, own_bar in _SIZES:
        size = [max(2, round(part * scale)) for part in (zones, existing, candidates)]
        problem = synthetic_problem(_SEED, *size)
        started = time.process_time()
        outcome = solve(problem, gap=asked, seconds=float(seconds))
        spent = time.process_time() - started
        started = time.process_time()
        if check(problem, outcome):
            raise RuntimeError("the check finds faults")
        checked = time.process_time() - started
        name, plan = "×".join(map(str, size)), outcome["plans"][0]
        own = 1 - plan["bound"]["cost_yuan"] / float(plan["cost_yuan"])
        checks += [
            Check(f"{name}: gap", float(plan["gap"]), bar, ""),
            Check(f"{name}: gap to the bound recomputed from prices", own, own_bar, ""),
            Check(f"{name}: check", checked, 2.0, "CPU s"),
        ]
        ways = sum(len(row["ways"]) for row in problem["blocks"])
        notes.append(
            f"{name}: {ways * len(problem['years']):,} ways × years, {spent:.1f} CPU-s ({seconds} s allowed), "
            f"{plan['status']}, {plan['unmet_seats']} seat-years lacking"
        )
    return Result(
        "plan-site",
        "schools kept, expanded, closed, opened over five years; classes of 45, 3 km, at most 12 sites a zone",
        scale,
        checks,
        [
            *notes,
            "zones × existing schools × candidate sites; made-up counties of seed 1 (junheng.planning.site.synthetic)",
        ],
    )
