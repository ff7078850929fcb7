"""Made-up counties for tests and benchmarks:
a frozen problem from a seed and a number of school-stages.

Pass rates follow a published self-evaluation of 66 primary and 30 junior school-stages (docs/method/plan_invest.md);
sizes, correlations, land limits and unit costs are invented. Nothing here is a norm.
"""

from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np

from junheng.planning.frozen import FORMAT, Json, exact, number

YEARS = (2025, 2026, 2027, 2028)
PERSONS, SHARED = ("R1", "R2", "R3"), ("R4", "R5", "R6", "R7")
_NAMES = {
    "R1": ("每百名学生高于规定学历教师数", "Teachers above required education per 100 pupils", "人", 100),
    "R2": ("每百名学生县级以上骨干教师数", "Backbone teachers per 100 pupils", "人", 100),
    "R3": ("每百名学生体育、艺术专任教师数", "PE and art teachers per 100 pupils", "人", 100),
    "R4": ("生均教学及辅助用房面积", "Teaching and auxiliary floor area per pupil", "m2", 1),
    "R5": ("生均体育运动场馆面积", "Sports area per pupil", "m2", 1),
    "R6": ("生均教学仪器设备值", "Equipment value per pupil", "元", 1),
    "R7": ("每百名学生网络多媒体教室数", "Multimedia classrooms per 100 pupils", "间", 100),
}
_LINES = {
    "primary": ("4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3"),
    "junior": ("5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4"),
}
_PASSED = {
    "primary": [share / 66 for share in (46, 15, 17, 46, 35, 22, 43)],
    "junior": [share / 30 for share in (26, 14, 4, 24, 16, 14, 15)],
}
_SPREAD = {
    "primary": (0.28, 0.36, 0.33, 0.30, 0.33, 0.34, 0.30),
    "junior": (0.25, 0.32, 0.30, 0.27, 0.30, 0.31, 0.27),
}
_CV = {"primary": "0.5", "junior": "0.45"}
_ONE_STAGE_PUPILS = {"primary": 780, "junior": 900}
_LEAST_SHARE = 0.55  # least cost over the cost of every shortfall bought singly, as measured
_RICH = 0.02  # stages with several times what others have of one shared thing: what makes CV limits bind
_COUPLED = 0.09  # of the school-stages' number: schools that have both
_ROOM_COSTS = (
    ("build", "R4", 1, "m2", 0, 3200),
    ("build", "R5", 1, "m2", 0, 620),
    ("equip", "R6", 10000, "万元", 0, 10000),
    ("equip", "R7", 1, "间", 1, 78000),
)


def synthetic_problem(
    seed: int,
    stages: int,
    *,
    budget_factor: float | None = 1.2,
    with_transfers: bool = True,
    with_cv: bool = True,
    with_ceilings: bool = True,
    weak_share: float = 0.1,
) -> Json:
    """A frozen problem of ``stages`` judged school-stages, mode all_by; the same arguments give the same problem.

    ``budget_factor``: all years' budgets together over about the least cost of all_by (below 1: not all can comply);
    None: no budgets. ``weak_share``: part of the schools marked weak, the poorest in most things. Without
    budgets, ceilings, transfers and CV no row couples the schools.
    """
    random = np.random.default_rng(seed)
    schools = _schools(random, stages, with_transfers, weak_share)
    short = _shortfalls(schools)
    problem: Json = {
        "format": FORMAT,
        "kind": "invest",
        "name": f"synthetic-{seed}-{stages}",
        "county": {"code": "999999", "name": "虚构县"},
        "standard": {"id": "quality-2017", "hash": "0" * 64},
        "base_year": YEARS[0] - 1,
        "years": list(YEARS),
        "target": YEARS[-1],
        "mode": {"kind": "all_by"},
        "rule": {"needed": 6},
        "indicators": [_indicator(key, place) for place, key in enumerate(_NAMES)],
        "weights": {"primary": 1, "junior": "1.1", "senior": "1.32"},
        "measures": _measures(short if with_ceilings else None),
        "transfers": _transfers() if with_transfers else [],
        "carry_over": 1,
        "schools": schools,
        "cannot_tell": [],
        "cv": "weighted" if with_cv else "off",
    }
    if budget_factor is not None:
        yearly = int(budget_factor * _LEAST_SHARE * _single_cost(problem["measures"], short) / len(YEARS))
        problem["budgets"] = {str(year): yearly for year in YEARS}
    return problem


