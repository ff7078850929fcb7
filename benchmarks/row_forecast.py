"""The seat forecast of the example: solved, checked, its back-test beside two plain rules."""

import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.result import Check, Result
from junheng.planning.forecast import check, read_problem, solve

Json = dict[str, Any]
_FOLDER = Path(__file__).parent.parent / "examples" / "plans" / "forecast"
_SOLVE_S, _CHECK_S = 10.0, 8.0
_LEADS = (1, 3, 5)


def measure(scale: float) -> Result:
    """Errors at 1, 3 and 5 years as a share of those of the better plain rule; below 1 is better than both.

    ``scale`` keeps that share of the schools (by id), so that a small run is quick; the bars are for all of them.
    """
    problem = _part(read_problem(_FOLDER / "problem.yaml"), scale)
    started = time.process_time()
    outcome = solve(problem)
    solved = time.process_time()
    broken = check(problem, outcome)
    checked = time.process_time()
    checks = [
        Check("problem in memory to checked forecast, CPU", solved - started, _SOLVE_S, "s"),
        Check("check alone, CPU", checked - solved, _CHECK_S, "s"),
        Check("broken lines", len(broken), 0, "lines"),
    ]
    notes = []
    for scope in ("school", "zone", "county"):
        for lead in _LEADS:
            own, best, note = _errors(outcome, scope, lead)
            checks.append(Check(f"{scope}, {lead} years: error / better plain rule", own / best, 0.999, "×"))
            notes.append(note)
    notes.append(_small(problem, outcome))
    notes.append("the district's history is made up along its cohorts, which favours a forecast by cohorts")
    for lead in _LEADS:
        own, best, note = _errors(solve(read_problem(_FOLDER / "nation" / "problem.yaml")), "school", lead)
        checks.append(Check(f"real series (NCES 1990-1999), {lead} years", own / best, 0.999, "×"))
        notes.append(f"real series, the United States as three units: {note}")
    notes.append(
        "Toronto (one year) and Hamilton (two years, no grades) allow no back-test; the program says so"
    )
    title = f"{len(problem['units'])} school-stages, {len(_years(problem))} years by grade, {len(problem['years'])} ahead"
    return Result("forecast", title, scale, checks, notes)


def _part(problem: Json, scale: float) -> Json:
    """The first schools of the problem, with all that belongs to them."""
    kept = {row["id"] for row in problem["schools"][: max(10, round(len(problem["schools"]) * scale))]}
    lists = ("units", "history", "blanks", "capacity", "changes", "openings", "given")
    part = {name: [row for row in problem[name] if row["school"] in kept] for name in lists}
    return problem | part | {"schools": [row for row in problem["schools"] if row["id"] in kept]}


def _years(problem: Json) -> set[int]:
    return {row["year"] for row in problem["history"]}


def _errors(outcome: Json, scope: str, lead: int) -> tuple[float, float, str]:
    (row,) = [
        row
        for row in outcome["tests"]
        if (row["scope"], row["lead"]) == (scope, lead) and "stage" not in row and "size" not in row
    ]
    errors = {
        rule: float(Fraction(row[rule]) / Fraction(row["actual"])) for rule in ("model", "repeat", "mean3")
    }
    said = ", ".join(f"{rule} {value:.2%}" for rule, value in errors.items())
    best = min(errors["repeat"], errors["mean3"])
    return errors["model"], best, f"{scope}, {lead} years, {row['points']} points: {said}"


def _small(problem: Json, outcome: Json) -> str:
    """Where a size of school is forecast no better than by the plain rules: said, not hidden."""
    bounds = problem["method"]["sizes"]
    worse = [
        f"size {row['size']} of bounds {bounds} at {row['lead']}"
        for row in outcome["tests"]
        if "size" in row
        and "stage" not in row
        and row["lead"] in _LEADS
        and Fraction(row["model"]) >= min(Fraction(row["repeat"]), Fraction(row["mean3"]))
    ]
    return "not better than both plain rules: " + ("; ".join(worse) or "no size of school")
