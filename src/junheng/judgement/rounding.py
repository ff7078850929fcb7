"""Which verdicts would change if values were rounded before comparing, as others do and we do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from junheng.judgement.compare import NEAR, Doubles, Flags, holds
from junheng.standards import Comparison

DECIMALS = (2, 3)  # what published tables and spreadsheets commonly show


@dataclass(frozen=True, slots=True)
class RoundingFlag:
    """A verdict that depends on not rounding, or (kind "unweighted_cv") on weighting by pupils.

    ``against`` names the line: "threshold", "floor" or "cv_limit". ``school_id`` is empty for a county's CV;
    ``decimals`` is None for kind "unweighted_cv".
    """

    kind: str
    stage: str
    indicator: str
    school_id: str
    against: str
    decimals: int | None
    value: float
    line: float
    would_be: str


def rounded(value: Fraction, decimals: int) -> Fraction:
    """``value`` to so many decimals, halves away from zero, as spreadsheets do."""
    step = Fraction(1, 10**decimals)
    sign = -1 if value < 0 else 1
    return sign * floor(abs(value) / step + Fraction(1, 2)) * step


def flips(word: Comparison, value: Fraction, line: Decimal, decimals: int) -> bool:
    """Whether comparing the rounded value gives another answer than the exact one."""
    return holds(word, rounded(value, decimals), line) is not holds(word, value, line)


def might_flip(values: Doubles, line: Decimal, decimals: int) -> Flags:
    """Where rounding can matter at all: within half a step of the line (and a hair more). NaN: nowhere."""
    reach = 0.5 * 10.0**-decimals
    found: Flags = np.abs(values - float(line)) <= reach + NEAR * (abs(float(line)) + reach)
    return found


def decimals_that_flip(word: Comparison, value: Fraction, line: Decimal) -> Sequence[int]:
    """Of 2 and 3 decimals, those at which rounding first would change the answer."""
    return [decimals for decimals in DECIMALS if flips(word, value, line, decimals)]
