"""Texts of cells and settings as exact values; what is none is noted as a fault, never guessed."""

import re
from collections.abc import Iterable
from fractions import Fraction

from junheng.planning.forecast.reading.faults import Faults

_LARGEST = 10**9
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?|\d{1,9}/[1-9]\d{0,8}", re.IGNORECASE)


def exact_number(
    text: str, where: str, faults: Faults, *, whole: bool = False, least: int = 0
) -> Fraction | None:
    """The number in ``text``; None where it is blank, or no number (noted): at least ``least``, whole on demand."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        faults.add(where, f"“{text}”不是数", f"{text!r} is not a number")
        return None
    found = Fraction(text)
    if whole and found.denominator != 1:
        faults.add(where, f"{text} 应为整数", f"{text} must be a whole number")
        return None
    if found < least or found > _LARGEST:
        faults.add(
            where, f"{text} 应在 {least} 与 {_LARGEST} 之间", f"{text} must lie within {least} and {_LARGEST}"
        )
        return None
    return found


def whole_number(text: str, where: str, faults: Faults, *, least: int = 0) -> int | None:
    """The whole number in ``text``, None as in ``exact_number``."""
    found = exact_number(text, where, faults, whole=True, least=least)
    return None if found is None else int(found)


def choice(text: str, allowed: Iterable[str], where: str, faults: Faults) -> str:
    """``text`` if it is allowed; the first allowed where it is not (noted)."""
    words = list(allowed)
    if text not in words:
        shown = "、".join(words)
        faults.add(where, f"“{text}”应为 {shown} 之一", f"{text!r} must be one of {shown}")
        return words[0]
    return text


def signed_number(text: str, where: str, faults: Faults) -> Fraction | None:
    """A number that may be negative, above -1: a shift of 1."""
    negative = text.startswith("-")
    found = exact_number(text.removeprefix("-"), where, faults)
    if found is not None and negative and found >= 1:
        faults.add(where, f"{text} 应大于 -1", f"{text} must be above -1")
    return None if found is None else -found if negative else found