def _indicator(key: str, place: int) -> Json:
    zh, en, unit, scale = _NAMES[key]
    lines = {
        stage: {
            "line": number(exact(_LINES[stage][place])),
            "floor": number(exact(_LINES[stage][place]) * exact("0.85")),
            "cv": _CV[stage],
        }
        for stage in _LINES
    }
    whole = int(unit in ("人", "间"))
    return {
        "id": key,
        "zh": zh,
        "en": en,
        "scale": scale,
        "whole": whole,
        "unit": unit,
        "shared": int(key in SHARED),
        "lines": lines,
    }


def _schools(random: np.random.Generator, stages: int, with_transfers: bool, weak_share: float) -> list[Json]:
    """About one school in ten has both stages; two of three single ones are primary."""
    coupled = round(_COUPLED * stages)
    primary = round((stages - 2 * coupled) * 66 / 96)
    kinds = [("primary", "junior")] * coupled + [("primary",)] * primary
    kinds += [("junior",)] * (stages - 2 * coupled - primary)
    order = random.permutation(len(kinds))
    return [
        _school(random, f"S{place:05d}", kinds[order[place]], with_transfers, weak_share)
        for place in range(len(kinds))
    ]


def _school(
    random: np.random.Generator, key: str, kinds: tuple[str, ...], with_transfers: bool, weak_share: float
) -> Json:
    common = random.standard_normal()
    pupils = {
        stage: int(np.clip(_ONE_STAGE_PUPILS[stage] * np.exp(0.55 * random.standard_normal()), 60, 2000))
        for stage in kinds
    }
    ratios = {stage: _ratios(random, common, stage) for stage in kinds}
    shared = {}
    for place, indicator in enumerate(SHARED, start=len(PERSONS)):
        need = (
            sum(float(exact(_LINES[stage][place])) * pupils[stage] for stage in kinds) / _NAMES[indicator][3]
        )
        shared[indicator] = int(ratios[kinds[0]][place] * need)
    rows = [_stage(stage, pupils[stage], ratios[stage], with_transfers) for stage in kinds]
    return {
        "id": key,
        "name": f"第{int(key[1:]) + 1}学校",
        "weak": int(NormalDist().cdf(common) < weak_share),
        "stock": shared,
        "limits": _land(random, pupils),
        "stages": rows,
    }


def _ratios(random: np.random.Generator, common: float, stage: str) -> list[float]:
    """Value over line, log-normal around the published pass rate; a good school is good in most things."""
    normal = NormalDist()
    found = []
    for passed, spread in zip(_PASSED[stage], _SPREAD[stage], strict=True):
        score = 0.45 * common + 0.893 * random.standard_normal()
        found.append(float(np.exp(spread * (normal.inv_cdf(passed) + score))))
    if random.random() < _RICH:
        found[5 + int(random.integers(2))] *= float(random.uniform(2.5, 5.0))
    return found


def _stage(stage: str, pupils: int, ratios: list[float], with_transfers: bool) -> Json:
    stock = {
        key: round(ratios[place] * float(exact(_LINES[stage][place])) * pupils / 100)
        for place, key in enumerate(PERSONS)
    }
    full_time = max(
        round(pupils / (17 if stage == "primary" else 12.5)), *(have + 2 for have in stock.values())
    )
    row: Json = {
        "stage": stage,
        "pupils": {str(YEARS[-1]): pupils},
        "judged": 1,
        "stock": stock,
        "full_time": full_time,
        "limits": {},
        "movable": {},
    }
    if with_transfers:
        row["movable"] = {f"move:{stage}:{key}": int(0.15 * have) for key, have in stock.items()}
    return row


def _land(random: np.random.Generator, pupils: dict[str, int]) -> Json:
    """Every third school has little ground left: the most that can be built of R4 and R5, in m²."""
    limits = {}
    for place, key in ((3, "R4"), (4, "R5")):
        line = sum(float(exact(_LINES[stage][place])) * count for stage, count in pupils.items())
        if random.random() < 0.3:
            limits[f"build:{key}"] = int(line * random.uniform(0.0, 0.9))
    return limits


