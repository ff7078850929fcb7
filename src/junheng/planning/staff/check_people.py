"""Second mind, people: retirement, recruitment, structure, training, pay, sums."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.staff.check_quota import school_posts
from junheng.planning.staff.check_rounding import Lack, lack, rounded

Json = Mapping[str, Any]
_SEPTEMBER = 9
_LEVELS = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
_TITLES = ("top", "senior", "middle", "junior", "untitled")


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _birthdays(born: str) -> tuple[date, date]:
    year, _, month = born.partition("-")
    return date(int(year), int(month or 1), 1), date(int(year), int(month or 12), 1)


def retires_in(born: date, rule: Json) -> date:
    """First day of the month of retirement, counted out month by month."""
    old = _later(born, int(exact(rule["base_months"])))
    start = date.fromisoformat(f"{rule['from']}-01")
    delay, most = 0, int(exact(rule["delay_at_most"]))
    step = int(exact(rule["step_months"]))
    while delay < most and _later(start, delay * step) <= old:
        delay += 1
    return _later(old, delay)


def check_recruitment(problem: Json, outcome: Json) -> tuple[list[str], set[Lack]]:
    """Needs of every school and year, and the county's recruitment."""
    right, lacks, wrong = {}, set(), []
    for school in problem["schools"]:
        missing, rows = _needs(problem, school)
        if missing:
            lacks.add(lack("recruitment", {missing}, school["id"]))
        right.update({(school["id"], year): row for year, row in rows.items()})
    stated = {
        (one["school_id"], one["year"]): tuple(
            one[key] for key in ("posts", "in_quota", "retired_low", "retired_high")
        )
        for one in outcome["needs"]
    }
    wrong += [f"needs: {school} {year}" for school, year in stated.keys() | right.keys()
              if stated.get((school, year)) != right.get((school, year))]  # fmt: skip
    return wrong + _county(problem, outcome, right), lacks


def _needs(problem: Json, school: Json) -> tuple[str, dict[int, tuple[int, int, int, int]]]:
    if not school["stages"]:
        return "stages", {}
    filled = school.get("posts", {}).get("in_quota")
    if filled is None:
        return "in_quota", {}
    ages = [one for one in school.get("ages", []) if "born" in one]
    if sum(one["persons"] for one in ages) != filled:
        return "ages", {}
    rules, rows = problem["rules"], {}
    for year in problem["years"]:
        counts = {one["stage"]: one.get("forecast", {}).get(str(year), {}) for one in school["stages"]}
        found = [
            value for value in school_posts(rules, school, counts).values() if not isinstance(value, str)
        ]
        if len(found) < len(school["stages"]):
            return "forecast", {}
        gone = [0, 0]
        for one in ages:
            early, late = (
                retires_in(day, rules["categories"][one["category"]]) for day in _birthdays(one["born"])
            )
            gone[0] += one["persons"] if late < date(year, 9, 1) else 0
            gone[1] += one["persons"] if early < date(year, 9, 1) else 0
        rows[year] = (rounded(sum(found, Fraction(0)), rules["rounding"]), filled, gone[0], gone[1])
    return "", rows


def _county(
    problem: Json, outcome: Json, needs: Mapping[tuple[str, int], tuple[int, int, int, int]]
) -> list[str]:
    """The most that was ever lacking so far, year by year: what is recruited is the rise of that mark."""
    marks, wrong = {"low": 0, "high": 0}, []
    alone = {(school, bound): 0 for school, _ in needs for bound in marks}
    stated = {one["year"]: one for one in outcome["recruitment"]}
    for year in problem["years"]:
        rows = {school: row for (school, when), row in needs.items() if when == year}
        posts, filled, low, high = (sum(row[at] for row in rows.values()) for at in range(4))
        right = {"year": year, "schools": len(rows), "posts": posts, "in_quota": filled}
        right |= {"retired_low": low, "retired_high": high}
        for bound, at in (("low", 2), ("high", 3)):
            lacking = posts - filled + (low if bound == "low" else high)
            right[f"recruit_{bound}"] = max(marks[bound], lacking) - marks[bound]
            marks[bound] = max(marks[bound], lacking)
            right[f"surplus_{bound}"] = max(0, -lacking)
            before = sum(alone[school, bound] for school in rows)
            for school, row in rows.items():
                alone[school, bound] = max(alone[school, bound], row[0] - row[1] + row[at])
            right[f"separate_{bound}"] = sum(alone[school, bound] for school in rows) - before
        if stated.get(year) != right:
            wrong.append(f"recruitment: {year}")
    return wrong if len(stated) == len(problem["years"]) else [*wrong, "recruitment: years"]


def check_people(problem: Json, outcome: Json) -> tuple[list[str], set[Lack]]:
    """Structure, training, pay and sums."""
    lacks: set[Lack] = set()
    found = {
        "education": _education(problem, lacks) == outcome["structure"]["education"],
        "ages": _ages(problem, lacks) == outcome["structure"]["ages"],
        "titles": _titles(problem, lacks) == outcome["structure"]["titles"],
        "training": _is_training_right(problem, outcome["training"], lacks),
        "pay": _pay(problem, lacks)
        == {k: v if k == "verdict" else exact(v) for k, v in outcome["pay"].items()},
        "sums": _are_sums_right(problem, outcome["sums"]),
    }
    return [name for name, is_right in found.items() if not is_right], lacks


