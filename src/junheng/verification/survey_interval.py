"""Wilson's interval a second time: the two roots of its quadratic, in decimals of forty places."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import erf, sqrt

_PLACES = 40
_STEPS = 200


def normal_point(confidence: Fraction) -> Decimal:
    """The z between -z and z of which a standard normal lies with ``confidence``: by halving, from ``erf``."""
    low, high, wanted = 0.0, 40.0, float(confidence)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if erf(middle / sqrt(2)) < wanted else (low, middle)
    return Decimal((low + high) / 2)


def interval(
    satisfied: int, valid: int, confidence: Fraction, people: int | None
) -> tuple[Decimal, Decimal] | None:
    """Both ends, None without a paper; where everybody there is (``people``) was counted, both are the rate itself.

    The ends p solve (rate - p)² = z² p (1 - p) ÷ n, with n (N - 1) ÷ (N - n) in place of n where N is known.
    """
    if not valid:
        return None
    with localcontext() as context:
        context.prec = _PLACES
        rate = Decimal(satisfied) / valid
        if people is not None and valid >= people:
            return rate, rate
        count = Decimal(valid) if people is None else Decimal(valid) * (people - 1) / (people - valid)
        spread = normal_point(confidence) ** 2 / count
        square, linear = 1 + spread, -(2 * rate + spread)
        root = (linear**2 - 4 * square * rate**2).sqrt()
        ends = (-linear - root) / (2 * square), (-linear + root) / (2 * square)
        return max(ends[0], Decimal(0)), min(ends[1], Decimal(1))
