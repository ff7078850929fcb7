"""The timetable recomputed row by row, by another mind: no solver, no model.

The bounds are the solver's and are checked for sense only (never above what was found); every other figure is redone.
"""

from collections import Counter
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, problem_hash
from junheng.planning.itinerant.check_live import live_faults
from junheng.planning.itinerant.check_places import contradictory, fixed_faults, journey
from junheng.planning.itinerant.check_totals import need_faults, relaxation_faults, total_faults

Json = dict[str, Any]


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with ``outcome``; () when it is right."""
    head = _head_faults(problem, outcome)
    if head:
        return tuple(head)
    try:
        if outcome["status"] == "infeasible":
            return tuple(_impossible_faults(problem, outcome))
        return tuple(_all_faults(problem, outcome))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return (
            Text(
                f"结果缺少内容或格式不对：{error!r}", f"the outcome lacks a part or is malformed: {error!r}"
            ),
        )


def _head_faults(problem: Json, outcome: Json) -> list[Text]:
    if outcome.get("format") != FORMAT or outcome.get("kind") != "itinerant":
        return [Text("不是走教规划的结果", "this is no outcome of an itinerant plan")]
    if outcome.get("problem_hash") != problem_hash(problem):
        return [
            Text("问题指纹不符：结果属于另一个问题", "the problem hash differs: another problem's outcome")
        ]
    return []


def _impossible_faults(problem: Json, outcome: Json) -> list[Text]:
    stated = {(row["teacher"], row["kind"], row.get("day", ""), row["short"]) for row in outcome["reasons"]}
    if stated != contradictory(problem) or not stated:
        return [Text("所列的矛盾与问题不符", "the contradictions stated are not those of the problem")]
    return []


def _all_faults(problem: Json, outcome: Json) -> list[Text]:
    return [
        *_day_faults(problem, outcome),
        *fixed_faults(problem, outcome),
        *_lesson_faults(problem, outcome),
        *_school_faults(problem, outcome),
        *_load_faults(problem, outcome),
        *live_faults(problem, outcome),
        *need_faults(problem, outcome),
        *total_faults(outcome),
        *relaxation_faults(problem, outcome),
    ]


def _day_faults(problem: Json, outcome: Json) -> list[Text]:
    """Each teacher once a day, at places allowed, with the way recomputed leg by leg."""
    found = []
    wanted = Counter((t["id"], d["id"]) for t in problem["teachers"] for d in problem["week"]["days"])
    if wanted != Counter((row["teacher"], row["day"]) for row in outcome["days"]):
        found.append(Text("每位教师每天应恰有一行", "each teacher must have one row a day"))
    people = {person["id"]: person for person in problem["teachers"]}
    for row in outcome["days"]:
        name = f"{row['teacher']} {row['day']}"
        base = people[row["teacher"]]["base"]
        length, fault = journey(problem, people[row["teacher"]], row)
        if fault:
            found.append(Text(f"{name}：路程未知或超出可达范围", f"{name}: a leg is unknown or beyond reach"))
        elif length != row["travel"]:
            found.append(
                Text(f"{name}：路程应为 {length}", f"{name}: the way is {length}, not {row['travel']}")
            )
        places = {row["am"], row["pm"]} - {"", base}
        if len(places) > problem["rules"]["schools_per_day"]:
            found.append(Text(f"{name}：一天去的学校过多", f"{name}: too many schools a day"))
    return found


def _lesson_faults(problem: Json, outcome: Json) -> list[Text]:
    """No teacher twice in a period; every lesson where she is, in her subject and stage, the school being open."""
    found = []
    people = {person["id"]: person for person in problem["teachers"]}
    where = {(row["teacher"], row["day"]): row for row in outcome["days"]}
    taken = Counter((row["teacher"], row["day"], row["period"]) for row in outcome["lessons"])
    found += [
        _at(key, "同一节有两课", "two lessons in one period") for key, many in taken.items() if many > 1
    ]
    closed = {(s["id"], c["day"], c["half"]) for s in problem["schools"] for c in s["closed"]}
    for row in outcome["lessons"]:
        name, half = (row["teacher"], row["day"], row["period"]), half_of(problem, row["period"])
        person = people[row["teacher"]]
        if where[row["teacher"], row["day"]][half] != row["school"]:
            found.append(_at(name, "人不在这所学校", "the teacher is not at this school"))
        if row["subject"] not in person["subjects"] or row["stage"] not in person["stages"]:
            found.append(_at(name, "不任教该学段或学科", "not a subject or stage of hers"))
        if (row["school"], row["day"], half) in closed:
            found.append(_at(name, "学校该半天不上课", "the school is closed then"))
    return found


def half_of(problem: Json, period: int) -> str:
    """The half-day of a period. Raises ValueError where the day has no such period."""
    week = problem["week"]
    if not 1 <= period <= week["am"] + week["pm"]:
        raise ValueError(f"period {period}")
    return "am" if period <= week["am"] else "pm"


def _school_faults(problem: Json, outcome: Json) -> list[Text]:
    """No more lessons at a time than classes of the stage, no more of a subject a day than each class may have."""
    classes: Counter[tuple[str, str]] = Counter()
    for school in problem["schools"]:
        for part in school["classes"]:
            classes[school["id"], part["stage"]] += part["classes"]
    rows = [*outcome["lessons"], *outcome["live"]]
    at_once = Counter((r["school"], r["stage"], r["day"], r["period"]) for r in rows)
    daily = Counter((r["school"], r["stage"], r["day"], r["subject"]) for r in rows)
    limit = problem["rules"]["same_day"]
    return [
        *(_at(k, "同时上课的班多于班数", "more lessons than classes") for k, n in at_once.items() if n > classes[k[:2]]),
        *(_at(k, "一天内同一学科课过多", "too many of a subject a day") for k, n in daily.items()
          if n > limit * classes[k[:2]]),
    ]  # fmt: skip


def _load_faults(problem: Json, outcome: Json) -> list[Text]:
    """Weekly load, and time for the own lessons at home."""
    found = []
    closed = {(s["id"], c["day"], c["half"]) for s in problem["schools"] for c in s["closed"]}
    given = Counter(row["teacher"] for row in outcome["lessons"])
    for person in problem["teachers"]:
        name, base = person["id"], person["base"]
        if given[name] + person["own"] > person["load"]:
            found.append(_at((name,), "超过周课时上限", "beyond the weekly load"))
        home = sum(
            problem["week"][half]
            for row in outcome["days"]
            for half in ("am", "pm")
            if row["teacher"] == name and row[half] == base and (base, row["day"], half) not in closed
        )
        taught = sum(row["teacher"] == name and row["school"] == base for row in outcome["lessons"])
        if taught + person["own"] > home:
            found.append(
                _at((name,), "在本校的时间不够上本校的课", "too little time at home for the own lessons")
            )
    return found


def _at(name: tuple[object, ...], zh: str, en: str) -> Text:
    where = " ".join(map(str, name))
    return Text(f"{where}：{zh}", f"{where}: {en}")
