from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.judgement.compare import holds, holds_each, inclusive, is_strict, more_is_better, near, sign

WORDS = ("不低于", "不超过", "小于", "大于")


@pytest.mark.parametrize(
    ("word", "below", "at", "above"),
    [
        ("不低于", False, True, True),
        ("大于", False, False, True),
        ("不超过", True, True, False),
        ("小于", True, False, False),
    ],
)
def test_each_word_means_one_comparison(word: str, below: bool, at: bool, above: bool) -> None:
    line = Decimal("4.2")
    exact = Fraction(line)
    found = [
        holds(word, value, line)
        for value in (exact - Fraction(1, 10**30), exact, exact + Fraction(1, 10**30))
    ]
    assert found == [below, at, above]


@given(st.sampled_from(WORDS), st.decimals(-1000, 1000, places=3), st.decimals(-1000, 1000, places=3))
def test_arrays_agree_with_fractions_away_from_the_line(word: str, value: Decimal, line: Decimal) -> None:
    array = np.array([float(value)])
    if not near(array, line)[0]:
        assert holds_each(word, array, line)[0] == holds(word, Fraction(value), line)


def test_what_is_absent_is_neither_near_nor_held() -> None:
    absent = np.array([np.nan])
    assert not near(absent, Decimal("4.2"))[0]
    assert not any(holds_each(word, absent, Decimal("4.2"))[0] for word in WORDS)


def test_near_is_relative_to_the_line() -> None:
    values = np.array([2000 * (1 + 9e-7), 2000 * (1 + 2e-6), 2000.0])
    assert near(values, Decimal(2000)).tolist() == [True, False, True]
    assert near(np.array([0.0, 1e-9]), Decimal(0)).tolist() == [True, False]


@pytest.mark.parametrize("word", WORDS)
def test_floors_include_their_line_in_the_same_direction(word: str) -> None:
    assert not is_strict(inclusive(word))
    assert more_is_better(inclusive(word)) is more_is_better(word)
    assert sign(word) in {"≥", ">", "≤", "<"}
