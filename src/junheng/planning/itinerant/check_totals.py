"""The check of counts: needs, totals, bounds and gap, visitors of small rural schools."""

from collections import Counter
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact

Json = dict[str, Any]
_MILLION = 10**6


def need_faults(problem: Json, outcome: Json) -> list[Text]:
    """Every need told once; in person, by video and left recounted; nobody given more than the need."""

    def key(row: Json) -> tuple[str, str, str]:
        return row["school"], row["stage"], row["subject"]

    person, live = Counter(map(key, outcome["lessons"])), Counter(map(key, outcome["live"]))
    wanted = {key(row): row["periods"] for row in problem["demand"]}
    stated = {key(row): row for row in outcome["needs"]}
    found = []
    if (
        stated.keys() != wanted.keys()
        or len(outcome["needs"]) != len(wanted)
        or not {*person, *live} <= {*wanted}
    ):
        found.append(Text("需求清单与问题不符", "the needs are not those of the problem"))
        return found
    for name, periods in wanted.items():
        left = periods - person[name] - live[name]
        row = stated[name]
        if left < 0:
            found.append(_at(name, "排课多于需求", "more lessons than needed"))
        if (row["periods"], row["in_person"], row["live"], row["left"]) != (
            periods,
            person[name],
            live[name],
            left,
        ):
            found.append(_at(name, "节数与课表不符", "the counts are not those of the timetable"))
        if ("why" in row) != (left > 0):
            found.append(_at(name, "未满足的原因缺失或多余", "a reason is missing or too many"))
    return found


def total_faults(outcome: Json) -> list[Text]:
    """Totals, bounds, gap and status, added up again."""
    goal, bound = outcome["objective"], outcome["bound"]
    unmet = sum(row["periods"] - row["in_person"] for row in outcome["needs"])
    sums = {
        "unmet_periods": unmet, "travel": sum(row["travel"] for row in outcome["days"]),
        "live": len(outcome["live"]), "left": unmet - len(outcome["live"]),
    }  # fmt: skip
    found = [_at((k,), f"合计应为 {v}", f"the total is {v}") for k, v in sums.items() if goal[k] != v]
    gap = max(
        Fraction(ceil(Fraction(goal[k] - bound[k], max(goal[k], 1)) * _MILLION), _MILLION)
        for k in ("unmet_periods", "travel")
    )
    is_sane = all(0 <= bound[name] <= goal[name] for name in ("unmet_periods", "travel"))
    if not is_sane or bound["live"] < goal["live"] or exact(outcome["gap"]) != gap:
        found.append(Text("界或差距与合计不符", "bounds or gap do not fit the totals"))
    if (gap == 0) != (outcome["status"] == "optimal") or outcome["status"] not in _STATUSES:
        found.append(Text("状态与差距不符", "the status does not fit the gap"))
    return found


_STATUSES = ("optimal", "within_gap", "time_limit", "interrupted")


def relaxation_faults(problem: Json, outcome: Json) -> list[Text]:
    """Small rural schools and those who visit them, recounted."""
    rule = problem["relaxation"]
    home = {person["id"]: person["base"] for person in problem["teachers"]}
    wanted = [
        (
            school["id"], stage, pupils,
            sorted({
                row["teacher"] for row in outcome["lessons"]
                if (row["school"], row["stage"]) == (school["id"], stage)
                and row["subject"] in rule["subjects"] and home[row["teacher"]] != school["id"]
            }),
        )
        for school in problem["schools"]
        for stage, pupils in school["pupils"].items()
        if school.get("rural") == 1 and rule["pupils_min"] <= pupils < rule["pupils_below"]
    ]  # fmt: skip
    stated = [(row["school"], row["stage"], row["pupils"], row["teachers"]) for row in outcome["relaxation"]]
    if sorted(wanted) != sorted(stated):
        return [Text("放宽口径的走教教师数不符", "the visiting teachers of small schools are not these")]
    return []


def _at(name: tuple[object, ...], zh: str, en: str) -> Text:
    where = " ".join(map(str, name))
    return Text(f"{where}：{zh}", f"{where}: {en}")
