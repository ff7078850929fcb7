"""The interval of a mean share: known bounds, its mean inside, narrower with more draws."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.admissions.chance.mean import mean_share


@settings(max_examples=examples(60))
@given(st.integers(1, 5_000), st.floats(0, 1), st.floats(0.001, 0.5))
def test_an_interval_holds_its_mean_and_narrows_with_draws(draws: int, value: float, alpha: float) -> None:
    found, more = mean_share(value * draws, draws, alpha), mean_share(4 * value * draws, 4 * draws, alpha)
    assert found.value is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert more.high - more.low <= found.high - found.low + 1e-9


def test_known_bounds() -> None:
    never, always = mean_share(0, 100, 0.05), mean_share(100, 100, 0.05)
    limit = 1 - (0.05 / 2) ** (1 / 100)  # KL(0 ‖ p) = -ln(1 - p)
    assert (never.low, never.high) == (0, pytest.approx(limit))
    assert (always.low, always.high) == (pytest.approx(1 - limit), 1)
    half = mean_share(50, 100, 0.05)
    for p in (half.low, half.high):  # KL(1/2 ‖ p) = -ln(4p(1-p))/2
        assert -math.log(4 * p * (1 - p)) / 2 == pytest.approx(math.log(40) / 100)
    assert mean_share(0, 0, 0.05).value is None
