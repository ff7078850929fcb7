"""Changes: "由480人增加到2153人，增加1673人", "从15所减少到9所，减少6所"."""

import re
from collections.abc import Iterator

from junheng.basics import Text
from junheng.reports.prose.figures import Figure, alike, amount
from junheng.reports.prose.remark import Remark
from junheng.reports.prose.sentences import Sentence

_FROM = re.compile(r"(?:由|从)[^，,。]{0,14}$")
_TO = re.compile(
    r"(?:增加|提高|上升|增长|扩大|下降|减少|降低|增|升|降|减)[^，,。\d]{0,4}(?:到|至)[^，,。\d]{0,6}$"
)
_BY = re.compile(r"(?:增加|提高|上升|增长|扩大|下降|减少|降低|净增)了?[^，,。\d到至]{0,6}$")


def check_changes(sentence: Sentence) -> Iterator[Remark]:
    """From a to b, changed by c: c must be the difference, or the share of a where it is a percentage."""
    text, figures = sentence.text, sentence.figures
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        if not (_FROM.search(text[: first.start]) and _TO.search(text[: second.start])):
            continue
        if alike(first, second) and _BY.search(text[: third.start]):
            yield from _change(sentence, first, second, third)


def _change(sentence: Sentence, first: Figure, second: Figure, by: Figure) -> Iterator[Remark]:
    change = abs(second.value - first.value)
    if by.kind == "percent" and first.kind != "percent":
        if not first.value:
            return
        exact, shown = change / first.value * 100, f"({second.text} - {first.text}) ÷ {first.text}"
        holds = -by.step <= exact - by.value < by.step
    elif alike(first, by) or (first.kind, by.kind) == ("percent", "points"):
        exact, shown = change, f"{second.text} - {first.text}"
        holds = abs(exact - by.value) <= first.slack + second.slack + by.slack
    else:
        return
    sign = "=" if holds else "≠"
    words = Text(f"{shown} {sign} {by.text}", f"{shown} {sign} {by.text}")
    if not holds:
        words = Text(f"{words.zh}（应为{amount(exact)}）", f"{words.en} (it is {amount(exact)})")
    yield Remark(
        "agrees" if holds else "contradicts", sentence.passage.where, words, (sentence.passage.number,)
    )
