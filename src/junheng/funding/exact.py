"""Amounts as exact fractions of a yuan, and their spelling in JSON; no binary fraction ever enters a sum."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
FEN = 100


def exact(number: int | str) -> Fraction:
    """The fraction that a number of a problem or rule stands for. Raises ValueError for anything else.

    >>> exact("0.1"), exact(650), exact("1/3")
    (Fraction(1, 10), Fraction(650, 1), Fraction(1, 3))
    """
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise ValueError(f"{number!r} is no exact number")
    return Fraction(number)


def summed(numbers: Iterable[str]) -> Fraction:
    """The exact sum; whole numbers, which most sums are, are added as such: a hundred thousand rows take no time.

    >>> summed(["1", "2.5", "1/3"])
    Fraction(23, 6)
    """
    whole, rest = 0, Fraction(0)
    for number in numbers:
        if number.isdigit():
            whole += int(number)
        else:
            rest += exact(number)
    return whole + rest


def spelled(value: Fraction | int | None) -> str | None:
    """The shortest exact spelling: a plain decimal where there is one, else a fraction; None stays None.

    >>> spelled(Fraction(650)), spelled(Fraction(1, 8)), spelled(Fraction(-1, 3))
    ('650', '0.125', '-1/3')
    """
    if value is None:
        return None
    found = Fraction(value)
    twos, fives, rest = 0, 0, found.denominator
    while rest % 2 == 0:
        twos, rest = twos + 1, rest // 2
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return f"{found.numerator}/{found.denominator}"
    places = max(twos, fives)
    digits = f"{abs(found.numerator) * 10**places // found.denominator:0{places + 1}d}"
    sign = "-" if found < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def shown(value: Fraction | int | None) -> str:
    """Yuan to the fen, half away from zero, thousands apart; a whole number without a point; None: "".

    >>> shown(Fraction(1234567)), shown(Fraction(100, 3)), shown(Fraction(-1, 200)), shown(None)
    ('1,234,567', '33.33', '-0.01', '')
    """
    if value is None:
        return ""
    scaled = abs(Fraction(value)) * FEN
    fen = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    whole, rest = divmod(fen, FEN)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"-{text}" if value < 0 and fen else text
