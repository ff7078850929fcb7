"""The body of teachers: education, age, title; training; pay; sums to confirm."""

from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact, number
from junheng.planning.staff.retirement import birth_months, time_point
from junheng.planning.staff.untold import Untold

Json = dict[str, Any]
LEVELS = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
TITLES = ("top", "senior", "middle", "junior", "untitled")


def structure(problem: Json, untold: Untold) -> Json:
    """Counts, never shares: education by stage, age bands of those on the quota, titles. Only whole rows count."""
    return {
        "education": _education(problem, untold),
        "ages": _ages(problem, untold),
        "titles": _titles(problem, untold),
    }


def _education(problem: Json, untold: Untold) -> list[Json]:
    found: dict[str, Json] = {}
    for school in problem["schools"]:
        for stage in school["stages"]:
            teachers = stage.get("teachers", {})
            if not {*LEVELS, "full_time"} <= set(teachers) or teachers["full_time"] != sum(
                teachers[level] for level in LEVELS
            ):
                untold.add("structure", ["education"], school_id=school["id"], stage=stage["stage"])
                continue
            total = found.setdefault(
                stage["stage"],
                {"stage": stage["stage"], "rows": 0, "full_time": 0, **dict.fromkeys(LEVELS, 0)},
            )
            total["rows"] += 1
            for key in ("full_time", *LEVELS):
                total[key] += teachers[key]
    return [found[stage] for stage in sorted(found)]


def _ages(problem: Json, untold: Untold) -> Json:
    """Persons by age at 1 September of the base year. ``undated``: the month would decide the band, and is unknown."""
    edges = [int(exact(one)) for one in problem["rules"]["ages"]["bands"]]
    young_below = int(exact(problem["rules"]["ages"]["young_below"]))
    found: Json = {
        "persons": 0, "bands": [0] * (len(edges) + 1), "undated": 0, "young": 0, "young_undated": 0,
    }  # fmt: skip
    for school in problem["schools"]:
        if not school.get("ages") or any("born" not in one for one in school["ages"]):
            untold.add("structure", ["ages"], school_id=school["id"])
            continue
        for one in school["ages"]:
            youngest, oldest = _age_range(one["born"], problem["base_year"])
            band, other = (sum(age >= edge for edge in edges) for age in (youngest, oldest))
            found["persons"] += one["persons"]
            if band == other:
                found["bands"][band] += one["persons"]
            else:
                found["undated"] += one["persons"]
            if oldest < young_below:
                found["young"] += one["persons"]
            elif youngest < young_below:
                found["young_undated"] += one["persons"]
    return found


def _age_range(born: str, year: int) -> tuple[int, int]:
    """Youngest and oldest age in whole years on 1 September of ``year``; who is born in September turns later."""
    first, last = birth_months(born)
    point = time_point(year)
    return (point - last - 1) // 12, (point - first - 1) // 12


def _titles(problem: Json, untold: Untold) -> Json:
    found: Json = {"schools": 0, **dict.fromkeys(TITLES, 0)}
    for school in problem["schools"]:
        titles = school.get("titles", {})
        if not set(TITLES) <= set(titles):
            untold.add("structure", ["titles"], school_id=school["id"])
            continue
        found["schools"] += 1
        for key in TITLES:
            found[key] += titles[key]
    return found


def training(problem: Json, untold: Untold) -> Json:
    """Completion of the cycle, and hours behind the even line: hours × year of the cycle ÷ years."""
    rule = problem["rules"]["training"]
    full_time = reached = 0
    is_whole = True
    for school in problem["schools"]:
        for stage in school["stages"]:
            teachers = stage.get("teachers", {})
            if {"full_time", "trained_360h"} <= set(teachers):
                full_time, reached = full_time + teachers["full_time"], reached + teachers["trained_360h"]
            else:
                untold.add("training", ["trained_360h"], school_id=school["id"], stage=stage["stage"])
                is_whole = False
    verdict = "cannot_tell"
    if is_whole and full_time:
        verdict = "met" if reached >= exact(rule["rate"]) * full_time else "not_met"
    return {
        "full_time": full_time,
        "reached": reached,
        "verdict": verdict,
        "schools": _behind(problem, untold),
    }


def _behind(problem: Json, untold: Untold) -> list[Json]:
    rule, found = problem["rules"]["training"], []
    for school in problem["schools"]:
        if "training" not in school:
            untold.add("training", ["training"], school_id=school["id"])
            continue
        hours, persons, told = Fraction(0), 0, 0
        for one in school["training"]:
            due = exact(rule["hours"]) * min(one["cycle_year"], exact(rule["years"])) / exact(rule["years"])
            lacking = max(Fraction(0), due - exact(one["hours"]))
            hours, told = hours + lacking * one["persons"], told + one["persons"]
            persons += one["persons"] * (lacking > 0)
        found.append(
            {
                "school_id": school["id"],
                "persons": told,
                "behind_persons": persons,
                "behind_hours": number(hours),
            }
        )
    return found


def pay(problem: Json, untold: Untold) -> Json:
    """Mean pay of teachers against civil servants, yuan a year: not lower."""
    if not {"teacher", "civil_servant"} <= set(problem["pay"]):
        untold.add("pay", ["pay"])
        return {"verdict": "cannot_tell"}
    teacher, servant = exact(problem["pay"]["teacher"]), exact(problem["pay"]["civil_servant"])
    is_met = teacher >= exact(problem["rules"]["pay"]["ratio"]) * servant
    return {
        "teacher": number(teacher),
        "civil_servant": number(servant),
        "difference": number(teacher - servant),
        "verdict": "met" if is_met else "not_met",
    }


def confirmed_sums(problem: Json) -> list[Json]:
    """Stated totals beside the sum of their parts. What differs is told, never mended."""
    found = []
    for one in problem["sums"]:
        parts = sum((exact(part["number"]) for part in one["parts"]), Fraction(0))
        off = parts - exact(one["total"])
        found.append(
            {
                "name": one["name"],
                "total": one["total"],
                "parts": number(parts),
                "difference": number(off),
            }
        )
    return found
