"""Tiny made-up counties: three indicators of which one may be missed, two years, whole units."""

import random
from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Any

Json = dict[str, Any]
YEARS = (2027, 2028)
LINES = {"primary": {"A": 4, "B": 2, "C": 3}, "junior": {"A": 5, "B": 2, "C": 3}}
FLOOR = Fraction(17, 20)


def tiny_problem(
    seed: int, mode: Json, *, stages: int = 3, cv: str = "off", budget: int | None = None
) -> Json:
    """At least ``stages`` judged stages that lack a person or two; one school in three has both stages."""
    draw = random.Random(seed)
    schools, found = [], 0
    while found < stages:
        kinds = (
            ("primary", "junior")
            if draw.random() < 0.33
            else (draw.choice(("primary", "primary", "junior")),)
        )
        schools.append(_school(draw, f"S{len(schools)}", kinds))
        found += len(kinds)
    problem: Json = {
        "format": "junheng-plan-1", "kind": "invest", "name": f"tiny-{seed}",
        "county": {"code": "999999", "name": "虚构县"}, "standard": {"id": "quality-2017", "hash": "0" * 64},
        "base_year": 2026, "years": list(YEARS), "target": YEARS[-1], "mode": mode, "rule": {"needed": 2},
        "indicators": [_indicator(key) for key in "ABC"],
        "weights": {"primary": 1, "junior": "1.1", "senior": "1.32"},
        "measures": [row for stage in LINES for row in _persons(draw, stage)] + [_rooms(draw)],
        "transfers": [
            {"id": f"move:{stage}:A", "stage": stage, "gives": {"A": 1}, "cost_yuan": draw.choice((0, 3_000))}
            for stage in LINES
        ],
        "carry_over": draw.choice((0, 1)),
        "schools": schools, "cannot_tell": [], "cv": cv,
    }  # fmt: skip
    if cv != "off":  # more end states are to be told apart: fewer ways to reach them
        problem["measures"] = [row for row in problem["measures"] if len(row["gives"]) == 1]
    if budget is not None:
        problem["budgets"] = {str(year): budget // len(YEARS) for year in YEARS}
    return problem


def _indicator(key: str) -> Json:
    lines = {
        stage: {"line": lines[key], "floor": str(lines[key] * FLOOR), "cv": "0.3"}
        for stage, lines in LINES.items()
    }
    shared = int(key == "C")
    return {
        "id": key,
        "zh": key,
        "en": key,
        "scale": 100,
        "whole": 1,
        "unit": "人",
        "shared": shared,
        "lines": lines,
    }


def _school(draw: random.Random, key: str, kinds: tuple[str, ...]) -> Json:
    pupils = {stage: draw.choice((20, 34, 50, 51, 75, 100)) for stage in kinds}
    rooms = sum(3 * count for count in pupils.values()) // 100
    row: Json = {
        "id": key, "name": key, "weak": draw.choice((0, 1)), "stock": {"C": max(0, rooms - draw.choice((0, 0, 1)))},
        "limits": {}, "stages": [_stage(draw, stage, count) for stage, count in pupils.items()],
    }  # fmt: skip
    if draw.random() < 0.4:
        row["limits"]["equip:C"] = draw.choice((0, 1))
    return row


def _stage(draw: random.Random, stage: str, pupils: int) -> Json:
    full = {key: ceil(Fraction(LINES[stage][key] * pupils, 100)) for key in "AB"}
    stock = {key: max(0, need + draw.choice((-2, -1, -1, 0, 1))) for key, need in full.items()}
    limits = {f"hire:{stage}:A": draw.choice((0, 1, 2))} if draw.random() < 0.3 else {}
    return {
        "stage": stage, "pupils": {"2028": pupils}, "judged": 1, "stock": stock,
        "full_time": max(stock.values()) + draw.choice((0, 1)), "limits": limits,
        "movable": {f"move:{stage}:A": min(1, stock["A"])},
    }  # fmt: skip


def _persons(draw: random.Random, stage: str) -> Iterator[Json]:
    for kinds, once, yearly in (("A", 10_000, 60_000), ("AB", 20_000, 70_000)):
        row = _measure(f"hire:{stage}:{'+'.join(kinds)}", "hire", dict.fromkeys(kinds, 1), once, yearly)
        if draw.random() < 0.5:
            row["ceilings"] = {str(year): draw.choice((0, 1, 2)) for year in YEARS}
        yield row | {"level": "stage", "stage": stage}
    yield _measure(f"train:{stage}:B", "train", {"B": 1}, draw.choice((15_000, 90_000)), 0) | {
        "level": "stage", "stage": stage,
    }  # fmt: skip


def _rooms(draw: random.Random) -> Json:
    return _measure("equip:C", "equip", {"C": 1}, draw.choice((50_000, 80_000)), 0) | {"level": "school"}


def _measure(key: str, kind: str, gives: Json, once: int, yearly: int) -> Json:
    return {
        "id": key, "kind": kind, "zh": key, "en": key, "gives": gives, "whole": 1, "unit": "人",
        "cost_yuan": once, "yearly_yuan": yearly, "low_yuan": once, "high_yuan": once, "source": "虚构",
    }  # fmt: skip
