"""Parts and wholes: "小学200所、初中57所，共257所" and "总投资…，其中…"."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.reports.prose.figures import Figure, alike, amount
from junheng.reports.prose.remark import Kind, Remark
from junheng.reports.prose.sentences import Sentence

_TOTAL = re.compile(r"共计|合计|总计|总共|一共|(?<![公中])共(?![同享享建产青识性管用富])")
_OF_WHICH = re.compile(r"其中")
# Whom the parts serve is no part: "教育集团40个，其中市区25个，惠及65所学校".
_SERVED = re.compile(r"(?:惠及|覆盖|涉及|带动|辐射|受益|服务)[^，,、：:。；;（(]*$")
_OPENING = re.compile(r"[（(]")
_CLOSING = re.compile(r"[）)]")
_REACH = 16  # characters between "共" and the figure it speaks of


def check_sums(sentences: Sequence[Sentence]) -> Iterator[Remark]:
    """Every sum the words claim: parts before "共", parts after "其中", parts in brackets after a figure.

    ``sentences`` are those of one passage, in order: parts may stand in the sentence before their total.
    """
    for index, sentence in enumerate(sentences):
        before = sentences[index - 1] if index else None
        yield from _totals(sentence, before)
        after = sentences[index + 1] if index + 1 < len(sentences) else None
        yield from _of_which(sentence, after)
        yield from _brackets(sentence)


def _totals(sentence: Sentence, before: Sentence | None) -> Iterator[Remark]:
    start = 0
    for mark in _TOTAL.finditer(sentence.text):
        whole = next((figure for figure in sentence.figures if figure.start >= mark.end()), None)
        if whole is None or whole.start - mark.end() > _REACH or whole.kind in ("percent", "points"):
            continue
        parts = [
            f for f in sentence.figures if start <= f.start and f.end <= mark.start() and alike(f, whole)
        ]
        if not parts and before is not None and start == 0:
            parts = [figure for figure in before.figures if alike(figure, whole)]
        start = whole.end
        if len(parts) > 1:
            yield _total(sentence, parts, whole)


def _total(sentence: Sentence, parts: list[Figure], whole: Figure) -> Remark:
    """The longest run of parts next to the total that gives it; none: the whole run is held against it."""
    for first in range(len(parts) - 1):
        if _gives(parts[first:], whole):
            return _agrees(sentence, parts[first:], whole)
    return _remark("contradicts", sentence, parts, whole)


def _of_which(sentence: Sentence, after: Sentence | None) -> Iterator[Remark]:
    """Parts after "其中" may overlap or be only some: a part above the whole contradicts, a larger sum is asked."""
    for mark in _OF_WHICH.finditer(sentence.text):
        earlier = [figure for figure in sentence.figures if figure.end <= mark.start()]
        later = [figure for figure in _parts(sentence) if figure.start >= mark.end()]
        whole = next((f for f in reversed(earlier) if any(alike(f, part) for part in later)), None)
        if whole is None or whole.kind == "percent":
            continue
        same = [figure for figure in later if figure.kind == whole.kind]
        rest = [figure for figure in _parts(after) if figure.kind == whole.kind] if after else []
        yield from _held(sentence, same or [figure for figure in later if alike(figure, whole)], whole, rest)


def _parts(sentence: Sentence) -> list[Figure]:
    return [figure for figure in sentence.figures if not _SERVED.search(sentence.text[: figure.start])]


def _held(sentence: Sentence, parts: list[Figure], whole: Figure, rest: list[Figure]) -> Iterator[Remark]:
    """``rest``: what the next sentence goes on with ("…25个；县区15个"); it can confirm the whole, never contradict it."""
    above = next((part for part in parts if part.value - part.slack > whole.value + whole.slack), None)
    if above is not None:
        words = Text(
            f"“其中”的{above.text}大于整体{whole.text}",
            f"a part, {above.text}, is above its whole {whole.text}",
        )
        yield Remark("contradicts", sentence.passage.where, words, (sentence.passage.number,))
        return
    for last in range(len(parts), 1, -1):
        if _gives(parts[:last], whole):
            yield _agrees(sentence, parts[:last], whole)
            return
    if len(parts) > 1 and sum(part.value for part in parts) > whole.value:
        yield _remark("ask", sentence, parts, whole)
        return
    for more in range(1, len(rest) + 1):
        if _gives([*parts, *rest[:more]], whole):
            yield _agrees(sentence, [*parts, *rest[:more]], whole)
            return


def _brackets(sentence: Sentence) -> Iterator[Remark]:
    for opening in _OPENING.finditer(sentence.text):
        closing = _CLOSING.search(sentence.text, opening.end())
        end = closing.start() if closing else len(sentence.text)
        whole = next((f for f in reversed(sentence.figures) if f.end <= opening.start()), None)
        if whole is None or opening.start() - whole.end > 4 or "其中" in sentence.text[opening.end() : end]:
            continue
        inside = (f for f in sentence.figures if opening.end() <= f.start and f.end <= end)
        parts = [figure for figure in inside if alike(figure, whole)]
        if len(parts) > 1:
            found = _gives(parts, whole)
            yield _agrees(sentence, parts, whole) if found else _remark("ask", sentence, parts, whole)


def _gives(parts: list[Figure], whole: Figure) -> bool:
    """Whether the parts make the whole within what their printed digits leave open."""
    apart = abs(sum((part.value for part in parts), Fraction(0)) - whole.value)
    return apart <= whole.slack + sum(
        (part.slack for part in parts if part.about or part.step > 1), Fraction(0)
    )


def _agrees(sentence: Sentence, parts: list[Figure], whole: Figure) -> Remark:
    return _remark("agrees", sentence, parts, whole)


def _remark(kind: Kind, sentence: Sentence, parts: list[Figure], whole: Figure) -> Remark:
    total = sum((part.value for part in parts), Fraction(0))
    sums = " + ".join(part.text for part in parts)
    if total == whole.value:
        zh, en = f"{sums} = {whole.text}", f"{sums} = {whole.text}"
    elif kind == "agrees":
        zh = f"{sums} = {amount(total)} ≈ {whole.text}（按印出的位数相符）"
        en = f"{sums} = {amount(total)}, {whole.text} to the digits printed"
    elif kind == "ask":
        zh = f"{sums} = {amount(total)}，与{whole.text}不同：各部分是否有交叉或未列全？"
        en = f"{sums} = {amount(total)}, not {whole.text}: do the parts overlap, or are some left out?"
    else:
        zh = f"{sums} = {amount(total)}，写的是{whole.text}"
        en = f"{sums} = {amount(total)}, printed {whole.text}"
    return Remark(kind, sentence.passage.where, Text(zh, en), (sentence.passage.number,))