def _education(problem: Json, lacks: set[Lack]) -> list[dict[str, Any]]:
    rows: dict[str, list[Json]] = {}
    for school in problem["schools"]:
        for stage in school["stages"]:
            counts = stage.get("teachers", {})
            known = [counts[level] for level in _LEVELS if level in counts]
            if len(known) == len(_LEVELS) and sum(known) == counts.get("full_time"):
                rows.setdefault(stage["stage"], []).append(counts)
            else:
                lacks.add(lack("structure", {"education"}, school["id"], stage["stage"]))
    return [
        {"stage": stage, "rows": len(rows[stage]), **{k: sum(r[k] for r in rows[stage]) for k in ("full_time", *_LEVELS)}}
        for stage in sorted(rows)
    ]  # fmt: skip


def _age(born: date, problem: Json) -> int:
    """Whole years on 1 September, for someone born on the last day of that month or, in the earlier case, its first."""
    return int(problem["base_year"]) - born.year - (born.month >= _SEPTEMBER)


def _ages(problem: Json, lacks: set[Lack]) -> dict[str, Any]:
    rule = problem["rules"]["ages"]
    edges, young = [exact(one) for one in rule["bands"]], exact(rule["young_below"])
    found: dict[str, Any] = {
        "persons": 0, "bands": [0] * (len(edges) + 1), "undated": 0, "young": 0, "young_undated": 0,
    }  # fmt: skip
    for school in problem["schools"]:
        ages = school.get("ages", [])
        if not ages or not all("born" in one for one in ages):
            lacks.add(lack("structure", {"ages"}, school["id"]))
            continue
        for one in ages:
            old, new = (_age(day, problem) for day in _birthdays(one["born"]))
            bands = {len([edge for edge in edges if edge <= age]) for age in (old, new)}
            found["persons"] += one["persons"]
            if len(bands) == 1:
                found["bands"][bands.pop()] += one["persons"]
            else:
                found["undated"] += one["persons"]
            found["young"] += one["persons"] if max(old, new) < young else 0
            found["young_undated"] += one["persons"] if min(old, new) < young <= max(old, new) else 0
    return found


def _titles(problem: Json, lacks: set[Lack]) -> dict[str, int]:
    whole = [one for one in problem["schools"] if len(one.get("titles", {})) == len(_TITLES)]
    for one in problem["schools"]:
        if one not in whole:
            lacks.add(lack("structure", {"titles"}, one["id"]))
    return {"schools": len(whole), **{key: sum(one["titles"][key] for one in whole) for key in _TITLES}}


def _is_training_right(problem: Json, stated: Json, lacks: set[Lack]) -> bool:
    rule, totals = problem["rules"]["training"], [0, 0]
    unknown = False
    for school in problem["schools"]:
        for stage in school["stages"]:
            counts = stage.get("teachers", {})
            if "full_time" in counts and "trained_360h" in counts:
                totals = [totals[0] + counts["full_time"], totals[1] + counts["trained_360h"]]
            else:
                unknown = True
                lacks.add(lack("training", {"trained_360h"}, school["id"], stage["stage"]))
        if "training" not in school:
            lacks.add(lack("training", {"training"}, school["id"]))
    verdict = "cannot_tell" if unknown or not totals[0] else "met"
    if verdict == "met" and Fraction(totals[1], totals[0]) < exact(rule["rate"]):
        verdict = "not_met"
    right = {one["id"]: _behind(rule, one["training"]) for one in problem["schools"] if "training" in one}
    given = {
        one["school_id"]: (one["persons"], one["behind_persons"], exact(one["behind_hours"]))
        for one in stated["schools"]
    }
    return given == right and (stated["full_time"], stated["reached"], stated["verdict"]) == (
        *totals,
        verdict,
    )


def _behind(rule: Json, rows: list[Json]) -> tuple[int, int, Fraction]:
    """(persons, persons behind, hours behind) against hours / years × year of the cycle."""
    yearly, years = exact(rule["hours"]) / exact(rule["years"]), exact(rule["years"])
    lacking = [
        (yearly * min(years, Fraction(one["cycle_year"])) - exact(one["hours"]), one["persons"])
        for one in rows
    ]
    return (
        sum(persons for _, persons in lacking),
        sum(persons for hours, persons in lacking if hours > 0),
        sum((hours * persons for hours, persons in lacking if hours > 0), Fraction(0)),
    )


def _pay(problem: Json, lacks: set[Lack]) -> dict[str, Any]:
    means = problem["pay"]
    if "teacher" not in means or "civil_servant" not in means:
        lacks.add(lack("pay", {"pay"}))
        return {"verdict": "cannot_tell"}
    teacher, servant = exact(means["teacher"]), exact(means["civil_servant"])
    verdict = "not_met" if teacher < servant * exact(problem["rules"]["pay"]["ratio"]) else "met"
    return {"teacher": teacher, "civil_servant": servant, "difference": teacher - servant, "verdict": verdict}


def _are_sums_right(problem: Json, stated: list[Json]) -> bool:
    if len(stated) != len(problem["sums"]):
        return False
    for one, given in zip(problem["sums"], stated, strict=True):
        parts = sum((exact(part["number"]) for part in one["parts"]), Fraction(0))
        if (given["name"], exact(given["total"])) != (one["name"], exact(one["total"])):
            return False
        if (exact(given["parts"]), exact(given["difference"])) != (parts, parts - exact(one["total"])):
            return False
    return True
