"""How far from the line, in what can be counted: persons, square metres, yuan, rooms.

The shortfall of a school-stage is the least quantity that, added to the numerator, reaches the line:
line × denominator / scale - numerator. What comes whole (persons, rooms) is rounded up, exactly: where the
double is near a whole number the fraction decides. Square metres and yuan stay unrounded doubles. Where less
is better the shortfall is what must go. Met: 0; untellable: NaN.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np

from junheng.indicators import Indicator
from junheng.judgement.compare import NEAR, Doubles, is_strict, more_is_better
from junheng.judgement.school import CANNOT_TELL, NONE, NOT_MET, Codes
from junheng.standards import Comparison

ExactParts = Callable[[int], "tuple[Fraction, Fraction] | None"]


def shortfalls(
    numerators: Doubles,
    denominators: Doubles,
    codes: Codes,
    indicator: Indicator,
    word: Comparison,
    line: Decimal,
    exact: ExactParts,
) -> Doubles:
    """Shortfall of each row to ``line`` in units of the numerator; ``exact(i)`` gives row i's fractions."""
    needed = float(line) * denominators / float(indicator.scale) - numerators
    if not more_is_better(word):
        needed = -needed
    found = np.where(codes == NOT_MET, np.maximum(needed, 0.0), 0.0)
    if indicator.whole:
        found = _whole(found, codes, denominators, indicator, word, line, exact)
    found[(codes == CANNOT_TELL) | (codes == NONE)] = np.nan
    return found


def _whole(
    found: Doubles,
    codes: Codes,
    denominators: Doubles,
    indicator: Indicator,
    word: Comparison,
    line: Decimal,
    exact: ExactParts,
) -> Doubles:
    rounded = np.ceil(found)
    size = np.maximum(np.abs(float(line) * denominators / float(indicator.scale)), 1.0)
    close = np.abs(found - np.round(found)) <= NEAR * size
    for row in np.flatnonzero(close & (codes == NOT_MET)):
        parts = exact(int(row))
        if parts is not None:
            rounded[row] = whole_shortfall(*parts, indicator.scale, word, line)
    return rounded


def exact_shortfall(
    numerator: Fraction, denominator: Fraction, scale: Decimal, word: Comparison, line: Decimal
) -> Fraction:
    """The least quantity that closes the gap to ``line`` (for a strict word: that must be exceeded)."""
    needed = Fraction(line) * denominator / Fraction(scale) - numerator
    return max(needed if more_is_better(word) else -needed, Fraction(0))


def whole_shortfall(
    numerator: Fraction, denominator: Fraction, scale: Decimal, word: Comparison, line: Decimal
) -> int:
    """The least whole number of persons or rooms that makes a failing comparison hold, exactly."""
    needed = exact_shortfall(numerator, denominator, scale, word, line)
    return floor(needed) + 1 if is_strict(word) else ceil(needed)
