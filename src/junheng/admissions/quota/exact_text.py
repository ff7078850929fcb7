"""Exact fractions as people write numbers: decimals where they end, a fraction where they do not."""

from decimal import Decimal
from fractions import Fraction


def shown(value: Fraction) -> str:
    """A number as people write it: 612.5, not 1225/2; a fraction where decimals do not end.

    >>> shown(Fraction(1225, 2)), shown(Fraction(3)), shown(Fraction(1, 3))
    ('612.5', '3', '1/3')
    """
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return str(value)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
