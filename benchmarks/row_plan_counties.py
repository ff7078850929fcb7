"""A city's counties planned one after another and by a pool of two processes: the same bytes."""

import os
import time
from typing import Any

from benchmarks.result import Check, Result
from junheng.draws import canonical_bytes
from junheng.planning.invest import solve
from junheng.planning.invest.synthetic import synthetic_problem
from junheng.planning.many import solve_many

Json = dict[str, Any]
_COUNTIES, _STAGES = 24, 96


def measure(scale: float) -> Result:
    """Wall seconds of both ways; the answers must be the same."""
    problems = [synthetic_problem(seed, max(12, round(_STAGES * scale))) for seed in range(1, _COUNTIES + 1)]
    solve(problems[0])  # imports done, as in a process that plans for a living
    started = time.perf_counter()
    alone = [canonical_bytes(solve(problem)) for problem in problems]
    one = time.perf_counter() - started
    started = time.perf_counter()
    pooled = dict(solve_many("invest", problems, 2))
    two = time.perf_counter() - started
    if [canonical_bytes(pooled[at].outcome) for at in range(len(problems))] != alone:
        raise RuntimeError("the pool does not give the same plans")
    note = f"{_COUNTIES} counties: {one:.1f} s one by one, {two:.1f} s by two processes (their start included), the same bytes"
    load = f"load average before {os.getloadavg()[0]:.1f}: only an idle machine shows what two processes gain"
    return Result(
        "plan-counties",
        f"{_COUNTIES} counties × {_STAGES} school-stages with CV, a pool of two",
        scale,
        [Check("one by one / pool of two, wall", one / two, 1.6, "×", at_least=True)],
        [note, load],
    )
