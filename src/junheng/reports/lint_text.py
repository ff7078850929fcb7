"""Checks a text of figures – a report of any origin – without ever mending it.

Official texts come with page furniture, figures broken across lines, letters for digits ("IOOM"), missing
brackets, doubled bodies and traditional script. Guessing what was meant would put words into the document's
mouth, so all this is only reported.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.reports.lint_problem import LintProblem
from junheng.reports.percent import PercentMode, format_share

_WHOLE = re.compile(r"(?<![\d.])(\d+)所(?:小学|初中|高中|学校)中|共(\d+)所")
_SHARE = re.compile(r"(\d+)所，占(\d+(?:\.\d+)?)[%％]")
_SUM = re.compile(r"^\s*([\d.,\s+]+?)\s*([=≈])\s*([\d.,]+)\s*$")
_SPLIT_FIGURE = re.compile(r"\d[ \t]*\n\s*(?:\d+[ \t]*[、，,]?[ \t]*)?\d")
_LETTERS = re.compile(r"(?<![A-Za-z])[\dIOlo]*[IOlo][\dIOlo]*(?=\s*(?:M|万|亿|元|平方米|所|人|间))")
_PAGE = re.compile(r"^\s*[—–-]?\s*(?:第\s*)?\d{1,4}(?:\s*页)?\s*[—–-]?\s*$", re.MULTILINE)
_BRACKETS = {"（": "）", "(": ")", "\u3014": "\u3015", "《": "》", "“": "”"}
_LONG = 30  # characters: a paragraph this long does not stand twice by chance


def lint_text(
    text: str, sums: Sequence[str] = (), *, mode: PercentMode = "truncate", digits: int = 1
) -> tuple[LintProblem, ...]:
    """Problems of ``text``: declared sums ("25+15=40", "1.1+0.5751≈1.68"), shares, and damaged passages.

    A declared sum must add up (``≈``: to the last printed decimal) and each of its numbers must stand in the
    text. Shares of the form “N所…，其中n所，占p%” are recomputed from their counts.
    """
    found: list[LintProblem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += lint_shares(line, where=f"line {number}", mode=mode, digits=digits)
    for declared in sums:
        found += _sum(text, declared)
    return (*found, *lint_damage(text))


def lint_shares(text: str, *, where: str, mode: PercentMode, digits: int) -> Iterator[LintProblem]:
    """“66所小学中，…46所，占69.6%”: every share against its count and the whole named last before it."""
    wholes = list(_WHOLE.finditer(text))
    for share in _SHARE.finditer(text):
        whole = next((one for one in reversed(wholes) if one.end() <= share.start()), None)
        if whole is None:
            continue
        part, total = int(share[1]), int(whole[1] or whole[2])
        if part > total or total == 0:
            words = f"{part}所多于全体{total}所"
            yield LintProblem(where, Text(words, f"{part} is more than the whole {total}"))
            continue
        expected = format_share(part, total, mode=mode, digits=digits)
        if expected != share[2]:
            words = f"{part}÷{total} 应为 {expected}%，写的是 {share[2]}%"
            yield LintProblem(where, Text(words, f"{part}/{total} is {expected} %, printed {share[2]} %"))


def _sum(text: str, declared: str) -> Iterator[LintProblem]:
    parsed = _SUM.match(declared)
    if parsed is None:
        yield LintProblem(declared, Text("无法读懂的算式", "not a sum of the form a+b=c"))
        return
    parts = [part.strip() for part in parsed[1].split("+")]
    stated = parsed[3]
    total = sum((_value(part) for part in parts), Fraction(0))
    holds = total == _value(stated) if parsed[2] == "=" else _rounds_to(total, stated)
    if not holds:
        shown = float(total)
        yield LintProblem(declared, Text(f"合计应为 {shown:g}", f"the parts give {shown:g}"))
    for number in [*parts, stated]:
        if not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text):
            words = f"文中没有完整的“{number}”（可能被断行或误认，未作改动）"
            yield LintProblem(declared, Text(words, f"“{number}” does not stand in the text as a whole"))


def _value(number: str) -> Fraction:
    return Fraction(number.replace(",", ""))


def _rounds_to(total: Fraction, stated: str) -> bool:
    """Whether ``stated`` is ``total`` to its own last decimal."""
    decimals = len(stated.partition(".")[2])
    return abs(total - _value(stated)) <= Fraction(1, 2 * 10**decimals)


def lint_damage(text: str) -> Iterator[LintProblem]:
    """Places of ``text`` that look damaged: broken figures, letters among digits, page furniture, doubled bodies."""
    patterns = (
        (_SPLIT_FIGURE, Text("数字可能被断行拆开", "a figure may be broken across lines")),
        (_LETTERS, Text("数字中夹有字母", "letters among digits")),
        (_PAGE, Text("疑似页码混入正文", "looks like a page number in the text")),
    )
    for pattern, what in patterns:
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            shown = match[0].strip().replace("\n", "⏎")
            yield LintProblem(f"line {line}", Text(f"{what.zh}：{shown}", f"{what.en}: {shown}"))
    yield from _brackets(text)
    yield from _doubled(text)
    yield from _traditional(text)


def _brackets(text: str) -> Iterator[LintProblem]:
    for opening, closing in _BRACKETS.items():
        more = text.count(opening) - text.count(closing)
        if more:
            words = f"“{opening}”与“{closing}”不配对，相差{abs(more)}个"
            yield LintProblem("text", Text(words, f"{opening} and {closing} differ by {abs(more)}"))


def _doubled(text: str) -> Iterator[LintProblem]:
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        body = line.strip()
        if len(body) >= _LONG and body in seen:
            words = f"与第{seen[body]}行重复"
            yield LintProblem(f"line {number}", Text(words, f"the same as line {seen[body]}"))
        seen.setdefault(body, number)


def _traditional(text: str) -> Iterator[LintProblem]:
    """Characters that the simplified set (GB 2312) lacks and the traditional one (Big5) has."""
    found = sorted({letter for letter in text if _is_traditional(letter)})
    if found:
        shown = "".join(found[:20])
        yield LintProblem("text", Text(f"含繁体字：{shown}", f"traditional characters: {shown}"))


def _is_traditional(letter: str) -> bool:
    if not "\u4e00" <= letter <= "\u9fff":
        return False
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        try:
            letter.encode("big5")
        except UnicodeEncodeError:
            return False
        return True
    return False
