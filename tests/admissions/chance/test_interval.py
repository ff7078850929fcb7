"""Exact intervals: published values, the binomial definition, coverage as stated."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.admissions import clopper_pearson


def tail(successes: int, trials: int, chance: Fraction) -> Fraction:
    """P(X ≥ successes), by the definition."""
    return sum(
        (
            math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
            for k in range(successes, trials + 1)
        ),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
        (1, 20, 0.0013, 0.2487),
        (4, 20, 0.0573, 0.4366),
        (0, 1, 0.0, 0.975),
    ],
)
def test_published_values(successes: int, trials: int, low: float, high: float) -> None:
    found = clopper_pearson(successes, trials)
    assert tuple(round(bound, 4) for bound in found) == (low, high)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=examples(60))
def test_bounds_cut_off_equal_tails_of_the_binomial(case: tuple[int, int]) -> None:
    successes, trials = case
    low, high = clopper_pearson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    if successes:
        assert float(tail(successes, trials, Fraction(low))) == pytest.approx(0.025, abs=1e-9)
    if successes < trials:
        assert float(1 - tail(successes + 1, trials, Fraction(high))) == pytest.approx(0.025, abs=1e-9)


def test_coverage_is_never_below_what_is_stated() -> None:
    trials = 15
    intervals = [clopper_pearson(k, trials, 0.9) for k in range(trials + 1)]
    for step in range(1, 40):
        chance = Fraction(step, 40)
        covered = sum(
            (
                math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
                for k, (low, high) in enumerate(intervals)
                if low <= chance <= high
            ),
            Fraction(0),
        )
        assert covered >= Fraction(9, 10)


def test_large_counts_stay_exact() -> None:
    low, high = clopper_pearson(50_000, 100_000)
    assert 0.4968 < low < 0.4970
    assert 0.5030 < high < 0.5032


@pytest.mark.parametrize(
    ("successes", "trials", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (0, 0, 0.95), (1, 2, 1.0)]
)
def test_impossible_counts_are_refused(successes: int, trials: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="successes"):
        clopper_pearson(successes, trials, confidence)
