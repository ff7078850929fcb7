"""Texts of cells and settings as exact values; what is none is noted as a fault, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from junheng.planning.pair.faults import Faults

_LARGEST = 10**9
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.IGNORECASE)


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


def iso_day(text: str, where: str, faults: Faults) -> str:
    """A day as ISO 8601 (2024-9-1, 2024/09/01, 2024年9月1日 and 20240901 are read); "" when blank or none (noted)."""
    if not text:
        return ""
    parts = (
        text.replace("年", "-")
        .replace("月", "-")
        .replace("日", "")
        .replace("/", "-")
        .replace(".", "-")
        .split("-")
    )
    if len(parts) == 1 and len(text) == len("20240901"):
        parts = [text[:4], text[4:6], text[6:]]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        faults.add(where, f"“{text}”不是日期", f"{text!r} is not a day; write 2024-09-01")
        return ""


def choice(text: str, allowed: Iterable[str], where: str, faults: Faults) -> str:
    """``text`` if it is allowed; the first allowed where it is not (noted)."""
    words = list(allowed)
    if text not in words:
        shown = "、".join(words)
        faults.add(where, f"“{text}”应为 {shown} 之一", f"{text!r} must be one of {shown}")
        return words[0]
    return text
