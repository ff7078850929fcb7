"""The fewest schools to raise, against trying every set of schools."""

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.judgement import fewest_raised


def _keeps(numerators: list[Fraction], denominators: list[Fraction], limit: Fraction, strict: bool) -> bool:
    size, total = sum(denominators), sum(numerators)
    squares = sum(x * x / p for x, p in zip(numerators, denominators, strict=True))
    left, right = size * squares, (1 + limit) * total * total
    return left < right if strict else left <= right


def _raised(
    numerators: list[Fraction], denominators: list[Fraction], chosen: tuple[int, ...]
) -> list[Fraction]:
    mean = sum(numerators) / sum(denominators)
    return [
        mean * p if i in chosen else x for i, (x, p) in enumerate(zip(numerators, denominators, strict=True))
    ]


def _fewest_by_trying(
    numerators: list[Fraction], denominators: list[Fraction], limit: Fraction, strict: bool
) -> int | None:
    mean = sum(numerators) / sum(denominators)
    below = [i for i, (x, p) in enumerate(zip(numerators, denominators, strict=True)) if x < mean * p]
    for count in range(len(below) + 1):
        for chosen in combinations(below, count):
            if _keeps(_raised(numerators, denominators, chosen), denominators, limit, strict):
                return count
    return None


schools = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)), min_size=1, max_size=9)


@given(schools, st.integers(0, 15), st.booleans())
def test_no_smaller_set_does(rows: list[tuple[int, int]], tenths: int, strict: bool) -> None:
    numerators = [Fraction(x) for x, _ in rows]
    denominators = [Fraction(p) for _, p in rows]
    if not any(numerators):
        return
    limit = Fraction(tenths, 10) ** 2
    found = fewest_raised(numerators, denominators, limit, strict=strict)
    assert (None if found.schools is None else len(found.schools)) == _fewest_by_trying(
        numerators, denominators, limit, strict
    )
    if found.schools is not None:
        after = _raised(numerators, denominators, found.schools)
        assert _keeps(after, denominators, limit, strict)


def test_the_limit_itself_is_kept_exactly() -> None:
    """4 and 12 have CV 0.5: nothing to raise at 0.5, and the lower one just below it."""
    rows = [Fraction(4), Fraction(12)], [Fraction(1), Fraction(1)]
    assert fewest_raised(*rows, Fraction(1, 4)).schools == ()
    assert fewest_raised(*rows, Fraction(1, 4), strict=True).schools == (0,)
    assert fewest_raised(*rows, Fraction(1, 4) - Fraction(1, 10**40)).schools == (0,)


def test_the_far_school_is_not_always_the_one() -> None:
    """Weights matter: one large school a little below moves more than a tiny one far below."""
    numerators = [Fraction(x) for x in (0, 3000, 9000, 1200)]
    denominators = [Fraction(p) for p in (1, 1000, 1000, 100)]
    found = fewest_raised(numerators, denominators, Fraction(45, 100) ** 2)
    assert found.schools == (1,)


def test_raising_may_not_be_enough() -> None:
    found = fewest_raised([Fraction(1), Fraction(1), Fraction(100)], [Fraction(1)] * 3, Fraction(1, 100))
    assert found.schools is None
    assert found.below_mean == 2


@pytest.mark.parametrize("count", [300, 1000])
def test_large_counties_are_exact_too(count: int) -> None:
    """No set one smaller works: the margin of the best one is bounded from above on a fine grid of weights."""
    draw = random.Random(count)
    denominators = [Fraction(draw.randint(60, 2000)) for _ in range(count)]
    numerators = [Fraction(round(float(p) * draw.lognormvariate(1.5, 0.5))) for p in denominators]
    limit = Fraction(45, 100) ** 2
    found = fewest_raised(numerators, denominators, limit)
    assert found.schools is not None
    assert _keeps(_raised(numerators, denominators, found.schools), denominators, limit, False)
    assert _bound(numerators, denominators, limit, len(found.schools) - 1) < 0


def _bound(numerators: list[Fraction], denominators: list[Fraction], limit: Fraction, count: int) -> float:
    """An upper bound, relative, of (1+θ²)(X+D)² - P(Q+q) over sets of ``count``: chords of the square."""
    total, size = float(sum(numerators)), float(sum(denominators))
    mean, factor = total / size, 1 + float(limit)
    rows = [(float(x), float(p)) for x, p in zip(numerators, denominators, strict=True)]
    gains = [(mean * p - x, (mean * p - x) * (mean + x / p)) for x, p in rows if x < mean * p]
    squares = sum(x * x / p for x, p in rows)
    most = sum(sorted((gain for gain, _ in gains), reverse=True)[:count])
    steps, best = 4000, -1e300
    for i in range(steps):
        low, high = total + most * i / steps, total + most * (i + 1) / steps
        slope = factor * (low + high)  # of the chord of factor·y² between low and high
        score = sorted((slope * d - size * q for d, q in gains), reverse=True)[:count]
        best = max(best, factor * low * low - slope * (low - total) - size * squares + sum(score))
    return best / (size * squares)
