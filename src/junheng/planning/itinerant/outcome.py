"""The frozen outcome: where every teacher is, every lesson, what is left and why."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.planning.frozen import FORMAT, Json, number, problem_hash
from junheng.planning.itinerant.case import AWAY, Case, Key
from junheng.planning.itinerant.daily import Days
from junheng.planning.itinerant.shared import Hours, lacks_video, left_after

_GAP_DIGITS = 10**6


@dataclass(frozen=True, slots=True)
class Proof:
    """Bounds of the three questions, the gap that was asked, and what cut the search short ("" for nothing)."""

    unmet: int
    travel: int
    live: int
    asked: float
    ended: str


def impossible(problem: Json, reasons: list[Json]) -> Json:
    """The outcome where no timetable keeps what is fixed."""
    return _head(problem, "infeasible") | {"reasons": reasons}


def outcome_of(case: Case, days: Days, hours: Hours, proof: Proof) -> Json:
    """The outcome of a timetable."""
    places = [_day_row(case, days, teacher, day) for teacher in sorted(case.teachers) for day in case.days]
    needs = _needs(case, days, hours)
    unmet = sum(row["periods"] - row["in_person"] for row in needs)
    travel = sum(row["travel"] for row in places)
    gap = max(_gap(unmet, proof.unmet), _gap(travel, proof.travel))
    return _head(case.problem, _status(gap, proof)) | {
        "objective": {
            "unmet_periods": unmet, "travel": travel, "live": len(hours.shared), "left": unmet - len(hours.shared),
        },
        "bound": {"unmet_periods": min(proof.unmet, unmet), "travel": min(proof.travel, travel), "live": hours.bound},
        "gap": number(gap),
        "days": places,
        "lessons": _lessons(hours),
        "live": [_live_row(case, name, school) for name, school in hours.shared],
        "needs": needs,
        "relaxation": _relaxation(case, days),
    }  # fmt: skip


def _head(problem: Json, status: str) -> Json:
    return {"format": FORMAT, "kind": "itinerant", "problem_hash": problem_hash(problem), "status": status}


def _gap(found: int, bound: int) -> Fraction:
    """Relative distance, rounded up to six digits."""
    return Fraction(ceil(Fraction(max(0, found - bound), max(found, 1)) * _GAP_DIGITS), _GAP_DIGITS)


def _status(gap: Fraction, proof: Proof) -> str:
    if gap == 0:
        return "optimal"
    return (
        "within_gap"
        if gap <= Fraction(proof.asked) + Fraction(1, _GAP_DIGITS)
        else proof.ended or "time_limit"
    )


def _day_row(case: Case, days: Days, teacher: str, day: str) -> Json:
    trip = days.trips[teacher, day]
    stops = ["" if place == AWAY else case.school_of(teacher, place) for place in trip]
    return {
        "teacher": teacher, "day": day, "am": stops[0], "pm": stops[1], "travel": case.cost(teacher, trip),
    }  # fmt: skip


def _lessons(hours: Hours) -> list[Json]:
    rows = [
        {"teacher": who, "day": day, "period": period, "school": key[0], "stage": key[1], "subject": key[2]}
        for (who, day, _, key), periods in hours.layout.items()
        for period in periods
    ]
    return sorted(rows, key=lambda row: (row["teacher"], row["day"], row["period"]))


def _live_row(case: Case, name: str, school: str) -> Json:
    lesson = next(lesson for lesson in case.problem["lessons"] if lesson["id"] == name)
    return {"lesson": name, "school": school, **{key: lesson[key] for key in _OF_LESSON}}


_OF_LESSON = ("stage", "grade", "subject", "day", "period")


def _needs(case: Case, days: Days, hours: Hours) -> list[Json]:
    left = left_after(case, days)
    lesson = {lesson["id"]: lesson for lesson in case.problem["lessons"]}
    live: dict[Key, int] = defaultdict(int)
    for name, school in hours.shared:
        live[school, lesson[name]["stage"], lesson[name]["subject"]] += 1
    found = []
    for key in sorted(case.need):
        row: Json = {
            "school": key[0], "stage": key[1], "subject": key[2], "periods": case.need[key],
            "in_person": case.need[key] - left[key], "live": live[key], "left": left[key] - live[key],
        }  # fmt: skip
        found.append(row | (_why(case, days, key) if left[key] - live[key] else {}))
    return found


def _why(case: Case, days: Days, key: Key) -> dict[str, Any]:
    """Why lessons are left: ``why`` and its words, then what stands in the way of video."""
    able = [name for name in sorted(case.teachers) if key in case.teaches[name]]
    near = [
        name for name in able if any(_stops_at(case, name, trip, key[0]) for trip in _all_trips(case, name))
    ]
    given = {name: case.teachers[name]["own"] for name in able}
    for spot, count in days.lessons.items():
        if spot[0] in given:
            given[spot[0]] += count
    called = [case.teachers[name]["name"] for name in near]
    names, names_en = "、".join(called), ", ".join(called)
    if not able:
        why = "no_teacher", "没有任教该学段学科的走教教师", "no itinerant teacher of this subject and stage"
    elif not near:
        why = "out_of_reach", "能教的教师都在可达范围之外", "all who could teach it are out of reach"
    elif all(given[name] >= case.teachers[name]["load"] for name in near):
        why = "full", f"可达教师课时已满：{names}", f"those in reach have their full load: {names_en}"
    else:
        why = (
            "time",
            f"可达教师的半天或班级时间已排满：{names}",
            f"no half-day or class time is left: {names_en}",
        )
    zh, en = _no_video(case, key)
    return {"why": why[0], "zh": f"{why[1]}；{zh}", "en": f"{why[2]}; {en}"}


def _all_trips(case: Case, teacher: str) -> set[tuple[str, str]]:
    return {trip for group in case.groups if group.teacher == teacher for trip in group.trips}


def _stops_at(case: Case, teacher: str, trip: tuple[str, str], school: str) -> bool:
    return school in {case.school_of(teacher, place) for place in trip}


def _no_video(case: Case, key: Key) -> tuple[str, str]:
    sent = [row for row in case.problem["lessons"] if (row["stage"], row["subject"]) == key[1:]]
    if not sent:
        return "没有该学科的主讲课", "no lesson of this subject is sent"
    if lacks_video(case, key[0]):
        return "缺直播教室数或带宽，不能判断能否接收", "live rooms or bandwidth are not given: cannot tell"
    return "主讲课的名额、时间、年级或带宽已用尽", "what is sent has no place, time, grade or bandwidth left"


def _relaxation(case: Case, days: Days) -> list[Json]:
    """Small rural school-stages and the PE and arts teachers that the plan brings them: to be checked by the engine."""
    rule = case.problem["relaxation"]
    visiting = defaultdict(set)
    for teacher, _, _, key in days.lessons:
        if key[2] in rule["subjects"] and case.teachers[teacher]["base"] != key[0]:
            visiting[key[:2]].add(teacher)
    return [
        {
            "school": school["id"],
            "stage": stage,
            "pupils": pupils,
            "teachers": sorted(visiting[school["id"], stage]),
        }
        for school in sorted(case.problem["schools"], key=lambda school: str(school["id"]))
        for stage, pupils in sorted(school["pupils"].items())
        if school.get("rural") == 1 and rule["pupils_min"] <= pupils < rule["pupils_below"]
    ]
