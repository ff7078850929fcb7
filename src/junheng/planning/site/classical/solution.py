"""Solving a classical location problem: the model, its outcome in ids, then the check judges."""

import threading
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from junheng.planning.clock import Clock
from junheng.planning.frozen import FORMAT, Json, problem_hash
from junheng.planning.site.classical.check import check
from junheng.planning.site.classical.found import Found
from junheng.planning.site.classical.instance import read_instance
from junheng.planning.site.classical.models import run
from junheng.planning.site.classical.outcome import gap_of, plan, reason
from junheng.planning.step import Step

_SAME = Fraction(1, 10**8)  # a solver's bound this near says the same, in its own arithmetic


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome: open sites, who is served from where, bound, gap and the proof of the bound.

    Raises UserError where the numbers cannot be exact, RuntimeError where the outcome would not pass the check.
    """
    own, clock = read_instance(problem), Clock(gap, seconds, watch, stop, least=0.1)
    found = run(own, clock)
    outcome: Json = {
        "format": FORMAT,
        "kind": "site",
        "model": own.model,
        "problem_hash": problem_hash(problem),
    }
    if found.reasons:
        outcome |= _nothing([reason(own, why) for why in found.reasons])
    else:
        outcome |= {"status": _status(found, clock), **plan(own, found)}
    if wrong := check(problem, outcome):
        raise RuntimeError("the outcome fails its own check: " + "; ".join(line.en for line in wrong[:5]))
    return outcome


def _nothing(reasons: list[Json]) -> Json:
    empty: dict[str, Any] = {
        "objective": {},
        "bound": {},
        "gap": 0,
        "open": [],
        "assignment": [],
        "uncovered": [],
    }
    return {"status": "infeasible", **empty, "sites": [], "reasons": reasons}


def _status(found: Found, clock: Clock) -> str:
    """How far it is proven: by prices alone, or by the solver's word."""
    bounds = [found.bound] if found.solver is None else [found.bound, found.solver]
    apart = min(gap_of(found.value, bound) for bound in bounds)
    if gap_of(found.value, found.bound) == 0 or (found.solver is not None and apart <= _SAME):
        return "optimal"
    if apart <= Fraction(clock.gap):
        return "within_gap"
    return "interrupted" if clock.is_stopped else "time_limit"
