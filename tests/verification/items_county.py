"""Small counties for tests of items: a few schools of the made-up district, with cells blanked and turned."""

import random
from collections.abc import Iterable
from datetime import date
from functools import cache

from junheng.data.synthetic import make_district

Row = dict[str, object]
Tables = dict[str, list[Row]]
COUNTY = "999901"
# A school, its campus, points below and above 50 pupils with and without their parents, every kind there is.
SCHOOLS = (
    "2199000006",
    "2199000062",
    "2199000038",
    "2199000058",
    "2199000057",
    "3199000001",
    "3499000001",
    "3499000002",
    "3199000009",
    "5199000001",
    "3499000004",
)
_OWNERS = ("school_id", "junior_school_id")
RATINGS = ["符合", "不符合", "未发现", "发现", "良好", "合格", "达到", "未达到", "高水平", "良", None]
_TURNS: dict[str, list[object]] = {
    "built_year": [2005, 2010, 2011, 2016, 2017, None],
    "urban_rural_code": ["111", "210", "220", None],
    "is_boarding": [True, False, None],
    "is_counted": [True, False, None],
    "county_code": [COUNTY, COUNTY, COUNTY, COUNTY, "999902"],
    "ownership": ["public", "private", None],
    "area_m2": [53, 54, 61, 67, 73, 90, 96, 95.999, None],
    "level": [1, 2, 3, 4, None],
    "between_school_variation": [0.1, 0.1499, 0.15, 0.1501, None],
    "performance_pay_approved": [True, False, None],
    "is_rural": [True, False, None],
    "rating": list(RATINGS),
    "dated_on": [date(2024, 6, 30), None],
    "expires_on": [date(2024, 8, 31), date(2024, 9, 1), date(2025, 6, 30), None],
}


@cache
def _district() -> Tables:
    return {name: table.to_pylist() for name, table in make_district(years=[2024]).items()}


def small_county(schools: Iterable[str] = SCHOOLS) -> Tables:
    """The tables of XX区 in 2024 with these schools alone; fresh rows, to be changed at will."""
    chosen = set(schools)
    return {
        name: [dict(row) for row in rows if all(row.get(owner, "") in {"", *chosen} for owner in _OWNERS)]
        for name, rows in _district().items()
    }


def random_county(seed: int) -> Tables:
    """Some schools, rows lost, cells blanked and turned, evidence of schools beside that of the county."""
    draw = random.Random(seed)
    schools = draw.sample(SCHOOLS, draw.randint(1, len(SCHOOLS)))
    found = small_county(schools)
    blank, turn, lose = (draw.choice([0, 0.005, 0.05]) for _ in range(3))
    for name, rows in found.items():
        found[name] = [row for row in rows if name == "school" or draw.random() >= lose]
        for row in found[name]:
            _turn(row, draw, blank, turn * 4, name)
    found["attestation"] += _of_schools(draw, schools)
    _few_pupils(found, draw)
    for row in found["school"]:
        row["kind"] = None if draw.random() < 0.03 else row["kind"]
    for row in found["quota"] if draw.random() < 0.2 else []:
        row["plan"] = draw.choice([row["plan"], 700])
    return found


_KEPT = frozenset(
    {"year", "stage", "kind", "item", "scope", "grade", "subject", "class_no", "respondent_group"}
)


def _turn(row: Row, draw: random.Random, blank: float, turn: float, table: str) -> None:
    """Some cells of ``row`` made another of those that matter, some blank; what names a row stays."""
    for column in row:
        choices = _TURNS.get(column, []) if table == "school" or column != "county_code" else []
        is_kept = column in _KEPT or column.endswith(("_id", "_code"))
        if choices and draw.random() < turn:
            row[column] = draw.choice(choices)
        elif draw.random() < blank and (not is_kept or (table, column) == ("special_room", "stage")):
            row[column] = None


def _of_schools(draw: random.Random, schools: list[str]) -> list[Row]:
    """Evidence of single schools for some items."""
    items = draw.sample(["G1", "G10", "Q3", "Q6", "V1", "BS", "BG2"], draw.randint(0, 3))
    some = [school for school in schools if draw.random() < 0.8]
    ratings = [*RATINGS[:1] * 4, *RATINGS]
    return [
        {"year": 2024, "scope": "school", "scope_id": school, "item": item, "rating": draw.choice(ratings)}
        | {"dated_on": date(2024, 5, 1), "expires_on": draw.choice(_TURNS["expires_on"])}
        for item in items
        for school in some
    ]


def _few_pupils(found: Tables, draw: random.Random) -> None:
    """Now and then small classes, many migrant children, no pupils at all, no rows of a table."""
    for row in found["stage"]:
        if draw.random() < 0.1:
            row["migrant_pupils"] = row["pupils"]
        if draw.random() < 0.05:
            row["pupils"] = 0
    if draw.random() < 0.3:
        found["class"] = []
        for row in found["stage"]:
            row |= {"max_class_size": draw.choice([29, 30, 45, 46, 50, 51, None]), "classes": 13}
    for name in (
        "special_room",
        "survey",
        "monitoring",
        "quota",
        "cohort",
        "finance",
        "attestation",
        "county",
    ):
        if draw.random() < 0.06:
            found[name] = []
