"""Gaps over two runs: new, continuing, closed; and closed by data only."""

from datetime import date
from fractions import Fraction

import pytest
from tests.judgement.monitoring.conftest import COUNTY, made_state

from junheng.judgement.monitoring import Gap, State, followed, load_rules, recheck, watch
from junheng.judgement.monitoring.exact_values import recovered

RULES = load_rules(on=date(2024, 9, 1), region="999901")


def test_courses_of_the_example_add_up(states: tuple[State, ...]) -> None:
    earlier = watch(states[:2], RULES)
    found = watch(states, RULES)
    courses = followed(earlier.alerts, found, states, RULES)
    before, now = {alert.key for alert in earlier.alerts}, {alert.key for alert in found.alerts}
    assert {entry.alert.key for entry in courses if entry.course == "new"} == now - before
    gone = [entry for entry in courses if entry.alert.key in before - now]
    assert {entry.course for entry in gone} <= {"closed", "continuing", "cannot_tell"}
    assert all(entry.recheck is not None for entry in gone)
    assert any(entry.course == "closed" for entry in gone)
    for entry in gone:
        if entry.course == "closed" and entry.alert.rule == "IND-FLOOR":
            assert entry.recheck is not None
            assert (entry.recheck.value or 0) >= (entry.recheck.threshold or 0)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"pupils": 450, "classes": 10}, "closed"),
        ({"pupils": 451, "classes": 10}, "open"),
        ({"pupils": None, "classes": 10}, "cannot_tell"),
    ],
)
def test_only_passing_data_closes(facts: dict[str, object], expected: str) -> None:
    gap = Gap("SCH-CLASS-MEAN", COUNTY, "A", "primary", "", 2023)
    assert recheck(gap, [made_state(2024, {"A": facts})], RULES).status == expected


def test_older_data_another_county_or_rule_cannot_tell() -> None:
    states = [made_state(2024, {"A": {"pupils": 1, "classes": 1}})]
    for gap in (
        Gap("SCH-CLASS-MEAN", COUNTY, "A", "primary", "", 2025),
        Gap("SCH-CLASS-MEAN", "999999", "A", "primary", "", 2023),
        Gap("NO-SUCH", COUNTY, "A", "primary", "", 2023),
        Gap("SCH-CLASS-MEAN", COUNTY, "B", "primary", "", 2023),
    ):
        assert recheck(gap, states, RULES).status == "cannot_tell"


@pytest.mark.parametrize(
    ("number", "share", "expected"),
    [
        (150.1 - 20.3, None, Fraction("129.8")),
        (0.1 + 0.2, 1.0, Fraction("0.3")),
        (1000.5 * (100 / 430), 100 / 430, Fraction("1000.5") * Fraction(100, 430)),
        (167.0, 100 / 430, Fraction(167)),
    ],
)
def test_the_number_behind_a_double_is_recovered(
    number: float, share: float | None, expected: Fraction
) -> None:
    assert recovered(number, share) == expected
