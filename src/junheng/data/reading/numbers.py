"""The declared rules by which the text of a cell becomes a number, a date, a yes or no, or missing.

Documented for users in docs/method/input.md. A word that no rule covers is a fault: the cell counts as
missing and is reported; it never becomes zero. Numbers are exact until the caller rounds them to a double.
"""

import re
from datetime import date
from fractions import Fraction

from junheng.basics import find_unit, normalise

MISSING_WORDS = frozenset(
    {
        *("", "-", "--", "—", "——", "–", "―", "/", "\\", "无", "暂无", "没有", "空", "未填", "未报", "缺"),
        *("不详", "未知", "无数据", "不适用", "n/a", "na", "#n/a", "null", "none", "nan", "."),
    }
)
_LONGEST_MISSING = max(map(len, MISSING_WORDS))
_TRUE = frozenset({"是", "有", "对", "真", "true", "t", "yes", "y", "1", "√", "✓", "✔"})
_FALSE = frozenset({"否", "不是", "错", "假", "false", "f", "no", "n", "0", "×", "✗", "x"})
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)(.*)", re.ASCII | re.DOTALL)
_GROUPED = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)(.*)", re.ASCII | re.DOTALL)
_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?: 0{1,2}:00(:00)?)?", re.ASCII
)
_YEAR = re.compile(r"(\d{3,4})(?:\D.*)?", re.ASCII | re.DOTALL)


def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, a dash, 无, N/A and the like."""
    stripped = text.strip()
    return len(stripped) <= _LONGEST_MISSING and normalise(stripped).casefold() in MISSING_WORDS


def parse_number(text: str, unit: str = "", heading_factor: Fraction = Fraction(1)) -> Fraction | None:
    """The exact number in ``text`` in units of ``unit``; None when the text is not a number.

    Full-width digits, thousands separators and a unit written behind the number are understood; the unit in
    the cell wins over the heading's (``heading_factor``).

    >>> parse_number("１,２３４．５万元", "yuan")
    Fraction(12345000, 1)
    """
    folded = normalise(text).replace(" ", "").casefold()
    match = _GROUPED.fullmatch(folded) or _NUMBER.fullmatch(folded)
    if match is None:
        return None
    number, suffix = Fraction(match[1].replace(",", "")), match[2]
    if not suffix:
        return number * heading_factor
    found = find_unit(suffix, unit)
    return None if found is None else number * found.factor


def parse_boolean(text: str) -> bool | None:
    """是/否, true/false, 1/0, √/× and their kin; None when the text is neither."""
    word = normalise(text).casefold()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def parse_date(text: str) -> date | None:
    """A day written 2024-06-30, 2024/6/30, 2024.6.30, 2024年6月30日 or 20240630; None otherwise."""
    match = _DATE.fullmatch(normalise(text))
    if match is None:
        return None
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_year(text: str) -> int | None:
    """The first year of "2024", "2024年", "2024-2025学年"; None when the text does not begin with one."""
    match = _YEAR.fullmatch(normalise(text))
    return int(match[1]) if match else None
