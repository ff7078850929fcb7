from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.indicators import Indicator, load_catalogue
from junheng.judgement.compare import holds
from junheng.judgement.school import CANNOT_TELL, MET, NOT_MET
from junheng.judgement.shortfall import exact_shortfall, shortfalls, whole_shortfall

PERSONS = load_catalogue()["backbone_teachers_per_100"]
AREA = load_catalogue()["teaching_area_per_pupil"]


def _one(indicator: Indicator, numerator: Fraction, pupils: int, line: str, code: int = NOT_MET) -> float:
    arrays = np.array([float(numerator)]), np.array([float(pupils)]), np.array([code], np.int8)
    exact = (numerator, Fraction(pupils))
    return float(shortfalls(*arrays, indicator, "不低于", Decimal(line), lambda _: exact)[0])


@pytest.mark.parametrize(
    ("line", "pupils", "teachers", "expected"),
    [("4.2", 1000, 41, 1), ("4.2", 500, 20, 1), ("4.2", 501, 21, 1), ("0.9", 1000, 0, 9), ("1", 101, 1, 1)],
)
def test_persons_are_rounded_up_exactly(line: str, pupils: int, teachers: int, expected: int) -> None:
    assert _one(PERSONS, Fraction(teachers), pupils, line) == expected


def test_area_stays_unrounded() -> None:
    assert _one(AREA, Fraction("1200.5"), 300, "4.5") == pytest.approx(149.5)


def test_met_lacks_nothing_and_the_unknown_lacks_something_unknown() -> None:
    assert _one(AREA, Fraction(9), 1, "4.5", MET) == 0
    assert np.isnan(_one(AREA, Fraction(9), 1, "4.5", CANNOT_TELL))


@given(
    st.integers(0, 400), st.integers(1, 3000), st.sampled_from(["4.2", "5.3", "1", "0.9", "0.765", "3.57"])
)
def test_the_shortfall_reaches_the_line_and_one_less_does_not(teachers: int, pupils: int, line: str) -> None:
    value = Fraction(100 * teachers, pupils)
    if holds("不低于", value, Decimal(line)):
        return
    lacking = _one(PERSONS, Fraction(teachers), pupils, line)
    assert holds("不低于", Fraction(100 * (teachers + int(lacking)), pupils), Decimal(line))
    assert not holds("不低于", Fraction(100 * (teachers + int(lacking) - 1), pupils), Decimal(line))


def test_where_less_is_better_the_surplus_must_go() -> None:
    assert exact_shortfall(Fraction(50), Fraction(10), Decimal(1), "不超过", Decimal("4.5")) == 5
    assert whole_shortfall(Fraction(50), Fraction(10), Decimal(1), "小于", Decimal("4.5")) == 6


def test_a_strict_line_must_be_exceeded() -> None:
    assert whole_shortfall(Fraction(8), Fraction(10), Decimal(1), "大于", Decimal(1)) == 3
