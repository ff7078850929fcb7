"""How a plan's own side is timed, and how a peer is run beside it on the same frozen problem."""

import json
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.child import run
from junheng.planning.clock import Clock
from junheng.planning.invest.check_county import read_county as read_plainly
from junheng.planning.invest.check_rules import unreachable
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.modes import Found
from junheng.planning.invest.modes import run as answer
from junheng.planning.invest.screen import screen

Json = dict[str, Any]
WAN = 10_000


def searched(problem: Json, *, gap: float = 1e-4, seconds: float = 600.0) -> tuple[Found, float]:
    """The project's search – arrays, screening, relaxations, whole numbers, dates, prices – and its CPU seconds.

    Like the peers' figures it leaves out reading the problem's file, writing the outcome and the check.
    """
    started = time.process_time()
    county = read_county(problem)
    found = answer(county, screen(county), Clock(gap, seconds))
    return found, time.process_time() - started


def raced(peer: str, problem: Json, *, seconds: float, gap: float = 1e-4) -> Json:
    """What ``peer`` says of the natural model: cpu, objective (10,000 yuan or None), bound, columns, rows."""
    barred = [list(key) for key in unreachable(read_plainly(problem))]
    with tempfile.TemporaryDirectory(prefix="junheng-plan-") as name:
        path = Path(name) / "problem.json"
        path.write_text(json.dumps({"problem": problem, "barred": barred}), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.plan_peer", peer, str(path), str(seconds), str(gap)]
        found: Json = json.loads(run(command, folder=Path(__file__).parents[1]).printed.splitlines()[-1])
        return found


def cost_wan(found: Found) -> float:
    """The plan's cost in 10,000 yuan. Raises RuntimeError where there is none."""
    if found.schedule is None:
        raise RuntimeError("no plan to compare")
    return float(Fraction(found.schedule.cost_yuan)) / WAN


def must_agree(own: float, other: float, relative: float) -> None:
    """A ratio is only told between equal answers. Raises RuntimeError where they differ."""
    if abs(own - other) > relative * max(abs(own), 1.0):
        raise RuntimeError(f"the answers differ: {own} and {other}")
