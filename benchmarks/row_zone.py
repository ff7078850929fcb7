"""School zones: made-up places, proven gaps, and the natural model on the same HiGHS beside."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.child import run
from benchmarks.result import Check, Result
from junheng.planning.frozen import exact
from junheng.planning.zone.check import check
from junheng.planning.zone.solution import solve
from junheng.planning.zone.synthetic import Wish, synthetic_problem

Json = dict[str, Any]
_SEEDS = (1, 2, 3)
_COUNTY = ((400, 8), (900, 12))
_COUNTY_GAP, _COUNTY_S = 2e-4, 45.0
_CITY, _CITY_GAP, _CITY_S = (10_000, 60), 0.02, 300.0
_PLAIN = (Wish(), Wish("irregular"))
_LARGE = (Wish("irregular", moved=400, slack=0.06), Wish("grid", "connected", moved=400, slack=0.04))


def measure(scale: float) -> Result:
    """Counties of 400 and 900 blocks on three seeds and two kinds of map; a city of 10,000 blocks under both rules."""
    checks, notes = [], []
    for blocks, schools in _COUNTY:
        part = _county(max(40, round(blocks * scale)), max(3, round(schools * scale)), scale)
        checks += part[0]
        notes += part[1]
    for wish in _LARGE:
        blocks, schools = max(100, round(_CITY[0] * scale)), max(4, round(_CITY[1] * scale))
        found, broken = _city(blocks, schools, wish)
        checks += found
        notes += broken
    return Result(
        "zone", "blocks to schools: seats, contiguity, stability, with a bound", scale, checks, notes
    )


def _county(blocks: int, schools: int, scale: float) -> tuple[list[Check], list[str]]:
    runs, name = [], f"{blocks} blocks / {schools} schools"
    for wish in _PLAIN:
        for seed in _SEEDS if scale == 1 else _SEEDS[:1]:
            problem = synthetic_problem(seed, blocks, schools, wish)
            runs.append(_timed(problem, gap=1e-4, seconds=_COUNTY_S))
    problem = synthetic_problem(_SEEDS[0], blocks, schools, _PLAIN[0])
    peer = _natural(problem, _COUNTY_S, 1e-4)
    own = runs[0]
    checks = [
        Check(f"{name}, widest gap of {len(runs)}", max(one["gap"] for one in runs), _COUNTY_GAP, ""),
        Check(f"{name}, slowest of {len(runs)}", max(one["wall"] for one in runs), _COUNTY_S, "s"),
        Check(f"{name}: lines the check finds broken", sum(one["broken"] for one in runs), 0, ""),
    ]
    return checks, [
        f"{name}: CPU {', '.join(format(one['cpu'], '.1f') for one in runs)} s; gap by prices alone at most "
        f"{max(one['own'] for one in runs):.1e}; the check {max(one['checked'] for one in runs):.2f} s",
        f"{name}, grid, seed 1: natural model on the same HiGHS ({peer['columns']:,} × {peer['rows']:,}) {_told(peer)} after "
        f"{peer['cpu']:.1f} CPU-s; own {own['cost']:.0f}, gap {own['gap']:.1e}, {own['cpu']:.1f} CPU-s",
    ]


def _city(blocks: int, schools: int, wish: Wish) -> tuple[list[Check], list[str]]:
    problem = synthetic_problem(1, blocks, schools, wish)
    own, name = (
        _timed(problem, gap=1e-3, seconds=0.8 * _CITY_S),
        f"{blocks:,} blocks / {schools} schools, {wish.contiguity}",
    )
    checks = [
        Check(f"{name}: gap by prices alone", own["own"], _CITY_GAP, ""),
        Check(f"{name}: problem in memory to checked plan", own["cpu"], _CITY_S, "CPU-s"),
        Check(f"{name}: pupils beyond the limits", own["short"], 0, "pupils"),
        Check(f"{name}: lines the check finds broken", own["broken"], 0, ""),
    ]
    notes = [
        f"{name}: {own['cost']:.0f}, gap {own['gap']:.1e}, wall {own['wall']:.0f} s; the check {own['checked']:.1f} s"
    ]
    if wish.contiguity == "closer":
        peer = _natural(problem, _CITY_S, 1e-3)
        notes.append(
            f"{name}: natural model ({peer['columns']:,} × {peer['rows']:,}) {_told(peer)} after {peer['cpu']:.0f} CPU-s"
        )
    return checks, notes


def _timed(problem: Json, *, gap: float, seconds: float) -> Json:
    """Solve, and check once more by itself."""
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = solve(problem, gap=gap, seconds=seconds)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    started = time.process_time()
    broken = len(check(problem, outcome))
    short, cost = outcome["objective"].get("short", 0), float(exact(outcome["objective"]["cost"]))
    is_short = outcome["gap"] == "unknown"
    bound = 0.0 if is_short else float(exact(outcome["bound"]["cost"]))
    return {
        "wall": wall, "cpu": cpu, "checked": time.process_time() - started, "broken": broken, "short": short, "cost": cost,
        "own": (cost - bound) / cost, "gap": 1.0 if is_short else float(exact(outcome["gap"])),
    }  # fmt: skip


def _natural(problem: Json, seconds: float, gap: float) -> Json:
    with tempfile.TemporaryDirectory(prefix="junheng-zone-") as name:
        path = Path(name) / "problem.json"
        path.write_text(json.dumps(problem), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.zone_peer", str(path), str(seconds), str(gap)]
        found: Json = json.loads(run(command, folder=Path(__file__).parents[1]).printed.splitlines()[-1])
        return found


def _told(peer: Json) -> str:
    if peer["objective"] is None:
        return "has no plan"
    return f"has {peer['objective']:.0f}, gap {(peer['objective'] - peer['bound']) / peer['objective']:.1e}"
