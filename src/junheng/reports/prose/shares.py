"""Shares and means: "46所，占69.6%" of a whole named nearby, "每班46.94人" from pupils and classes."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from junheng.basics import Text
from junheng.reports.prose.figures import Figure, alike
from junheng.reports.prose.remark import Remark
from junheng.reports.prose.sentences import Sentence

_OF = re.compile(r"占[^，,。、]{0,16}$")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]")
_MEAN = re.compile(r"(?:平均每|每|班均|校均|人均|生均)[^，,。、\d]{0,8}$")


def check_shares(sentences: Sequence[Sentence], everywhere: Sequence[Figure]) -> Iterator[Remark]:
    """Shares against their count and a whole: of the sentence, else of the passage, else of the document.

    A share that no whole of the document gives is asked about: its whole may stand elsewhere.
    """
    for index, sentence in enumerate(sentences):
        near = [f for one in sentences[: index + 1] for f in one.figures]
        for place, share in enumerate(sentence.figures):
            if share.kind == "percent" and _OF.search(sentence.text[: share.start]):
                parts = _counted(sentence.text, sentence.figures[:place], share)
                if parts:
                    yield _share(sentence, parts, share, near, everywhere)


def _counted(text: str, before: Sequence[Figure], share: Figure) -> list[Figure]:
    """What ``share`` may be the share of, likeliest first: a figure before brackets stands nearer than those inside."""
    asides = [match.span() for match in _ASIDE.finditer(text, 0, share.start)]
    last_first = [figure for figure in reversed(before) if figure.kind != "percent"]
    outside = [f for f in last_first if not any(start < f.start < end for start, end in asides)]
    return list(dict.fromkeys((*outside[:1], *last_first[:1])))


def _share(
    sentence: Sentence,
    parts: Sequence[Figure],
    share: Figure,
    near: Sequence[Figure],
    everywhere: Sequence[Figure],
) -> Remark:
    for part, whole in product(parts, (*near, *everywhere)):
        larger = alike(part, whole) and whole is not part and whole.value >= part.value and whole.value > 0
        if larger and _printed(part.value / whole.value * 100, share):
            text = f"{part.text} ÷ {whole.text} = {share.text}"
            return Remark("agrees", sentence.passage.where, Text(text, text), (sentence.passage.number,))
    return Remark(
        "ask",
        sentence.passage.where,
        Text(
            f"{parts[0].text}占{share.text}：文中没有哪个整体能得出这个比例",
            f"{parts[0].text} as {share.text}: no whole in the text gives this share",
        ),
        (sentence.passage.number,),
    )


def _printed(exact: Fraction, figure: Figure) -> bool:
    """Whether ``figure`` is ``exact`` rounded or truncated to the digits printed."""
    apart = exact - figure.value
    return -figure.step / 2 <= apart < figure.step


def check_means(sentences: Sequence[Sentence]) -> Iterator[Remark]:
    """ "平均每班46.94人" against the pupils and classes of the same sentence or the one before."""
    for index, sentence in enumerate(sentences):
        before = sentences[index - 1].figures if index else ()
        for mean in sentence.figures:
            if _MEAN.search(sentence.text[: mean.start]):
                counted = [f for f in (*before, *sentence.figures) if f is not mean and f.kind != "percent"]
                yield from _mean(sentence, mean, counted)


def _mean(sentence: Sentence, mean: Figure, counted: Sequence[Figure]) -> Iterator[Remark]:
    pairs = [(a, b) for a in counted for b in counted if a.kind != b.kind and a.value > b.value > 0]
    fitting = [(a, b) for a, b in pairs if alike(a, mean)] or []
    for many, groups in fitting:
        if _printed(many.value / groups.value, mean):
            text = f"{many.text} ÷ {groups.text} = {mean.text}"
            yield Remark("agrees", sentence.passage.where, Text(text, text), (sentence.passage.number,))
            return
    if len(fitting) == 1:
        many, groups = fitting[0]
        exact = float(many.value / groups.value)
        words = Text(
            f"{many.text} ÷ {groups.text} = {exact:.4g}，写的是{mean.text}",
            f"{many.text} ÷ {groups.text} = {exact:.4g}, printed {mean.text}",
        )
        yield Remark("contradicts", sentence.passage.where, words, (sentence.passage.number,))
