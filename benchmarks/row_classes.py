"""Classes for a city: 49,425 children into 1,053 classes of 96 schools, eleven columns to balance, and how random it is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median
from typing import Any

from benchmarks.result import Check, Result
from junheng.class_formation import (
    Layout,
    audit_randomness,
    classes_by_pid,
    form,
    groups_from,
    metrics,
    plan_from,
)
from junheng.class_formation.synthetic import make_city

_PUPILS, _CLASSES, _SCHOOLS = 49_425, 1_053, 96
_SCHOOL = (464, 10, 1)  # the school whose randomness is audited
_SEEDS, _RUNS = 1_000, 3
_CPU_S, _RATIO, _POINTS, _VARIANCE = 5.0, 0.035, 0.25, 2.5
_SEED = bytes(range(32))
_TOTAL = "总分"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Formed:
    """One way to form the city: CPU seconds (best of the runs), the gap of class means of the total by school."""

    name: str
    cpu_s: float
    layouts: Sequence[Layout]
    gaps: Sequence[float]
    worst_subject: float
    widest_spread: float

    def note(self) -> str:
        return (
            f"{self.name}: {self.cpu_s:.2f} CPU-s; total, range of class means {median(self.gaps):.3f} (median school) / "
            f"{max(self.gaps):.3f} (worst); worst subject {self.worst_subject:.3f}; range of class deviations "
            f"{self.widest_spread:.2f} (worst school)"
        )


def measure(scale: float) -> Result:
    """Form the same city by swaps, serpentine and lot alone; audit one school under many seeds."""
    shares = max(2, round(_SCHOOLS * scale))
    pupils, classes = _PUPILS * shares // _SCHOOLS, _CLASSES * shares // _SCHOOLS
    problem, rows = make_city(pupils, classes, shares)
    engine = "numba" if find_spec("numba") else "numpy"
    form(plan_from({**problem, "polish": 1}), rows, _SEED, engine=engine)  # compiled before the clock starts
    swaps = _form(f"swaps, {engine}", problem, rows, engine)
    others = [
        _form("swaps, numpy alone", problem, rows, "numpy", runs=1),
        _form(f"swaps and polish, {engine}", {**problem, "polish": 1}, rows, engine, runs=1),
        _form("serpentine", {**problem, "method": "serpentine"}, rows, engine, runs=1),
        _form("stratified lot alone", {**problem, "method": "stratified"}, rows, engine, runs=1),
    ]
    serpentine = max(others[2].gaps)
    same = [x.classes for x in swaps.layouts] == [x.classes for x in others[0].layouts]
    audit, audit_note = _audit(max(50, int(_SEEDS * scale)), engine)
    return Result(
        "classes",
        f"{len(rows):,} children, {classes:,} classes, {shares} schools, 11 columns",
        scale,
        [
            Check(f"CPU, rows in memory to layout ({engine})", swaps.cpu_s, _CPU_S, "s"),
            Check(
                "worst school's gap of the total / serpentine's", max(swaps.gaps) / serpentine, _RATIO, "×"
            ),
            Check("worst school's gap of the total, of 300", max(swaps.gaps), _POINTS, "marks"),
            Check("variance of who meets whom / binomial", audit, _VARIANCE, "×"),
        ],
        [
            swaps.note(),
            *(other.note() for other in others),
            f"numba and numpy layouts {'equal, every child' if same else '**differ**'}",
            audit_note,
        ],
    )


def _form(name: str, problem: Json, rows: Sequence[Json], engine: str, runs: int = _RUNS) -> _Formed:
    plan = plan_from(problem)
    seconds = []
    for _ in range(runs):
        started = time.process_time()
        layouts = form(plan, rows, _SEED, engine=engine)
        seconds.append(time.process_time() - started)
    found = metrics(plan, rows, classes_by_pid(layouts))
    totals = [mark for group in found for mark in group.marks if mark.name == _TOTAL]
    subjects = [
        mark.gap for group in found for mark in group.marks if mark.name != _TOTAL and mark.gap is not None
    ]
    return _Formed(
        name=name,
        cpu_s=min(seconds),
        layouts=layouts,
        gaps=[float(mark.gap) for mark in totals if mark.gap is not None],
        worst_subject=float(max(subjects)),
        widest_spread=max(mark.deviation_gap or 0.0 for mark in totals),
    )


def _audit(seeds: int, engine: str) -> tuple[float, str]:
    problem, rows = make_city(*_SCHOOL)
    notes, measured = [], 0.0
    for method in ("swaps", "serpentine"):
        plan = plan_from({**problem, "method": method})
        started = time.process_time()
        found = audit_randomness(plan, groups_from(plan, rows)[0], seeds=seeds, engine=engine)
        cpu = time.process_time() - started
        measured = found.pair_variance if method == "swaps" else measured
        notes.append(
            f"{method}: variance {found.pair_variance:.2f} × binomial, {found.always} pairs always together, neighbours in "
            f"marks together {found.neighbours or 0:.3f} (all pairs {found.fair:.3f}), class number χ²/df "
            f"{found.label_chi2:.2f}, {cpu:.1f} CPU-s"
        )
    return measured, f"one school of {_SCHOOL[0]} × {_SCHOOL[1]}, {seeds:,} seeds – " + "; ".join(notes)