def _shortfalls(schools: list[Json]) -> dict[tuple[str, str], float]:
    """Σ of what lacks to the line, by (stage, person indicator) and ("", shared indicator)."""
    found: dict[tuple[str, str], float] = {}
    for school in schools:
        for place, key in enumerate(_NAMES):
            needs = [
                (
                    row["stage"],
                    float(exact(_LINES[row["stage"]][place]))
                    * row["pupils"][str(YEARS[-1])]
                    / _NAMES[key][3],
                    row,
                )
                for row in school["stages"]
            ]
            if key in SHARED:
                found["", key] = found.get(("", key), 0) + max(
                    0.0, sum(need for _, need, _ in needs) - school["stock"][key]
                )
                continue
            for stage, need, row in needs:
                found[stage, key] = found.get((stage, key), 0) + max(
                    0, int(np.ceil(need)) - row["stock"][key]
                )
    return found


def _measures(short: dict[tuple[str, str], float] | None) -> list[Json]:
    found = [measure for stage in _LINES for measure in (*_hires(stage, short), *_trainings(stage, short))]
    for kind, key, gives, unit, whole, cost in _ROOM_COSTS:
        zh, en = _NAMES[key][:2]
        found.append(
            {
                "id": f"{kind}:{key}",
                "kind": kind,
                "zh": f"增加{zh}",
                "en": f"more: {en}",
                "level": "school",
                "gives": {key: gives},
                "whole": whole,
                "unit": unit,
            }
            | _price(cost, 0)
        )
    return found


def _price(cost: int, yearly: int) -> Json:
    return {
        "cost_yuan": cost,
        "yearly_yuan": yearly,
        "low_yuan": int(cost * 0.8),
        "high_yuan": int(cost * 1.3),
        "source": "虚构",
    }


def _hires(stage: str, short: dict[tuple[str, str], float] | None) -> list[Json]:
    """A new person of every subset of the three attributes; each further attribute costs more."""
    found = []
    for size in (1, 2, 3):
        for kinds in combinations(PERSONS, size):
            yearly = (
                88_000 + 6_000 * (size - 1) + 26_000 * ("R2" in kinds) + (4_000 if stage == "junior" else 0)
            )
            measure: Json = {
                "id": f"hire:{stage}:{'+'.join(kinds)}",
                "kind": "hire",
                "zh": f"招聘教师（{'、'.join(kinds)}）",
                "en": f"hire a teacher ({', '.join(kinds)})",
                "level": "stage",
                "stage": stage,
                "gives": dict.fromkeys(kinds, 1),
                "whole": 1,
                "unit": "人",
            } | _price(15_000 + 5_000 * size, yearly)
            if short is not None:
                most = {"R1": 0.9, "R2": 0.35, "R3": 0.5}[
                    ("R2" in kinds and "R2") or ("R3" in kinds and "R3") or "R1"
                ]
                need = (
                    min(short[stage, key] for key in kinds)
                    if "R1" not in kinds or size == 1
                    else max(short[stage, key] for key in kinds[1:])
                )
                measure["ceilings"] = {str(year): int(np.ceil(most * need / len(YEARS))) for year in YEARS}
            found.append(measure)
    return found


def _trainings(stage: str, short: dict[tuple[str, str], float] | None) -> list[Json]:
    found = []
    for key, zh, cost, share in (("R1", "学历提升", 16_000, 0.5), ("R2", "骨干教师培养", 42_000, 0.45)):
        measure: Json = {
            "id": f"train:{stage}:{key}",
            "kind": "train",
            "zh": zh,
            "en": f"train a teacher already there ({key})",
            "level": "stage",
            "stage": stage,
            "gives": {key: 1},
            "whole": 1,
            "unit": "人",
        } | _price(cost, 0)
        if short is not None:
            measure["ceilings"] = {
                str(year): int(np.ceil(share * short[stage, key] / len(YEARS))) for year in YEARS
            }
        found.append(measure)
    return found


def _transfers() -> list[Json]:
    return [
        {"id": f"move:{stage}:{key}", "stage": stage, "gives": {key: 1}, "cost_yuan": 9_000}
        for stage in _LINES
        for key in PERSONS
    ]


def _single_cost(measures: list[Json], short: dict[tuple[str, str], float]) -> float:
    """What every shortfall would cost bought singly, a post paid for half of the years (yuan)."""
    total = 0.0
    for (stage, key), lacking in short.items():
        costs = [
            (measure["cost_yuan"] + measure["yearly_yuan"] * len(YEARS) / 2) / measure["gives"][key]
            for measure in measures
            if list(measure["gives"]) == [key] and measure.get("stage", "") == stage
        ]
        total += lacking * sum(costs) / len(costs)
    return total


def set_mode(problem: Json, **mode: Any) -> Json:
    """The same problem in another mode: ``set_mode(problem, kind="most_within")``."""
    return problem | {"mode": mode}
