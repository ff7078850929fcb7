"""Figures as officers type them, as exact fractions; what is no plain number is not guessed at."""

import re
from fractions import Fraction

from junheng.basics import find_unit

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_PERCENT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*%")


def amount(text: str) -> Fraction | None:
    """A plain decimal ("12,000.5"), exactly; None for anything else.

    >>> amount("12,000.5"), amount("3.5万元"), amount("1e5")
    (Fraction(24001, 2), None, None)
    """
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    return Fraction(plain) if _NUMBER.fullmatch(plain) else None


def whole_number(text: str) -> int | None:
    """A whole number, None for anything else."""
    found = amount(text)
    return found.numerator if found is not None and found.denominator == 1 else None


def share(text: str) -> Fraction | None:
    """ "-1.5%" or "0.2" as a fraction of one; None for anything else."""
    percent = _PERCENT.fullmatch(text)
    return Fraction(percent[1]) / 100 if percent else amount(text)


def yuan_per(unit: str) -> int | None:
    """How many yuan one ``unit`` of money is ("万元": 10,000); None where it names none."""
    found = find_unit(unit, "yuan") if unit else None
    return found.factor.numerator if found is not None and found.factor.denominator == 1 else None
