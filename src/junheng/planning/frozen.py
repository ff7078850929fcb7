"""Frozen problems and outcomes: JSON of texts and integers, hashed; fractions as text, never rounded.

A number is an integer, or text such as "4.54" or "1/3": what one program writes, another reads as the same fraction.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import gcd
from typing import Any

from junheng.basics import UserError, sha256_bytes
from junheng.draws import canonical_bytes

FORMAT = "junheng-plan-1"
Number = int | str
Json = dict[str, Any]


def problem_hash(problem: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical bytes of a problem. Raises UserError where it holds anything but text and integers."""
    return sha256_bytes(canonical_bytes(dict(problem)))


def belongs(outcome: Mapping[str, Any], problem: Mapping[str, Any]) -> bool:
    """Whether ``outcome`` says that it is of ``problem``; of one that has no hash nothing is."""
    try:
        return bool(outcome.get("problem_hash") == problem_hash(problem))
    except UserError:
        return False


def exact(number: Number) -> Fraction:
    """The fraction a number of a problem or outcome stands for. Raises ValueError for anything else."""
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise ValueError(f"{number!r} is no exact number")
    return Fraction(number)


def number(value: Fraction | int) -> Number:
    """The shortest exact spelling of ``value``.

    >>> number(Fraction(9, 2)), number(Fraction(8, 2)), number(Fraction(1, 3)), number(Fraction(-1, 8))
    ('4.5', 4, '1/3', '-0.125')
    """
    found = Fraction(value)
    if found.denominator == 1:
        return found.numerator
    places = _decimal_places(found.denominator)
    if places is None:
        return f"{found.numerator}/{found.denominator}"
    digits = f"{abs(found.numerator) * 10**places // found.denominator:0{places + 1}d}"
    return f"{'-' if found < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _decimal_places(denominator: int) -> int | None:
    """Digits after the point that write 1/denominator out; None where it goes on for ever."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if gcd(rest, 10) == rest == 1 else None
