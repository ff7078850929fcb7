"""Small rotations for tests: a frozen problem from a few words, and the best value by trying every plan."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

Json = dict[str, Any]
COVERS = {"primary": ["primary"], "junior": ["primary", "junior"], "senior": ["primary", "junior", "senior"]}


def person(name: str, school: str, has: Sequence[str] = (), **more: Any) -> Json:
    """A teacher of Chinese, ten years at the school, certified, who never moved."""
    found = {
        "id": name, "school": school, "stage": "primary", "subject": "语文", "role": "teacher", "years": 10,
        "certificate": ["primary"], "has": list(has), "last_rotation": "never",
    }  # fmt: skip
    return {key: value for key, value in {**found, **more}.items() if value is not None}


def problem(pupils: dict[str, int], persons: Sequence[Json], rule: Json | None = None, **more: Any) -> Json:
    """Primary schools a kilometre apart, all permitted; no shares asked for unless ``rule`` says so."""
    schools = sorted(pupils)
    base = {"moved_of_eligible": 0, "backbone_of_moved": 0, "years_at_school": 6, "principals_counted": 0}
    return {
        "format": "junheng-plan-1", "kind": "rotate", "name": "small", "county": {}, "year": 2025, "objective": "gap",
        "rule": base | (rule or {}), "sources": [], "covers": COVERS,
        "attributes": [{"id": "backbone", "zh": "骨干", "en": "backbone", "weight": 1}],
        "preferences": {"km": 1, "moved_before": 20, "over_part": 10},
        "schools": [
            {"id": s, "name": s, "source": 0, "stages": [{"stage": "primary", "pupils": pupils[s]}]} for s in schools
        ],
        "pairs": {"primary": {a: {b: 1000 for b in schools if b != a} for a in schools}, "junior": {}},
        "homes": {}, "persons": sorted(persons, key=lambda row: row["id"]), "cannot_tell": [], "left_out": [],
        "differences": [], **more,
    }  # fmt: skip


def plans(asked: Json) -> Iterator[dict[str, str]]:
    """Every plan within the rule of a problem whose persons are all teachers with all figures given."""
    rule, persons = asked["rule"], asked["persons"]
    due = [p for p in persons if Fraction(p["years"]) >= rule["years_at_school"] and not p.get("exempt")]
    able = [p for p in due if "primary" in p["certificate"]]
    ways = [
        (
            "",
            *sorted(
                set(asked["pairs"]["primary"][p["school"]]) & set(p.get("reach", asked["pairs"]["primary"]))
            ),
        )
        for p in able
    ]
    least = ceil(Fraction(rule["moved_of_eligible"]) * len(due))
    most = max(least + 1, floor(Fraction(rule.get("most_moved_of_eligible", 1)) * len(due)))
    for choice in product(*ways):
        moves = {p["id"]: to for p, to in zip(able, choice, strict=True) if to}
        by_id = {p["id"]: p for p in able}
        change: Counter[tuple[str, str]] = Counter()
        for name, to in moves.items():
            change[to, by_id[name]["subject"]] += 1
            change[by_id[name]["school"], by_id[name]["subject"]] -= 1
        backbone = sum("backbone" in by_id[name]["has"] for name in moves)
        enough = backbone >= Fraction(rule["backbone_of_moved"]) * len(moves)
        if not any(change.values()) and enough and least <= len(moves) <= most:
            yield moves


def distance(asked: Json, moves: dict[str, str]) -> Fraction:
    """Σ over attributes of the mean deviation per 100 pupils, or of CV², from the definitions."""
    pupils = {s["id"]: s["stages"][0]["pupils"] for s in asked["schools"]}
    whole, total = sum(pupils.values()), Fraction(0)
    for attribute in asked["attributes"]:
        count = Counter(
            moves.get(p["id"], p["school"]) for p in asked["persons"] if attribute["id"] in p["has"]
        )
        mean = Fraction(sum(count.values()), whole)
        values = {school: Fraction(count[school], pupils[school]) for school in pupils}
        if not mean:
            continue
        if asked["objective"] == "cv":
            part = sum(Fraction(pupils[s], whole) * (x - mean) ** 2 for s, x in values.items()) / mean**2
        else:
            part = sum(Fraction(pupils[s], whole) * abs(100 * x - 100 * mean) for s, x in values.items())
        total += Fraction(attribute["weight"]) * part
    return total
