"""Itinerant weeks of made-up rural counties: CPU seconds to a proven gap, every outcome checked."""

import random
import statistics
import time
from typing import Any

from benchmarks.result import Check, Result
from junheng.planning.itinerant import check, solve
from junheng.planning.travel import great_circle

_GAP, _SEEDS = 1e-3, 10
_SUBJECTS = {"music": 2, "art": 2, "pe": 3, "english": 3}  # periods a week for a class
_REACH_KM, _DETOUR = 8.0, 1.3
Json = dict[str, Any]


def measure(scale: float) -> Result:
    """12 schools with 6 teachers and 24 with 12, ten seeds each (fewer at a small scale)."""
    seeds = max(2, round(_SEEDS * scale))
    checks, notes = [], []
    for schools, teachers, limit in ((12, 6, 1.0), (24, 12, 20.0)):
        runs = [_run(schools, teachers, seed) for seed in range(seeds)]
        seconds = [run[0] for run in runs]
        worst = max(float(run[1]) for run in runs)
        name = f"{schools} schools / {teachers} teachers"
        checks += [
            Check(f"{name}, slowest of {seeds}", max(seconds), limit, "CPU-s"),
            Check(f"{name}, widest gap", worst, _GAP + 1e-6, ""),
        ]
        proven = sum(run[2] for run in runs)
        notes.append(
            f"{name}: median {statistics.median(seconds):.2f} CPU-s, {proven} of {seeds} to the optimum, needs "
            f"{min(run[3] for run in runs)}–{max(run[3] for run in runs)} periods; "
            f"{1000 * max(run[4] for run in runs):.0f} ms to check; made-up counties"
        )
    return Result("itinerant", "itinerant teachers and shared lessons, one week", scale, checks, notes)


def _run(schools: int, teachers: int, seed: int) -> tuple[float, float, bool, int, float]:
    """CPU seconds, gap, whether proven best, periods needed, CPU seconds of the check."""
    problem = make_problem(schools, teachers, seed)
    started = time.process_time()
    outcome = solve(problem, gap=_GAP, seconds=120)
    solved = time.process_time()
    if check(problem, outcome):
        raise RuntimeError("an outcome fails its check")
    checked = time.process_time() - solved
    needs = sum(row["periods"] for row in problem["demand"])
    return solved - started, float(outcome["gap"]), outcome["status"] == "optimal", needs, checked


def make_problem(schools: int, teachers: int, seed: int) -> Json:
    """Schools strewn over a square, one to six classes; six in ten lack some lessons of a subject; no real place."""
    draw = random.Random(seed)
    side = 0.011 * (12 if schools <= 12 else 16)  # degrees: about 12 or 16 km
    points = {f"S{n:02d}": (105 + draw.uniform(0, side), 37 + draw.uniform(0, side)) for n in range(schools)}
    ways = sorted(great_circle(points, _REACH_KM, _DETOUR).items())
    rows = [_school(name, draw.choice((1, 2, 3, 4, 6)), draw) for name in points]
    return {
        "format": "junheng-plan-1", "kind": "itinerant", "name": f"made up {seed}",
        "week": {"days": [{"id": str(n), "zh": str(n), "en": str(n)} for n in range(1, 6)], "am": 4, "pm": 2},
        "rules": {"schools_per_day": 2, "same_day": 2, "mbps_per_stream": 4},
        "relaxation": {"pupils_min": 50, "pupils_below": 100, "subjects": ["pe", "music", "art"]},
        "travel": {"unit": "m", "reach": 8000, "pairs": [{"from": a, "to": b, "value": v} for (a, b), v in ways]},
        "schools": rows,
        "demand": [need for row in rows for need in _needs(row, draw)],
        "teachers": [_teacher(n, list(points), draw) for n in range(teachers)],
        "lessons": [_lesson(n, list(points), draw) for n in range(schools)],
    }  # fmt: skip


def _school(name: str, classes: int, draw: random.Random) -> Json:
    return {
        "id": name, "name": name, "rural": 1, "live_rooms": 1, "mbps": draw.choice((10, 20, 50)), "closed": [],
        "classes": [{"stage": "primary", "grade": "3", "classes": classes}], "pupils": {"primary": 15 * classes},
    }  # fmt: skip


def _needs(school: Json, draw: random.Random) -> list[Json]:
    found = []
    for subject, hours in _SUBJECTS.items():
        whole = hours * school["classes"][0]["classes"]
        if draw.random() < 0.6:
            lacking = draw.randint(2, whole)
            found.append(
                {"school": school["id"], "stage": "primary", "subject": subject, "required": whole,
                 "own": whole - lacking, "periods": lacking, "grades": {"3": whole}}
            )  # fmt: skip
    return found


def _teacher(number: int, schools: list[str], draw: random.Random) -> Json:
    fixed = [
        {"day": str(day), "half": half, "place": "base"}
        for day in range(1, 6) for half in ("am", "pm") if draw.random() < 0.05
    ]  # fmt: skip
    return {
        "id": f"T{number:02d}", "name": f"T{number:02d}", "base": draw.choice(schools), "stages": ["primary"],
        "subjects": sorted(draw.sample(sorted(_SUBJECTS), draw.choice((1, 1, 2)))), "own": draw.randint(0, 8),
        "load": 16, "fixed": fixed,
    }  # fmt: skip


def _lesson(number: int, schools: list[str], draw: random.Random) -> Json:
    return {
        "id": f"L{number:02d}", "school": draw.choice(schools), "room": str(number), "stage": "primary", "grade": "3",
        "subject": draw.choice(("music", "art", "english")), "day": str(draw.randint(1, 5)),
        "period": draw.randint(1, 6), "receivers": 3,
    }  # fmt: skip
