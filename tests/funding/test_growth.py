"""只增不减 and 三个增长 on each side of the line; training money at exactly 5 %."""

from typing import Any

import pytest
from tests.funding.made import rules

from junheng.funding.growth import year_tests
from junheng.funding.training import training_rule, training_verdict


def _verdict(years: dict[int, dict[str, Any]], name: str) -> str:
    return {test["rule"]: test["verdict"] for test in year_tests(years, 2024, rules())}[name]


@pytest.mark.parametrize(
    ("now", "verdict"), [("100", "met"), ("99.99", "not_met"), ("100.01", "met"), (None, "cannot_tell")]
)
def test_spending_may_stay_but_not_fall(now: str | None, verdict: str) -> None:
    years = {2023: {"education_spending_yuan": "100"}, 2024: {"education_spending_yuan": now}}
    assert _verdict(years, "ONLY-UP-TOTAL") == verdict


@pytest.mark.parametrize(("now", "verdict"), [("110.01", "met"), ("110", "not_met"), ("109", "not_met")])
def test_appropriations_grow_faster_than_revenue(now: str, verdict: str) -> None:
    """Revenue grows by exactly a tenth: as fast is not faster."""
    even = {"recurrent_revenue_yuan": "200", "education_appropriation_yuan": "100"}
    years = {
        2021: {**even, "education_appropriation_yuan": "80"},
        2022: {**even, "education_appropriation_yuan": "90"},
    }
    years |= {2023: even, 2024: {"recurrent_revenue_yuan": "220", "education_appropriation_yuan": now}}
    assert _verdict(years, "GROWTH-1") == verdict


def test_three_years_are_looked_at_and_one_missing_year_leaves_it_open() -> None:
    pay = {year: {"teacher_pay_yuan": str(90000 + year)} for year in (2021, 2022, 2023, 2024)}
    assert _verdict(pay, "GROWTH-3A") == "met"
    assert _verdict({**pay, 2021: {}}, "GROWTH-3A") == "cannot_tell"
    assert _verdict({**pay, 2021: {}, 2024: pay[2023]}, "GROWTH-3A") == "not_met"


@pytest.mark.parametrize(
    ("spent", "verdict"),
    [("5000", "met"), ("4999.99", "not_met"), ("5000.01", "met"), (None, "cannot_tell"), ("0", "not_met")],
)
def test_training_money_against_the_standards_own_limit(spent: str | None, verdict: str) -> None:
    rule = training_rule("150999", 2024)
    assert (rule["id"], rule["rate"]) == ("Q4", "0.05")
    assert training_verdict("100000", spent, rule)["verdict"] == verdict
    assert training_verdict(None, spent, rule)["verdict"] == "cannot_tell"
    assert training_verdict("0", spent, rule)["verdict"] == "cannot_tell"
