from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.judgement.rounding import decimals_that_flip, flips, might_flip, rounded


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.501787", 2, "0.50"), ("0.505", 2, "0.51"), ("0.5049999", 3, "0.505"), ("-0.125", 2, "-0.13")],
)
def test_halves_are_rounded_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert rounded(Fraction(value), decimals) == Fraction(expected)


def test_the_published_case_is_flagged_at_two_decimals_only() -> None:
    assert decimals_that_flip("不超过", Fraction("0.501787"), Decimal("0.50")) == [2]
    assert decimals_that_flip("不超过", Fraction("0.500465"), Decimal("0.50")) == [2, 3]
    assert decimals_that_flip("不超过", Fraction("0.51"), Decimal("0.50")) == []


def test_a_line_with_more_decimals_than_the_rounding() -> None:
    assert flips("不低于", Fraction("3.826"), Decimal("3.825"), 2) is False
    assert flips("不低于", Fraction("3.8249"), Decimal("3.825"), 3) is True


@given(st.fractions(0, 10), st.sampled_from(["4.2", "0.765", "3.825", "0.5"]), st.sampled_from([2, 3]))
def test_what_flips_was_looked_at(value: Fraction, line: str, decimals: int) -> None:
    if flips("不低于", value, Decimal(line), decimals):
        assert might_flip(np.array([float(value)]), Decimal(line), decimals)[0]
