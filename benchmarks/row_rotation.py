"""Rotation of a large county: 200 schools, 10,000 teachers; the plan proven within 1e-4, and checked without a solver."""

import time
from typing import Any

import numpy as np

from benchmarks.result import Check, Result
from junheng.planning.rotate import check, solve

_SCHOOLS, _TEACHERS = 200, 10_000
_CPU_S, _GAP, _CHECK_S = 30.0, 1e-4, 5.0
_RUNS = (
    ("backbone, gap", "gap", 1),
    ("backbone, cv", "cv", 1),
    ("two attributes, gap", "gap", 2),
    ("two attributes, cv", "cv", 2),
)
_SUBJECTS = ("语文", "数学", "英语", "体育", "音乐", "美术", "科学", "道德与法治", "信息科技", "劳动")
_OFTEN = (0.25, 0.22, 0.12, 0.08, 0.06, 0.06, 0.06, 0.06, 0.05, 0.04)
_NEAREST, _SIDE_KM, _DETOUR = 12, 30.0, 1300  # metres of road per kilometre of straight line

Json = dict[str, Any]


def measure(scale: float) -> Result:
    """Solve the county for the mean distance and for the CV, of backbone teachers alone and with education; check all."""
    problem = make_county(max(8, int(_SCHOOLS * scale)), max(400, int(_TEACHERS * scale)))
    checks, notes = [], []
    for name, objective, attributes in _RUNS:
        asked = _asked(problem, objective, attributes)
        started = time.process_time()
        outcome = solve(asked, gap=_GAP, seconds=120)
        solved = time.process_time()
        broken = check(asked, outcome)
        checked = time.process_time()
        apart = float(outcome["gap"])
        checks += [
            Check(f"{name}: problem in memory to named plan, CPU", solved - started, _CPU_S, "s"),
            Check(f"{name}: proven gap (by prices or the solver)", apart, _GAP, "of 1"),
            Check(f"{name}: check, CPU", checked - solved, _CHECK_S, "s"),
            Check(f"{name}: broken lines", len(broken), 0, "lines"),
        ]
        notes.append(_note(name, outcome))
    title = f"{len(problem['schools'])} schools, {len(problem['persons']):,} teachers, one for one by subject"
    return Result("rotation", title, scale, checks, notes)


def _asked(problem: Json, objective: str, attributes: int) -> Json:
    """The county with its first attributes only."""
    kept = problem["attributes"][:attributes]
    names = {attribute["id"] for attribute in kept}
    persons = [
        person | {"has": [name for name in person["has"] if name in names]} for person in problem["persons"]
    ]
    return {**problem, "objective": objective, "attributes": kept, "persons": persons}


def _note(name: str, outcome: Json) -> str:
    bound = {key: _number(value) for key, value in outcome["bound"].items()}
    rows = "; ".join(
        f"{row['attribute']} {row['stage']} CV {row['cv_before'][:5]} → {row['cv_after'][:5]}"
        for row in outcome["evenness"]
    )
    return (
        f"{name}: {outcome['status']}, {len(outcome['moves'])} moves, {_number(outcome['start']):.6f} → "
        f"{_number(outcome['objective']['between_schools']):.6f}, bound by prices {bound['between_schools']:.6f}, by the "
        f"solver {bound['solver_between_schools']:.6f}; {rows}"
    )


def _number(value: int | str) -> float:
    above, _, below = str(value).partition("/")
    return float(above) / float(below or 1)


def make_county(schools: int, teachers: int, seed: int = 1) -> Json:
    """A made-up county, frozen: town schools large and strong, country schools small; two attributes."""
    random = np.random.default_rng(seed)
    spots = random.uniform(0, _SIDE_KM, (schools, 2))
    spots[: schools // 2] *= 0.4  # the town in a corner
    size = random.lognormal(0, 0.6, schools)
    size = np.maximum(8, size / size.sum() * teachers).astype(int)
    size[0] += max(0, teachers - size.sum())
    strong = np.clip(1.6 - np.hypot(*(spots - 6).T) / 12 + random.normal(0, 0.5, schools), 0.05, 3)
    stages = np.where(random.random(schools) < 0.3, "junior", "primary").tolist()
    pupils = (size * random.uniform(12, 21, schools)).astype(int).tolist()
    ids = [f"S{place:04d}" for place in range(schools)]
    listed = [
        {"id": name, "name": name, "source": 0, "stages": [{"stage": stage, "pupils": count}]}
        for name, stage, count in zip(ids, stages, pupils, strict=True)
    ]
    return {
        **_frame(),
        "schools": listed,
        "pairs": {stage: _pairs(spots, stages, ids, stage) for stage in ("primary", "junior")},
        "persons": _persons(random, size, strong, stages, ids),
    }


def _frame() -> Json:
    rule = {
        "moved_of_eligible": "0.1",
        "most_moved_of_eligible": "0.12",
        "backbone_of_moved": "0.2",
        "years_at_school": 6,
    }
    return {
        "format": "junheng-plan-1", "kind": "rotate", "name": "made up", "county": {}, "year": 2025, "objective": "gap",
        "rule": rule | {"principals_counted": 0}, "sources": [], "preferences": {"km": 1, "moved_before": 20, "over_part": 10},
        "covers": {"primary": ["primary"], "junior": ["primary", "junior"], "senior": ["primary", "junior", "senior"]},
        "attributes": [
            {"id": "backbone", "zh": "骨干教师", "en": "backbone", "weight": 1},
            {"id": "above", "zh": "高于规定学历", "en": "above", "weight": "0.2"},
        ],
        "homes": {}, "cannot_tell": [], "left_out": [], "differences": [],
    }  # fmt: skip


def _pairs(spots: Any, stages: list[str], ids: list[str], stage: str) -> Json:
    members = [place for place, own in enumerate(stages) if own == stage]
    metres = (np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1)) * _DETOUR).round().astype(int)
    found = {}
    for here in members:
        near = sorted(
            (other for other in members if other != here), key=lambda other: (metres[here, other], other)
        )
        found[ids[here]] = {ids[other]: int(metres[here, other]) for other in sorted(near[:_NEAREST])}
    return found


def _persons(random: Any, size: Any, strong: Any, stages: list[str], ids: list[str]) -> list[Json]:
    found = []
    for place, count in enumerate(size.tolist()):
        subjects = random.choice(len(_SUBJECTS), count, p=_OFTEN)
        has = random.random((count, 2)) < (
            np.clip(0.15 * strong[place], 0, 0.7),
            np.clip(0.5 + 0.2 * strong[place], 0, 0.97),
        )
        years, fresh = random.integers(0, 11, count), random.random(count) < 0.8
        for number in range(count):
            found.append(
                {
                    "id": f"T{len(found):05d}", "school": ids[place], "stage": stages[place], "role": "teacher",
                    "subject": _SUBJECTS[subjects[number]], "years": int(years[number]), "certificate": [stages[place]],
                    "has": [name for name, is_so in zip(("backbone", "above"), has[number], strict=True) if is_so],
                    "last_rotation": "never" if fresh[number] else 2015,
                }
            )  # fmt: skip
    return found
