"""The forecast: ratios, three paths, intervals, seats, warnings, back-test; checked before given."""

from fractions import Fraction
from threading import Event
from typing import TYPE_CHECKING

from junheng.planning.forecast.backtest import bands, points, size_of, tests
from junheng.planning.forecast.balance import SCENARIOS, estate_duties, warnings, zone_rows
from junheng.planning.forecast.case import Case
from junheng.planning.forecast.check import check
from junheng.planning.forecast.estimate import Ratios, estimate
from junheng.planning.forecast.gaps import gaps, reasons
from junheng.planning.forecast.given import given_pupils, given_tests
from junheng.planning.forecast.marks import marks
from junheng.planning.forecast.peaks import peaks
from junheng.planning.forecast.project import SCALE, project
from junheng.planning.frozen import FORMAT, Json, exact, number, problem_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from junheng.planning.step import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: Event | None = None,
) -> Json:
    """The outcome, already checked. ``status`` is "computed", or "infeasible" where history does not allow a forecast.

    Nothing is searched: ``gap``, ``seconds``, ``watch`` and ``stop`` are there because every kind has them.
    """
    case = Case(problem)
    outcome: Json = {
        "format": FORMAT,
        "kind": "forecast",
        "problem_hash": problem_hash(problem),
        "gap": 0,
        "bound": {},
    }
    outcome |= _given(case) if problem["mode"] == "given" else _cohorts(case)
    zones = zone_rows(problem, outcome["pupils"])
    outcome |= {
        "zones": zones,
        "warnings": warnings(problem, zones),
        "estates": estate_duties(problem),
        "peaks": peaks(problem, outcome["pupils"]),
    }
    told = {(row["school"], row["stage"]) for row in outcome["pupils"]}
    outcome["objective"] = {"schools": len(told), "warnings": len(outcome["warnings"])}
    outcome["status"] = "computed" if told else "infeasible"
    if not told:
        outcome["reasons"] = reasons(outcome["cannot"])
    if broken := check(problem, outcome):
        raise RuntimeError("the forecast does not pass its check: " + "; ".join(line.en for line in broken))
    return outcome


def _given(case: Case) -> Json:
    """The forecast another body made, as stated: nothing is estimated."""
    empty: Json = {"ratios": {"entry": [], "county": [], "share": []}, "bands": [], "entrants": []}
    rows = given_pupils(case.problem)
    return empty | {"pupils": rows, "tests": given_tests(case), "cannot": gaps(case, None, rows)}


def _cohorts(case: Case) -> Json:
    problem = case.problem
    origin, last = problem["base_year"], max(problem["years"])
    ratios = estimate(case, origin)
    paths = {
        row["id"]: project(case, ratios, origin, last, row, known=origin) for row in problem["scenarios"]
    }
    found = points(case)
    learnt = bands(case, found)
    rows = []
    for unit, year in sorted(paths["mid"].units):
        row: Json = {"school": unit[0], "zone": case.place[unit], "stage": unit[1], "year": year}
        for name in SCENARIOS:
            row[name] = number(Fraction(paths[name].units[unit, year], SCALE))
        row |= _interval(case, learnt, row)
        words = marks(case, row)
        rows.append(row | ({"marks": words} if words else {}))
    entrants = [
        {"zone": zone, "year": year}
        | {name: number(Fraction(paths[name].entrants[zone, year], SCALE)) for name in SCENARIOS}
        for zone, year in sorted(paths["mid"].entrants)
    ]
    return {
        "ratios": _ratio_rows(ratios),
        "pupils": rows,
        "entrants": entrants,
        "bands": learnt,
        "tests": tests(case, found),
        "cannot": gaps(case, ratios, rows),
    }


def _interval(case: Case, learnt: list[Json], row: Json) -> Json:
    """Where the truth lay around past forecasts of the same lead and size; nothing where those are too few.

    Nothing of a school that could not be in a back-test, either: its last three years must be known.
    """
    unit, base = (row["school"], row["stage"]), case.problem["base_year"]
    known = case.graded.get(unit, {})
    if any(year not in known for year in (base - 2, base - 1, base)):
        return {}
    size = size_of(sum(known[base].values()), case.problem["method"]["sizes"])
    band = {(one["lead"], one["size"]): one for one in learnt}.get((row["year"] - base, size))
    if band is None:
        return {}
    mid = exact(row["mid"])
    return {side: number(mid * band[key] / 1_000_000) for side, key in (("from", "low"), ("to", "high"))}


def _ratio_rows(ratios: Ratios) -> Json:
    entry = [
        {"stage": stage, "pool": pool, "ratio": number(ratio)}
        | ({"migrants": number(ratios.migrants[pool])} if pool in ratios.migrants else {})
        for (stage, pool), ratio in sorted(ratios.entry.items())
    ]
    county = [
        {"stage": stage, "grade": grade, "ratio": number(ratio)}
        | ({"assumed": 1} if (stage, grade) in ratios.assumed else {})
        for stage, grades in sorted(ratios.county.items())
        for grade, ratio in sorted(grades.items())
    ]
    share = [
        {"school": s, "stage": t, "share": number(part)} for (s, t), part in sorted(ratios.share.items())
    ]
    return {"entry": entry, "county": county, "share": share}
