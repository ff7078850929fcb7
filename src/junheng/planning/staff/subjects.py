"""Posts by subject: classes × periods ÷ load, against the teachers there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact, number
from junheng.planning.staff.quota import made_whole
from junheng.planning.staff.untold import Untold

Json = dict[str, Any]


def subject_cells(problem: Json, untold: Untold) -> list[Json]:
    """One entry for each school, stage and subject that has periods or teachers and can be told.

    ``difference`` = teachers present less posts: above 0 a surplus, below 0 a shortage, in persons.
    """
    found: list[Json] = []
    for school in problem["schools"]:
        for stage in school["stages"]:
            found += _stage_cells(problem["rules"], school["id"], stage, untold)
    return found


def _stage_cells(rules: Json, school_id: str, stage: Json, untold: Untold) -> list[Json]:
    where = {"school_id": school_id, "stage": stage["stage"]}
    if stage.get("pupils") == 0:
        return []
    if stage["stage"] not in rules["loads"]:
        untold.add("subjects", ["periods"], **where)
        return []
    if "grades" not in stage:
        untold.add("subjects", ["grades"], **where)
        return []
    found, present = [], stage.get("subjects", {})
    if not present:
        untold.add("subjects", ["teachers"], **where)
        return []
    for subject in sorted(set(rules["periods"]) | set(present)):
        periods = _periods(rules["periods"].get(subject, {}), stage["grades"])
        load = rules["loads"][stage["stage"]].get(subject)
        if not periods and subject not in present:
            continue
        missing = ["load"] if periods and load is None else [] if subject in present else ["teachers"]
        if missing:
            untold.add("subjects", missing, **where, subject=subject)
            continue
        need = periods / exact(load) if periods else Fraction(0)
        posts = made_whole(need, rules["subject_rounding"])
        found.append(
            {
                **where,
                "subject": subject,
                "periods": number(periods),
                "need": number(need),
                "posts": posts,
                "present": present[subject],
                "difference": present[subject] - posts,
            }
        )
    return found


def _periods(hours: Mapping[str, Any], grades: Mapping[str, int]) -> Fraction:
    return sum((classes * exact(hours.get(grade, 0)) for grade, classes in grades.items()), Fraction(0))


def subject_totals(cells: Sequence[Json]) -> list[Json]:
    """By stage and subject over the county: posts, present, surplus and shortage (added up by school)."""
    found: dict[tuple[str, str], Json] = defaultdict(
        lambda: {"schools": 0, "posts": 0, "present": 0, "surplus": 0, "shortage": 0}
    )
    for cell in cells:
        total = found[cell["stage"], cell["subject"]]
        total["schools"] += 1
        total["posts"] += cell["posts"]
        total["present"] += cell["present"]
        total["surplus"] += max(0, cell["difference"])
        total["shortage"] += max(0, -cell["difference"])
    return [{"stage": stage, "subject": subject, **found[stage, subject]} for stage, subject in sorted(found)]
