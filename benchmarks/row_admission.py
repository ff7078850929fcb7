"""The kernel of admissions beside algmatch, beside its own plain definition, and on a million pupils."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.admission_market import make_market
from benchmarks.child import run
from benchmarks.result import Check, Result
from junheng.admissions import Assignment, Market, Ranks, assign, whole_orders

_PEER, _OWN, _MILLION = 10_000, 100_000, 1_000_000
_CHOICES, _MANY_CHOICES = 5, 10
_STEPS = ("tickets", "assignment", "audit", "certificate")


def measure(scale: float) -> Result:
    """Three questions; every engine and the peer must give the same answer before a ratio is given."""
    against, notes = _against_peer(max(1_000, round(_PEER * scale)))
    own, more = _against_definition(max(2_000, round(_OWN * scale)))
    million, most = _million(max(10_000, round(_MILLION * scale)))
    return Result(
        "admission",
        f"deferred acceptance: {_PEER:,} × {_CHOICES} beside algmatch, {_OWN:,} × {_CHOICES} beside the "
        f"definition, {_MILLION:,} × {_MANY_CHOICES} whole",
        scale,
        [*against, *own, *million],
        [*notes, *more, *most],
    )


def _order(market: Market) -> Ranks:
    return Ranks(np.random.default_rng(1).permutation(len(market.units)))


def _against_peer(pupils: int) -> tuple[list[Check], list[str]]:
    market = make_market(pupils, _CHOICES)
    ranks = _order(market)
    peer, seconds = _algmatch(market, ranks)
    numba, found = _best(lambda: assign(market, ranks, "numba"), 500)
    numpy, other = _best(lambda: assign(market, ranks, "numpy"), 30)
    if not (found.same_as(other) and np.array_equal(found.school, peer)):
        raise RuntimeError("algmatch and the engines do not agree")
    checks = [
        Check("algmatch solve / numba engine", seconds / numba, 3_000, "×", at_least=True),
        Check("algmatch solve / numpy engine", seconds / numpy, 100, "×", at_least=True),
    ]
    note = (
        f"{pupils:,} × {_CHOICES}, {market.seats.plan.size} schools, {found.proposals:,} proposals, the same answer: "
        f"algmatch {seconds:.2f} CPU-s (building its instance not counted), numpy {1000 * numpy:.1f} ms, "
        f"numba {1000 * numba:.2f} ms (best of 500)"
    )
    return checks, [note, _outcome_note(found)]


def _algmatch(market: Market, ranks: Ranks) -> tuple[np.ndarray[Any, np.dtype[np.int32]], float]:
    """algmatch's school of every pupil and its CPU seconds, in a process of its own."""
    lists = whole_orders(market, ranks)
    with tempfile.TemporaryDirectory(prefix="junheng-admission-") as name:
        given, answer = Path(name) / "market.npz", Path(name) / "answer.npy"
        wishes = market.school.reshape(-1, _CHOICES)
        np.savez(given, wishes=wishes, plan=market.seats.plan, ranked=lists.unit, bounds=lists.start)
        command = [sys.executable, "-m", "benchmarks.admission_algmatch", str(given), str(answer)]
        cost = run(command, folder=Path(__file__).parents[1])
        return np.load(answer), float(cost.printed)


def _against_definition(pupils: int) -> tuple[list[Check], list[str]]:
    market = make_market(pupils, _CHOICES)
    ranks = _order(market)
    numba, found = _best(lambda: assign(market, ranks, "numba"), 60)
    numpy, other = _best(lambda: assign(market, ranks, "numpy"), 8)
    python, definition = _best(lambda: assign(market, ranks, "python"), 3)
    if not (definition.same_as(found) and definition.same_as(other)):
        raise RuntimeError("the engines do not agree")
    checks = [Check("definition (python) / numba engine", python / numba, 60, "×", at_least=True)]
    note = (
        f"{pupils:,} × {_CHOICES}, bit for bit the same: python {python:.2f} CPU-s, numpy {1000 * numpy:.0f} ms, "
        f"numba {1000 * numba:.1f} ms"
    )
    return checks, [note, _outcome_note(found)]


def _million(pupils: int) -> tuple[list[Check], list[str]]:
    checks, notes = [], []
    for extra, limit in (("with", 3.0), ("without", 15.0)):
        command = [
            sys.executable,
            "-m",
            "benchmarks.admission_million",
            str(pupils),
            str(_MANY_CHOICES),
            extra,
        ]
        seconds = json.loads(run(command, folder=Path(__file__).parents[1]).printed)
        whole = sum(seconds[step] for step in _STEPS)
        checks.append(Check(f"whole draw {extra} numba", whole, limit, "CPU-s"))
        steps = ", ".join(f"{step} {seconds[step]:.2f}" for step in _STEPS)
        notes.append(
            f"{pupils:,} × {_MANY_CHOICES} {extra} numba: {steps} CPU-s; checking every result against the "
            f"certificate {seconds['check']:.2f} more; {seconds['proposals']:,} proposals"
        )
    return checks, notes


def _outcome_note(found: Assignment) -> str:
    """How contested the market is: it decides how long every solver takes."""
    first, placed = np.mean(found.choice == 0), np.mean(found.school >= 0)
    return f"the market: first wish {first:.1%}, unplaced {1 - placed:.1%}"


def _best(work: Callable[[], Assignment], runs: int) -> tuple[float, Assignment]:
    """Least CPU seconds of ``runs``, after one that may compile."""
    found, least = work(), float("inf")
    for _ in range(runs):
        started = time.process_time()
        found = work()
        least = min(least, time.process_time() - started)
    return least, found
