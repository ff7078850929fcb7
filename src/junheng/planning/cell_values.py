"""Texts of cells and settings as exact values; what is none is noted as a fault, never guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import isfinite

from junheng.basics import heading_key
from junheng.data.books import parse_day
from junheng.planning.gathered import Gathered

_LARGEST = 10**13  # yuan and metres alike
_LARGEST_COUNT = 10**9  # pupils, seats, points, years
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?|[+-]?\d{1,9}/[1-9]\d{0,8}", re.IGNORECASE)
Words = Mapping[str, Sequence[str]]  # what a word means → its spellings, the first of them shown in messages


def exact_number(
    text: str, where: str, faults: Gathered, *, whole: bool = False, least: int = 0, most: int = _LARGEST
) -> Fraction | None:
    """The number in ``text`` (thousands may be set off by commas); None where blank, or none in range (noted)."""
    plain = text.replace(",", "").replace("，", "")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        faults.add(where, f"“{text}”不是数", f"{text!r} is not a number")
        return None
    found = Fraction(plain)
    if whole and found.denominator != 1:
        faults.add(where, f"{text} 应为整数", f"{text} must be a whole number")
        return None
    if not least <= found <= most:
        faults.add(where, f"{text} 应在 {least} 与 {most} 之间", f"{text} must lie within {least} and {most}")
        return None
    return found


def whole_number(
    text: str, where: str, faults: Gathered, *, least: int = 0, most: int = _LARGEST_COUNT
) -> int | None:
    """The whole number in ``text``; None as in ``exact_number``."""
    found = exact_number(text, where, faults, whole=True, least=least, most=most)
    return None if found is None else int(found)


def iso_day(text: str, where: str, faults: Gathered) -> str:
    """A day as ISO 8601 (2024-9-1, 2024/09/01, 2024年9月1日, 20240901 are read); "" when blank or none (noted)."""
    if not text:
        return ""
    if (day := parse_day(text)) is not None:
        return day.isoformat()
    faults.add(where, f"“{text}”不是日期", f"{text!r} is not a day; write 2024-09-01")
    return ""


def number_of(text: str) -> float | None:
    """The number of a cell, None where it is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def choice(text: str, allowed: Iterable[str], where: str, faults: Gathered) -> str:
    """``text`` if it is allowed; the first allowed where it is not (noted)."""
    words = list(allowed)
    if text not in words:
        shown = "、".join(words)
        faults.add(where, f"“{text}”应为 {shown} 之一", f"{text!r} must be one of {shown}")
        return words[0]
    return text


def meant(text: str, words: Words) -> str:
    """The key of ``words`` that ``text`` is, or is a spelling of; "" where it is none.

    >>> meant("初级中学", {"primary": ["小学"], "junior": ["初中", "初级中学"]}), meant("√", {"1": ["√"], "0": ["×"]})
    ('junior', '1')
    """
    key = _word_key(text)
    return next(
        (word for word, spelled in words.items() if key and key in map(_word_key, (word, *spelled))), ""
    )


def _word_key(word: str) -> str:
    """As headings are compared; a mark such as √ stays itself."""
    return heading_key(word) or word
