"""Sentences of a passage, each with its figures and the period it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.reports.prose.figures import Figure, figures_of
from junheng.reports.prose.periods import Period, period_of
from junheng.reports.prose.reading import Passage

_END = re.compile(r"[。！？；;\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of ``passage``; a period named earlier in the passage holds until another is named."""

    passage: Passage
    text: str
    figures: tuple[Figure, ...]
    period: Period | None


def sentences_of(passage: Passage) -> Iterator[Sentence]:
    """The sentences of ``passage`` in order."""
    period: Period | None = None
    for text in _END.split(passage.text):
        if text.strip():
            period = period_of(text) or period
            yield Sentence(passage, text, tuple(figures_of(text)), period)
