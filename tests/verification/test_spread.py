import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.standards import Citation, VariationRule
from junheng.verification.spread import holds, spread, within

# policy.md G1: the official worked example of the coefficient.
PUPILS = [Fraction(n) for n in (45, 37, 89, 76, 55)]
BOOKS = [Fraction(n) for n in (279, 137, 935, 160, 402)]


def _rule(decimals: int | None = None) -> VariationRule:
    citation = Citation(document="d", title="t", certainty="derived", in_force_from=date(2017, 1, 1))
    return VariationRule(
        weights="pupils", per_indicator=True, compare_decimals=decimals, text="…", citation=citation
    )


def test_official_worked_example() -> None:
    found = spread(BOOKS, PUPILS, Fraction(1))
    assert round(float(found.mean), 6) == 6.334437
    assert round(float(found.sd), 6) == 3.263861
    assert round(float(found.cv or 0), 6) == 0.515257
    assert round(float(found.cv_unweighted or 0), 6) == 0.488771


def test_official_worked_example_as_published(shared_data: Path) -> None:
    path = shared_data / "cv" / "cv_official_worked_example.csv"
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert len(rows) > len(PUPILS)


def test_the_scale_cancels() -> None:
    assert spread(BOOKS, PUPILS, Fraction(1)).squared == spread(BOOKS, PUPILS, Fraction(100)).squared


def test_one_school_has_no_spread_and_zero_mean_no_coefficient() -> None:
    alone = spread([Fraction(5)], [Fraction(2)], Fraction(1))
    assert [alone.squared, alone.squared_unweighted] == [Fraction(0)] * 2
    nothing = spread([Fraction(0)] * 2, [Fraction(2)] * 2, Fraction(1))
    assert (nothing.squared, nothing.cv, nothing.cv_unweighted) == (None, None, None)


def test_a_coefficient_exactly_at_its_limit_is_within() -> None:
    """Two schools of equal size with values 3 and 1: CV is exactly one half."""
    half = spread([Fraction(3), Fraction(1)], [Fraction(1)] * 2, Fraction(1)).squared
    assert half == Fraction(1, 4)
    assert within(half, Decimal("0.5"), _rule())
    assert not within(half + Fraction(1, 10**40), Decimal("0.5"), _rule())


def test_rounding_before_comparing_happens_only_where_the_standard_says() -> None:
    published = Fraction("0.501787") ** 2  # policy.md G2
    assert not within(published, Decimal("0.50"), _rule())
    assert within(published, Decimal("0.50"), _rule(decimals=2))
    assert not within(published, Decimal("0.50"), _rule(decimals=3))


@pytest.mark.parametrize(
    ("word", "below", "at", "above"),
    [
        ("不低于", False, True, True),
        ("大于", False, False, True),
        ("不超过", True, True, False),
        ("小于", True, False, False),
    ],
)
def test_the_words_of_the_clauses(word: str, below: bool, at: bool, above: bool) -> None:
    line = Decimal("0.85")
    values = [Fraction(line) - Fraction(1, 10**30), Fraction(line), Fraction(line) + Fraction(1, 10**30)]
    assert [holds(word, value, line) for value in values] == [below, at, above]


_parts = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900)), min_size=1, max_size=12)


@settings(max_examples=examples(100), deadline=None)
@given(_parts)
def test_the_closed_form_is_the_definition(parts: list[tuple[int, int]]) -> None:
    """Σ(P/ΣP)·(x - mean)², term by term as policy.md §1.3 writes it."""
    numerators = [Fraction(x) for x, _ in parts]
    pupils = [Fraction(p) for _, p in parts]
    found = spread(numerators, pupils, Fraction(1))
    total = sum(pupils)
    mean = sum(numerators) / total
    variance = sum(p / total * (x / p - mean) ** 2 for x, p in zip(numerators, pupils, strict=True))
    assert (found.mean, found.variance) == (mean, variance)
    assert found.squared == (variance / mean**2 if mean else None)
