"""Capacitated siting: OR-Library's cap exactly, and problems of capa's size in 30 CPU-s."""

import statistics
import time
from fractions import Fraction

from benchmarks.result import Check, Result
from benchmarks.row_pmedian import folder, optima
from junheng.planning.frozen import exact
from junheng.planning.site.classical.reading.orlib import read_cap
from junheng.planning.site.classical.solution import solve
from junheng.planning.site.classical.synthetic import CAPACITIES, capa_like

_SEEDS = (1, 2, 3)
_TIGHT = (5_000, 6_500)  # capacities of capb and capc: more sites, with fixed costs as high as capa's
_CPU_S, _LIMIT_S, _GAP_PERCENT, _ASKED = 30.0, 25.0, 1.0, 1e-3


def measure(scale: float) -> Result:
    """Published optima; then capacities × seeds at 100 × 1,000 (fewer customers at a small ``scale``)."""
    worst, seconds = _published()
    checks = [
        Check("cap: distance from the published optimum", float(worst), 1e-6, "relative"),
        Check("cap: slowest", seconds, 5, "CPU-s"),
    ]
    customers, sites = max(60, round(1000 * scale)), max(20, round(100 * scale**0.5))
    runs = [(room, seed, 0.0) for room in (*CAPACITIES, *_TIGHT) for seed in _SEEDS]
    equal = [_run(room, seed, spread, sites, customers) for room, seed, spread in runs]
    unequal = [_run(10_000, seed, 0.4, sites, customers) for seed in _SEEDS]
    gaps, taken = [run[0] for run in equal], [run[1] for run in equal]
    checks += [
        Check(f"like capa, {len(runs)} problems: largest own gap", max(gaps), _GAP_PERCENT, "%"),
        Check("slowest, check included", max(taken), _CPU_S, "CPU-s"),
    ]
    notes = [run[2] for run in (*equal, *unequal)]
    notes.append(f"median {statistics.median(taken):.1f} CPU-s, median gap {statistics.median(gaps):.3f} %")
    title = f"capacitated siting, {sites} sites × {customers:,} customers"
    return Result("facility", title, scale, checks, notes)


def _run(room: int, seed: int, spread: float, sites: int, customers: int) -> tuple[float, float, str]:
    """Own gap in per cent, CPU seconds with the check, and a line about it."""
    problem = capa_like(seed, max(1, room * customers // 1000), sites, customers, spread=spread)
    started = time.process_time()
    outcome = solve(problem, gap=_ASKED, seconds=_LIMIT_S)
    took, gap = time.process_time() - started, 100 * float(exact(outcome["gap"]))
    name = f"capacity {room:,}{' ± 40 %' if spread else ''}, seed {seed}"
    leaves = len(outcome["proof"]["leaves"])
    return (
        gap,
        took,
        f"{name}: {len(outcome['open'])} sites, gap {gap:.3f} %, {leaves} leaves, {took:.1f} CPU-s",
    )


def _published() -> tuple[Fraction, float]:
    """The largest relative distance from a published optimum, and the most CPU seconds."""
    worst, longest = Fraction(0), 0.0
    for name, optimum in sorted(optima("capopt").items()):
        problem = read_cap(folder() / f"{name}.txt")
        started = time.process_time()
        outcome = solve(problem)
        longest = max(longest, time.process_time() - started)
        worst = max(worst, abs(exact(outcome["objective"]["cost"]) - optimum) / optimum)
    return worst, longest
