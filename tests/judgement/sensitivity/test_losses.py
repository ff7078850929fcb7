"""The smallest loss is the smallest: one unit less and the school still passes."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from junheng.indicators import load_catalogue
from junheng.judgement import Facts, Verdict, judge, sensitivity
from junheng.judgement.sensitivity.losses import smallest_loss
from junheng.standards import Standard

CELLS = {"R2": "backbone", "R6": "equipment_value_yuan", "R7": "multimedia_rooms"}


@pytest.fixture
def losses(quality: Standard, county_of: Any, facts_of: Any) -> Any:
    def found(*schools: Any) -> dict[str, dict[str, Any]]:
        facts = facts_of(county_of(*schools), quality)
        county = judge(facts, quality, year=2024)[0]
        entries = sensitivity(county, Facts(facts, quality))["losses"]
        return {entry["indicator"]: entry for entry in entries}

    return found


@pytest.fixture
def verdict(quality: Standard, county_of: Any, facts_of: Any) -> Any:
    def found(school: Any) -> Verdict | None:
        return judge(facts_of(county_of(school), quality), quality, year=2024)[0].schools[0].verdict

    return found


@pytest.mark.parametrize("key", ["R2", "R7"])
@pytest.mark.parametrize("others", [{}, {"equipment_value_yuan": 1_800_000.0}])
def test_whole_units(losses: Any, verdict: Any, school_of: Any, key: str, others: dict[str, float]) -> None:
    school = school_of("A", **others)
    entry = losses(school)[key]
    now = next(rows[CELLS[key]] for rows in school.values() if CELLS[key] in rows)
    assert entry["against"] == ("threshold" if others else "floor")
    assert verdict(school_of("A", **others, **{CELLS[key]: now - entry["amount"] + 1})) is Verdict.MET
    assert verdict(school_of("A", **others, **{CELLS[key]: now - entry["amount"]})) is Verdict.NOT_MET


def test_yuan_may_be_lost_to_the_line_and_not_beyond(losses: Any, verdict: Any, school_of: Any) -> None:
    entry = losses(school_of("A"))["R6"]
    assert entry["amount"] == pytest.approx(2_100_000 - 1_700_000)
    assert entry["breaks_at"] is False
    assert verdict(school_of("A", equipment_value_yuan=1_700_000.0)) is Verdict.MET
    assert verdict(school_of("A", equipment_value_yuan=1_699_999.99)) is Verdict.NOT_MET


def test_a_failing_school_has_nothing_to_lose(losses: Any, school_of: Any) -> None:
    assert losses(school_of("A", backbone=0)) == {}


def test_where_less_is_better_the_loss_is_a_gain() -> None:
    size = _unit(whole=True)
    assert smallest_loss(Fraction(40), Fraction(1), size, "不超过", Decimal(45)) == (6, True)
    assert smallest_loss(Fraction(40), Fraction(1), size, "小于", Decimal(45)) == (5, True)


def _unit(*, whole: bool) -> Any:
    return load_catalogue()["teaching_area_per_pupil"].model_copy(update={"whole": whole})


def test_a_school_at_the_line_with_nothing_to_spare(losses: Any, school_of: Any) -> None:
    school = school_of("A", backbone=10, equipment_value_yuan=1_800_000.0)
    assert losses(school)["R2"]["amount"] == 1
