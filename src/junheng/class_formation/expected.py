"""What to compare a balance with: chance, the grain of the marks, whether a perfect layout exists."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import erf, log2, sqrt

_STEPS, _REACH = 4_000, 8.0  # Simpson's rule over ±8 standard deviations: error below 1e-9


@cache
def mean_range(k: int) -> float:
    """d2(k): the expected range of k standard normal values (Tippett 1925), ∫ 1 - Φ^k - (1-Φ)^k.

    >>> round(mean_range(5), 3), round(mean_range(10), 3)
    (2.326, 3.078)
    """
    width = 2 * _REACH / _STEPS
    total = 0.0
    for step in range(_STEPS + 1):
        below = 0.5 * (1 + erf((-_REACH + step * width) / sqrt(2)))
        weight = 1 if step in (0, _STEPS) else 4 if step % 2 else 2
        total += weight * (1 - below**k - (1 - below) ** k)
    return total * width / 3


def random_gap(deviation: float, classes: int, class_size: float) -> float:
    """The range of class means to expect of pure chance: σ·d2(k)/√m."""
    return deviation * mean_range(classes) / sqrt(class_size)


def arithmetic_floor(unit: Fraction, sizes: Sequence[int]) -> Fraction:
    """With marks in steps of ``unit``, means of equal classes differ by 0 or at least this: unit ÷ class size."""
    return unit / max(sizes)


def layout_bits(children: int, classes: int) -> float:
    """log2 of how many layouts there are, about n·log2 k."""
    return children * log2(classes) if classes > 1 else 0.0


def balance_bits(classes: int, class_size: float, deviations: Sequence[float]) -> float:
    """What forcing every class to the same sum costs: Σ (k-1)·log2(σ_f·√m), σ in steps of the mark.

    Where ``layout_bits`` is larger, a perfect layout exists with near certainty, and the difference is freedom
    left to the lot.
    """
    return sum((classes - 1) * log2(max(1.0, deviation * sqrt(class_size))) for deviation in deviations)
