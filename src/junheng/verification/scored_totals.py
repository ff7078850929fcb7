"""A subject's total, grade, verdict, rank and targets, worked out again from gathered scores."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from junheng.verification.scored_rounds import Rounds

Json = dict[str, Any]


def recomputed_subject(system: Json, rounds: Rounds, subject: str) -> Json:
    """The figures of one subject as the outcome should state them; numbers as exact text."""
    chosen = _round(system, rounds, subject)
    values = {item: rounds.value((subject, chosen, item)) for item in rounds.full}
    worst = {item: Fraction(0) if value is None else value for item, value in values.items()}
    best = {
        item: rounds.full[item] if value is None or rounds.is_open((subject, chosen, item)) else value
        for item, value in values.items()
    }
    vetoes = {entry["id"]: rounds.veto(subject, entry["id"]) for entry in system["vetoes"]}
    bad, good = _grade(system, worst, vetoes, hopeful=False), _grade(system, best, vetoes, hopeful=True)
    names = [entry["id"] for entry in system["grades"]]
    needs = any(entry["id"] == chosen and entry["needs_visit"] for entry in system["rounds"])
    lacks = needs and not rounds.is_visited(subject, chosen)
    required = names.index(system["required_grade"])
    met = "cannot_tell" if lacks else "met"
    return {
        "subject": subject, "round": chosen, "points": [str(_sum(system, worst)), str(_sum(system, best))],
        "grades_possible": [names[good], names[bad]], "grade": names[good] if good == bad else None,
        "verdict": met if bad <= required else "not_met" if good > required else "cannot_tell",
        "items": {item: [str(worst[item]), str(best[item])] for item in rounds.full},
        "areas": {a["id"]: [str(_area(a, worst)), str(_area(a, best))] for a in system["areas"]},
        "vetoes": vetoes, "missing": [item for item, value in values.items() if value is None], "lacks_visit": lacks,
    }  # fmt: skip


def recomputed_ranks(subjects: Sequence[Json]) -> list[list[int]]:
    """Place from and to of every subject, by comparing all pairs of totals."""
    totals = [(Fraction(s["points"][0]), Fraction(s["points"][1])) for s in subjects]
    found = []
    for low, high in totals:
        ahead = len([1 for other_low, _ in totals if other_low > high])
        behind = len([1 for _, other_high in totals if other_high < low])
        found.append([ahead + 1, len(totals) - behind])
    return found


def recomputed_target(row: Json, on: date, early_days: int) -> str:
    """The state of a dated target on a day."""
    if not row.get("due_on"):
        return "unknown"
    due = date.fromisoformat(row["due_on"])
    done = date.fromisoformat(row["achieved_on"]) if row.get("achieved_on") else None
    if done is None or on < done:
        return "pending" if on <= due else "overdue"
    if done > due:
        return "late"
    return "on_time" if done + timedelta(days=early_days) > due else "early"


def _round(system: Json, rounds: Rounds, subject: str) -> str:
    wanted: str = system["counting"]["round"]
    if wanted != "latest":
        return wanted
    scored = [
        entry["id"] for entry in system["rounds"]
        if any(rounds.value((subject, entry["id"], item)) is not None for item in rounds.full)
    ]  # fmt: skip
    return scored[-1] if scored else ""


def _area(area: Json, points: dict[str, Fraction]) -> Fraction:
    return min(sum((points[item["id"]] for item in area["items"]), Fraction(0)), Fraction(area["most"]))


def _sum(system: Json, points: dict[str, Fraction]) -> Fraction:
    return sum((_area(area, points) for area in system["areas"]), Fraction(0))


def _grade(
    system: Json, points: dict[str, Fraction], vetoes: dict[str, bool | None], *, hopeful: bool
) -> int:
    """Place of the grade in one case: everything open turned out well, or everything badly."""
    names = [entry["id"] for entry in system["grades"]]
    whole = _sum(system, points)
    place = min(n for n, entry in enumerate(system["grades"]) if Fraction(entry["at_least"]) <= whole)
    for area in system["areas"]:
        got = sum((points[item["id"]] for item in area["items"]), Fraction(0))
        if area["floor"] and got < Fraction(area["floor"]["share"]) * Fraction(area["points"]):
            place = max(place, names.index(area["floor"]["grade"]))
    for veto in system["vetoes"]:
        state = vetoes[veto["id"]]
        if state or (state is None and not hopeful):
            place = max(
                place, names.index(veto["grade_at_most"]) if veto["grade_at_most"] else len(names) - 1
            )
    return place
