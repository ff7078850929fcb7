"""Solving a merger problem: receiving schools stated or searched, every duty judged, states held back."""

import threading
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from junheng.planning.frozen import FORMAT, Json, number, problem_hash
from junheng.planning.merge.check import check
from junheng.planning.merge.effects import cost_of, merger_row, moves, receiver_rows, state
from junheng.planning.merge.judged import holds, judge
from junheng.planning.merge.scene import Assignment, Scene, Unit, stated

if TYPE_CHECKING:
    from junheng.planning.merge.market import Market
    from junheng.planning.merge.search import Found
    from junheng.planning.solver import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome: where the pupils go, each duty's verdict, each merger's state, receiving schools, the county after.

    Raises RuntimeError where the outcome would not pass the check: a fault of the program.
    """
    scene = Scene(problem)
    assignment, proof = _assigned(scene, gap, seconds, watch, stop)
    judged = {merge: judge(scene, merge, assignment) for merge in sorted(scene.merges)}
    held = [merge for merge, duties in judged.items() if holds(duties, scene)]
    outcome: Json = {
        "format": FORMAT,
        "kind": "merge",
        "problem_hash": problem_hash(problem),
        **proof,
        "holds": held,
        "mergers": [merger_row(scene, merge, judged[merge], assignment) for merge in sorted(judged)],
        "moves": moves(scene, assignment),
        "receivers": receiver_rows(scene, assignment),
    }
    if problem["mode"] == "stated":
        outcome["objective"] = {"holds": len(held), "pupil_minutes": outcome["objective"]["pupil_minutes"]}
    outcome["objective"] |= cost_of(scene, held)
    if "inputs" in problem:
        outcome["state"] = state(scene, assignment, held)
    if wrong := check(problem, outcome):
        raise RuntimeError("the outcome fails its own check: " + "; ".join(line.en for line in wrong[:5]))
    return outcome


def _assigned(
    scene: Scene,
    gap: float,
    seconds: float,
    watch: "Callable[[Step], None] | None",
    stop: threading.Event | None,
) -> tuple[dict[Unit, str], Json]:
    """The assignment and its proof. What is stated is only computed: nothing is proven."""
    if scene.problem["mode"] == "stated":
        own = stated(scene)
        return own, {"status": "computed", "objective": _objective(scene, own), "left": []}
    from junheng.planning.merge.market import market
    from junheng.planning.merge.search import Asked, search

    offered = market(scene)
    found = search(scene, offered, Asked(gap, seconds, watch, stop))
    return found.assignment, _proof(scene, offered, found)


def _objective(scene: Scene, assignment: Assignment) -> Json:
    """Mergers with a school for every village, and pupil-minutes over the ways that are known."""
    whole = [merge for merge in scene.merges if all(unit in assignment for unit in scene.units_of(merge))]
    total = Fraction(0)
    for unit, school in assignment.items():
        minutes = scene.figure(unit[1], school, "minutes")
        total += (minutes or 0) * sum(home["pupils"] for home in scene.rows[unit])
    return {"mergers": len(whole), "pupil_minutes": number(total)}


def _proof(scene: Scene, offered: "Market", found: "Found") -> Json:
    from junheng.planning.merge.search import bounds

    objective = _objective(scene, found.assignment)
    empty = sum(not scene.units_of(merge) for merge in scene.merges)  # without pupils: nothing to search
    count = objective["mergers"] - empty
    proven = bounds(scene, offered, found, count)
    most, least = floor(proven["mergers"]) + empty, proven["pupil_minutes"]
    cost = Fraction(objective["pupil_minutes"])
    gap = Fraction(most - objective["mergers"], max(1, most)) or (cost - least) / max(Fraction(1), cost)
    status = found.status
    if not gap and status == "within_gap":
        status = "optimal"
    bound: Json = {"mergers": most, "pupil_minutes": number(least)}
    bound |= {f"solver_{key}": value for key, value in found.solver.items()}
    return {
        "status": status,
        "gap": number(gap),
        "objective": objective,
        "bound": bound,
        "prices": found.prices,
        "left": _left(scene, offered, found),
    }


def _left(scene: Scene, offered: "Market", found: "Found") -> list[Json]:
    """Mergers without receiving schools: which village stands in the way, or that the schools are full."""
    rows = []
    for merge in sorted(scene.merges):
        units = scene.units_of(merge)
        if all(unit in found.assignment for unit in units):
            continue
        bars = [unit for unit in units if unit in offered.why]
        row: Json = {"merge": merge, "why": offered.why[bars[0]] if bars else "full"}
        if bars:
            row["places"] = [unit[1] for unit in bars]
        rows.append(row)
    return rows
