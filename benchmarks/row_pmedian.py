"""p-median on OR-Library beside spopt with the same HiGHS: optimum, CPU, memory; p-centres."""

import json
import os
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.child import Cost, run
from benchmarks.result import Check, Result
from junheng.planning.frozen import exact
from junheng.planning.site.classical.reading.orlib import read_pmed
from junheng.planning.site.classical.solution import solve

_ROOT = Path(__file__).parents[1]
_RACED = ("pmed10", "pmed11", "pmed13", "pmed15", "pmed18", "pmed20")
_RATIO, _MEMORY = 20.0, Fraction(1, 3)
_LARGE = 400  # nodes: from here memory is compared


def folder() -> Path:
    """Where the files of OR-Library lie (JUNHENG_SHARED or ../shared). Raises RuntimeError where they do not."""
    found = Path(os.environ.get("JUNHENG_SHARED", _ROOT.parent / "shared")) / "data" / "orlib"
    if not found.is_dir():
        raise RuntimeError("the files of OR-Library are absent: set JUNHENG_SHARED")
    return found


def optima(name: str) -> dict[str, Fraction]:
    """Published optima of a list: pmedopt or capopt."""
    lines = (folder() / f"{name}.txt").read_text(encoding="ascii").splitlines()
    return {words[0]: Fraction(words[1]) for words in map(str.split, lines) if len(words) == 2}


def measure(scale: float) -> Result:
    """Every file shipped (a share of them at a small ``scale``), then the race."""
    known = optima("pmedopt")
    files = sorted(folder().glob("pmed[0-9]*.txt"), key=lambda path: int(path.stem[4:]))
    files = files[: max(1, round(len(files) * scale))]
    checks, notes = _all(files, known)
    for name in _RACED[: max(1, round(len(_RACED) * scale))]:
        part = _raced(name, known[name])
        checks, notes = [*checks, *part[0]], [*notes, part[1]]
    notes.append(_centres(files[:5]))
    return Result("p-median", "p-median on OR-Library's pmed, beside spopt + HiGHS", scale, checks, notes)


def _all(files: list[Path], known: dict[str, Fraction]) -> tuple[list[Check], list[str]]:
    """Optimal values, proofs by prices alone and by the solver, CPU."""
    found, total = [], 0.0
    for path in files:
        problem = read_pmed(path)
        started = time.process_time()
        outcome = solve(problem, gap=0.0, seconds=120)
        total += time.process_time() - started
        found.append(
            (outcome["objective"]["cost"] == known[path.stem], outcome["status"] == "optimal", outcome["gap"])
        )
    count = len(files)
    checks = [
        Check("published optimum reached", sum(row[0] for row in found), count, f"of {count}", at_least=True),
        Check("proven within 120 s", sum(row[1] for row in found), 0.9 * count, f"of {count}", at_least=True),
    ]
    alone = sum(exact(row[2]) == 0 for row in found)
    return checks, [
        f"{alone} of {count} proven by prices alone (checked without a solver); {total:.1f} CPU-s in all"
    ]


def _raced(name: str, optimum: Fraction) -> tuple[list[Check], str]:
    path = folder() / f"{name}.txt"
    (own, our_cost), (peer, peer_cost) = (_side(side, path) for side in ("own", "spopt"))
    if not own["objective"] == peer["objective"] == optimum:
        raise RuntimeError(f"{name}: the answers differ: {own['objective']}, {peer['objective']}, {optimum}")
    ratio, share = peer["cpu"] / own["cpu"], our_cost.peak_bytes / peer_cost.peak_bytes
    nodes = int(path.read_text(encoding="ascii").split()[0])
    checks = [Check(f"{name}: spopt + HiGHS / own, CPU", ratio, _RATIO, "×", at_least=True)]
    if nodes >= _LARGE:
        checks.append(Check(f"{name}: own / spopt, peak memory", share, float(_MEMORY), "of 1"))
    mega = (our_cost.peak_bytes / 2**20, peer_cost.peak_bytes / 2**20)
    return checks, (
        f"{name} (n {nodes}): own {own['cpu']:.2f} CPU-s, {mega[0]:.0f} MB; spopt {peer['cpu']:.1f} CPU-s, "
        f"{mega[1]:.0f} MB; both {own['objective']}"
    )


def _side(side: str, path: Path) -> tuple[dict[str, Any], Cost]:
    cost = run([sys.executable, "-m", "benchmarks.location_child", side, str(path)], folder=_ROOT)
    return json.loads(cost.printed.splitlines()[-1]), cost


def _centres(files: list[Path]) -> str:
    """p-centres of the same networks: radius and CPU."""
    told = []
    for path in files:
        problem = read_pmed(path, "p_centre")
        started = time.process_time()
        outcome = solve(problem)
        took = time.process_time() - started
        told.append(f"{path.stem} {outcome['objective']['radius']} ({took:.1f} CPU-s, gap {outcome['gap']})")
    return "p-centres: " + ", ".join(told)
