"""A county small enough to work by hand, and its best plan by trying everything."""

from fractions import Fraction
from itertools import product
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.invest.synthetic import synthetic_problem

Json = dict[str, Any]


def hand_county(**mode: Any) -> Json:
    """Two primary schools of 100 pupils; R2 (persons, line 2) and R7 (rooms, line 3); one of the two may stay at half.

    A lacks 2 persons and 1 room, B lacks 1 person and 2 rooms; a post is 10 yuan and 5 a year, a room 40.
    """
    lines = {"R2": ("2", "1"), "R7": ("3", "1.5")}
    indicators = [
        {
            "id": key,
            "zh": key,
            "en": key,
            "scale": 100,
            "whole": 1,
            "unit": "人",
            "shared": int(key == "R7"),
            "lines": {"primary": {"line": line, "floor": floor}},
        }
        for key, (line, floor) in lines.items()
    ]
    stocks = [("A", 0, 2), ("B", 1, 1)]
    schools = [
        {
            "id": key,
            "name": key,
            "weak": int(key == "B"),
            "stock": {"R7": rooms},
            "limits": {},
            "stages": [
                {
                    "stage": "primary",
                    "pupils": {"2026": 100},
                    "judged": 1,
                    "stock": {"R2": persons},
                    "full_time": 9,
                    "limits": {},
                    "movable": {},
                }
            ],
        }
        for key, persons, rooms in stocks
    ]
    base = synthetic_problem(1, 2)
    return base | {
        "name": "hand",
        "base_year": 2024,
        "years": [2025, 2026],
        "target": 2026,
        "mode": mode or {"kind": "all_by"},
        "rule": {"needed": 1},
        "indicators": indicators,
        "schools": schools,
        "transfers": [],
        "cv": "off",
        "budgets": {},
        "measures": [
            {
                "id": "hire:primary:R2",
                "kind": "hire",
                "zh": "招聘",
                "en": "hire",
                "level": "stage",
                "stage": "primary",
                "gives": {"R2": 1},
                "whole": 1,
                "unit": "人",
                "cost_yuan": 10,
                "yearly_yuan": 5,
            },
            {
                "id": "equip:R7",
                "kind": "equip",
                "zh": "教室",
                "en": "room",
                "level": "school",
                "gives": {"R7": 1},
                "whole": 1,
                "unit": "间",
                "cost_yuan": 40,
                "yearly_yuan": 0,
            },
        ],
    }


def every_plan(problem: Json, most: int) -> list[tuple[int, int, Fraction]]:
    """(complying stages, weak ones, cost) of every plan with up to ``most`` units of each measure in each place and year.

    For problems without transfers; a plan that breaks a budget or ceiling is left out. Written from the rule's text.
    """
    years, measures = problem["years"], problem["measures"]
    slots = [
        (school, part, measure, year)
        for school in problem["schools"]
        for measure in measures
        for part in (school["stages"] if measure["level"] == "stage" else [None])
        for year in years
        if part is None or part["stage"] == measure["stage"]
    ]
    found = []
    for units in product(range(most + 1), repeat=len(slots)):
        bought = [(slot, count) for slot, count in zip(slots, units, strict=True) if count]
        if _allowed(problem, bought):
            found.append((*_complying(problem, bought), sum(_spent(problem, bought).values(), Fraction(0))))
    return found


def _spent(problem: Json, bought: list[Any]) -> dict[int, Fraction]:
    spent = dict.fromkeys(problem["years"], Fraction(0))
    for (_, _, measure, year), count in bought:
        for later in problem["years"]:
            spent[later] += count * (
                exact(measure["cost_yuan"]) * (later == year)
                + exact(measure["yearly_yuan"]) * (later >= year)
            )
    return spent


def _allowed(problem: Json, bought: list[Any]) -> bool:
    for measure in problem["measures"]:
        for year, ceiling in measure.get("ceilings", {}).items():
            if (
                sum(count for (_, _, other, when), count in bought if other is measure and when == int(year))
                > ceiling
            ):
                return False
    left, spent = Fraction(0), _spent(problem, bought)
    for year in problem["years"] if problem["budgets"] else ():
        left += exact(problem["budgets"][str(year)]) - spent[year]
        if left < 0:
            return False
    return True


def _complying(problem: Json, bought: list[Any]) -> tuple[int, int]:
    stages = weak = 0
    for school in problem["schools"]:
        for part in school["stages"]:
            under = lost = 0
            for row in problem["indicators"]:
                have = exact((school if row["shared"] else part)["stock"][row["id"]])
                for (where, which, measure, _), count in bought:
                    if where is school and which in (None, part):
                        have += count * exact(measure["gives"].get(row["id"], 0))
                line = row["lines"][part["stage"]]
                value = exact(row["scale"]) * have / part["pupils"][str(problem["target"])]
                under += value < exact(line["line"])
                lost += value < exact(line["floor"])
            if not lost and len(problem["indicators"]) - under >= problem["rule"]["needed"]:
                stages, weak = stages + 1, weak + school["weak"]
    return stages, weak
