"""Solve: the timetable, then periods and shared lessons; no outcome leaves unchecked."""

import threading
from collections.abc import Callable

from junheng.planning.frozen import Json
from junheng.planning.itinerant.case import Case
from junheng.planning.itinerant.check import check
from junheng.planning.itinerant.clock import Clock
from junheng.planning.itinerant.contradictions import contradictions
from junheng.planning.itinerant.outcome import Proof, impossible, outcome_of
from junheng.planning.itinerant.shared import share
from junheng.planning.itinerant.timetable import timetable
from junheng.planning.solver import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Json:
    """The timetable of itinerant teachers and shared lessons. ``watch`` hears first of lessons unmet, then of ways.

    Raises RuntimeError where the outcome fails its own check: a fault of the program.
    """
    case = Case(problem)
    reasons = contradictions(case)
    if reasons:
        return _checked(problem, impossible(problem, reasons))
    clock = Clock(seconds, gap, watch, stop)
    found = timetable(case, clock)
    hours = share(case, found.days, clock.seconds(), stop)
    proof = Proof(found.unmet_bound, found.travel_bound, hours.bound, gap, clock.ended)
    return _checked(problem, outcome_of(case, found.days, hours, proof))


def _checked(problem: Json, outcome: Json) -> Json:
    broken = check(problem, outcome)
    if broken:
        raise RuntimeError("the plan fails its check: " + "; ".join(str(line) for line in broken[:5]))
    return outcome
