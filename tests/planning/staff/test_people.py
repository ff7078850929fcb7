"""Retirement by month, recruitment, structure, training, pay, printed sums."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.staff.made import problem, rules, school, stage

from junheng.planning.staff import check, solve, tables
from junheng.planning.staff.check_people import retires_in
from junheng.planning.staff.retirement import month_of, retired_by, retirement_month

CATEGORIES = rules()["categories"]


@pytest.mark.parametrize(
    ("category", "born", "retires"),
    [
        ("men", "1964-12", "2024-12"),  # the last without delay
        ("men", "1965-01", "2025-02"),
        ("men", "1965-04", "2025-05"),
        ("men", "1965-05", "2025-07"),
        ("men", "1976-09", "2039-09"),  # 63 for good
        ("women_55", "1969-12", "2024-12"),
        ("women_55", "1971-04", "2026-08"),  # a published example: four months late
        ("women_55", "1981-09", "2039-09"),  # 58
        ("women_50", "1975-01", "2025-02"),
        ("women_50", "1975-03", "2025-05"),
        ("women_50", "1984-11", "2039-11"),  # 55
    ],
)
def test_months_of_retirement(category: str, born: str, retires: str) -> None:
    assert retirement_month(month_of(born), CATEGORIES[category]) == month_of(retires)
    year, month = map(int, born.split("-"))
    assert retires_in(date(year, month, 1), CATEGORIES[category]) == date.fromisoformat(f"{retires}-01")


@settings(max_examples=examples(200))
@given(st.sampled_from(sorted(CATEGORIES)), st.integers(1940, 1999), st.integers(1, 12))
def test_both_minds_count_the_same_month(category: str, year: int, month: int) -> None:
    first = retirement_month(12 * year + month - 1, CATEGORIES[category])
    second = retires_in(date(year, month, 1), CATEGORIES[category])
    assert first == 12 * second.year + second.month - 1


def test_a_year_of_birth_gives_a_range() -> None:
    """Men of 1965 retire from 2025-02 to 2026-03: by 1 September 2025 perhaps, by 2026 surely."""
    ages = [{"category": "men", "born": "1965", "persons": 4}]
    assert [retired_by(ages, year, CATEGORIES) for year in (2024, 2025, 2026)] == [(0, 0), (0, 4), (4, 4)]


def _forecast(*pupils: int) -> dict[str, Any]:
    return {str(2025 + at): {"pupils": number} for at, number in enumerate(pupils)}


def test_recruitment_pooled_and_each_alone() -> None:
    """a needs 52 and 54 with 50; b has 50 for 47 and 45, and loses two in 2026: pooled 52 + 47 - 100 < 0, then 54 + 45 - 98 = 1."""
    old = [
        {"category": "men", "born": "1965-10", "persons": 2},
        {"category": "men", "born": "1990-01", "persons": 48},
    ]
    young = [{"category": "men", "born": "1990-01", "persons": 50}]
    made = problem(
        school("a", stage("primary", 950, 20, forecast=_forecast(988, 1026)), in_quota=50, ages=young),
        school("b", stage("primary", 950, 20, forecast=_forecast(893, 855)), in_quota=50, ages=old),
    )
    rows = solve(made)["recruitment"]
    assert [(row["posts"], row["retired_low"], row["recruit_low"], row["surplus_low"]) for row in rows] == [
        (99, 0, 0, 1),
        (99, 2, 1, 0),
    ]
    assert [row["separate_low"] for row in rows] == [2, 2]  # a alone: 2, then 2 more


@pytest.mark.parametrize(
    "ages", [None, [{"category": "men", "persons": 50}], [{"category": "men", "born": "1990", "persons": 49}]]
)
def test_unknown_ages_tell_nothing(ages: list[dict[str, Any]] | None) -> None:
    one = school("a", stage("primary", 950, 20, forecast=_forecast(988, 1026)), in_quota=50)
    if ages is not None:
        one["ages"] = ages
    outcome = solve(problem(one))
    assert outcome["needs"] == []
    assert outcome["recruitment"][0]["schools"] == 0
    assert [row["missing"] for row in outcome["cannot_tell"] if row["part"] == "recruitment"] == [["ages"]]


def test_a_year_without_a_forecast_tells_nothing() -> None:
    ages = [{"category": "men", "born": "1990", "persons": 50}]
    one = school("a", stage("primary", 950, 20, forecast=_forecast(988)), in_quota=50, ages=ages)
    told = [row["missing"] for row in solve(problem(one))["cannot_tell"] if row["part"] == "recruitment"]
    assert told == [["forecast"]]


def _shares(made: dict[str, Any]) -> dict[tuple[str, str], Fraction]:
    table = next(one for one in tables(made, solve(made)) if one.name.zh == "队伍结构")
    return {(str(row[0]), str(row[1])): row[3] for row in table.rows}  # type: ignore[misc] # the third cell is a share


def test_the_shares_a_public_report_prints() -> None:
    """Document 0: 57.4 % under 40, 77.2 % bachelor, 8.3 % graduate. Of 1,000: 574, 772, 83 – and 85.5 % bachelor or above."""
    teachers = {
        "full_time": 1000, "doctor": 3, "master": 80, "bachelor": 772, "associate": 140, "secondary_or_below": 5,
        "trained_360h": 1000,
    }  # fmt: skip
    ages = [
        {"category": "men", "born": "1984-09", "persons": 574},  # forty only later in September
        {"category": "men", "born": "1984-08", "persons": 426},
    ]
    shares = _shares(
        problem(school("a", stage("junior", 13500, 270, teachers=teachers), in_quota=1000, ages=ages))
    )
    found = {key[1]: value for key, value in shares.items() if "小学" not in key[0]}
    assert found["40岁以下 | below 40"] == Fraction("57.4")
    assert found["本科 | bachelor"] == Fraction("77.2")
    assert found["研究生合计 | graduates together"] == Fraction("8.3")
    assert found["本科及以上 | bachelor and above"] == Fraction("85.5")


def test_half_filled_rows_are_left_out_of_the_structure() -> None:
    lacking = {"full_time": 10, "doctor": 0, "bachelor": 9, "associate": 1, "secondary_or_below": 0}
    outcome = solve(problem(school("a", stage("primary", 190, 6, teachers=lacking))))
    assert outcome["structure"]["education"] == []
    assert ["education"] in [row["missing"] for row in outcome["cannot_tell"]]


@pytest.mark.parametrize(("reached", "verdict"), [(10, "met"), (9, "not_met")])
def test_the_cycle_of_360_hours(reached: int, verdict: str) -> None:
    """Third year: 216 hours due. 180 hours a year (document 2) is far above the line of 72; 200 so far is 16 behind."""
    teachers = {"full_time": 10, "trained_360h": reached}
    hours = [
        {"cycle_year": 1, "hours": 180, "persons": 3},
        {"cycle_year": 3, "hours": "215.5", "persons": 2},
        {"cycle_year": 3, "hours": 200, "persons": 5},
    ]
    one = school("a", stage("primary", 190, 6, teachers=teachers), training=hours)
    found = solve(problem(one))["training"]
    assert found["verdict"] == verdict
    assert found["schools"] == [{"school_id": "a", "persons": 10, "behind_persons": 7, "behind_hours": 81}]


@pytest.mark.parametrize(
    ("pay", "verdict"),
    [
        ({"teacher": 98600, "civil_servant": 97800}, "met"),
        ({"teacher": 97800, "civil_servant": 97800}, "met"),
        ({"teacher": "97799.99", "civil_servant": 97800}, "not_met"),
        ({"teacher": 98600}, "cannot_tell"),
    ],
)
def test_pay_is_not_lower(pay: dict[str, Any], verdict: str) -> None:
    made = problem(school("a", stage("primary", 190, 6)), pay=pay)
    assert solve(made)["pay"]["verdict"] == verdict


def _sum(name: str, total: int | str, *parts: int | str) -> dict[str, Any]:
    return {
        "name": name,
        "total": total,
        "parts": [{"name": str(at), "number": one} for at, one in enumerate(parts)],
    }


def test_sums_are_confirmed_and_never_mended() -> None:
    """2,760 posts and 1,004 hired are sums of their parts; 2,760 is not 1,004 and something; bachelor and graduate are not 100 %."""
    made = problem(
        school("a", stage("primary", 190, 6)),
        sums=[
            _sum("新增编制", 2760, 559, 512, 1689),
            _sum("招聘", 1004, 215, 578, 116, 95),
            _sum("新设编制（不含借用转正）", 1071, 559, 512),
            _sum("学历", 100, "77.2", "8.3"),
        ],
    )
    outcome = solve(made)
    assert [one["difference"] for one in outcome["sums"]] == [0, 0, 0, "-14.5"]
    assert outcome["sums"][3]["total"] == 100
    assert check(made, outcome) == ()
