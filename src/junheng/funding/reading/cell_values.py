"""Texts of cells as exact values; what is none is noted, and stays unknown."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.basics import Text, value_key
from junheng.data.books import parse_day
from junheng.funding.exact import spelled
from junheng.funding.problems import Problems

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
_TERM = re.compile(r"(\d{4})年?(春|秋|学年)(?:季)?(?:学期)?")
_YEAR = re.compile(r"(20\d{2})(?:年|年度)?")
_TEN_THOUSAND = 10_000
_FLAGS = {"是": "true", "否": "false", "1": "true", "0": "false", "√": "true", "×": "false"}


def yuan_of(text: str, at: str, scale: int, problems: Problems) -> str | None:
    """Yuan, exactly, as text; ``scale`` 10,000 where the heading says 万元. Negative sums are noted: unknown."""
    plain = text.replace(",", "").replace("，", "")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        _note(
            problems, "not_a_sum", at, "不是金额", "not a sum of money", "填数字，单位元", "a number of yuan"
        )
        return None
    value = Fraction(plain) * scale
    if value < 0:
        _note(
            problems,
            "negative_sum",
            at,
            "金额为负，未计入",
            "a negative sum: not counted",
            "退款请另行说明，或改正金额",
            "explain a refund apart, or mend the sum",
        )
        return None
    return spelled(value)


def scale_of(heading: str) -> int:
    """10,000 where a heading says 万元, else 1."""
    return _TEN_THOUSAND if "万元" in heading else 1


def day_of(text: str, at: str, problems: Problems) -> str | None:
    """A day as ISO 8601; None when blank, or none (noted)."""
    if not text:
        return None
    if (day := parse_day(text)) is not None:
        return day.isoformat()
    _note(problems, "not_a_day", at, "不是日期", "not a day", "写成 2024-03-31", "write 2024-03-31")
    return None


def year_of(text: str, at: str, problems: Problems) -> str | None:
    """A calendar year; None when blank or none (noted)."""
    match = _YEAR.fullmatch(text)
    if match is None:
        _note(problems, "not_a_year", at, "不是年度", "not a year", "写成 2024", "write 2024")
        return None
    return match[1]


def term_of(text: str, at: str, problems: Problems) -> str | None:
    """A term: 2024春, 2023秋, or both of a school year (2023学年); None where it is none (noted).

    >>> term_of("2024年春季学期", "", Problems()), term_of("2023学年", "", Problems())
    ('2024春', '2023学年')
    """
    match = _TERM.fullmatch(text)
    if match is None:
        _note(
            problems,
            "not_a_term",
            at,
            "不是学期",
            "not a term",
            "写成 2024春、2023秋 或 2023学年",
            "write 2024春 (spring), 2023秋 (autumn) or 2023学年 (both)",
        )
        return None
    return f"{match[1]}{match[2]}"


def flag_of(text: str, at: str, problems: Problems) -> str | None:
    """true or false; None when blank, or none (noted)."""
    if text and text not in _FLAGS:
        _note(
            problems, "not_yes_or_no", at, "应填是或否", "must be 是 or 否", "填 是 或 否", "write 是 or 否"
        )
    return _FLAGS.get(text)


def word_of(text: str, at: str, words: Mapping[str, Sequence[str]], problems: Problems) -> str | None:
    """The key of ``words`` that ``text`` is a spelling of; None where it is none (noted)."""
    key = value_key(text)
    found = next((name for name, said in words.items() if key in map(value_key, (name, *said))), None)
    if found is None:
        told = "、".join(said[0] for said in words.values())
        cause = f"not_one_of_{'_'.join(words)}"
        _note(problems, cause, at, "不在可用的词之内", "none of the words that may stand here", told, told)
    return found


def _note(problems: Problems, cause: str, at: str, zh: str, en: str, fix_zh: str, fix_en: str) -> None:
    problems.add(cause, at, Text(zh, en), Text(fix_zh, fix_en))
