"""``junheng --help`` from a cold interpreter: the door must open at once."""

import sys
from pathlib import Path

from benchmarks.child import run
from benchmarks.result import Check, Result, cost_note

_LIMIT_S = 0.3
_RUNS = 5


def measure(scale: float) -> Result:
    """Fastest and middle of five runs; the target is for the middle one."""
    command = [str(Path(sys.executable).with_name("junheng")), "--help"]
    run(command)  # once to write the byte code
    costs = sorted((run(command) for _ in range(_RUNS)), key=lambda cost: cost.wall_s)
    bare = min(run([sys.executable, "-c", "pass"]).wall_s for _ in range(_RUNS))
    middle = costs[_RUNS // 2]
    return Result(
        "help",
        "junheng --help",
        scale,
        [Check("wall, middle of five", middle.wall_s, _LIMIT_S, "s")],
        [
            cost_note("fastest", costs[0]),
            f"limit below which no Python program goes: bare interpreter {bare:.3f} s",
        ],
    )
