from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import UserError
from junheng.planning.frozen import exact, number, problem_hash


@given(st.fractions(max_denominator=10**6))
def test_every_number_comes_back(value: Fraction) -> None:
    assert exact(number(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_decimals_stay_decimals(value: object) -> None:
    written = number(Fraction(str(value)))
    assert isinstance(written, int) or "/" not in written


@pytest.mark.parametrize("wrong", [1.5, True, None, "a half"])
def test_what_is_no_exact_number_is_refused(wrong: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        exact(wrong)  # type: ignore[arg-type] # that is the test


def test_the_hash_ignores_order_and_refuses_doubles() -> None:
    assert problem_hash({"a": 1, "b": "1.5"}) == problem_hash({"b": "1.5", "a": 1})
    with pytest.raises(UserError):
        problem_hash({"a": 1.5})
