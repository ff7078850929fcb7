"""Word papers of a few paragraphs and tables, in the house's template."""

from collections.abc import Sequence

from junheng.reports.word.blocks import Block, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

_WIDEST, _NARROWEST = 24, 6
_SMALL = 9.0


def paper(title: str, owner: str, blocks: Sequence[Block], notice: str = "") -> bytes:
    """The bytes of a Word file: cover, with a ``notice`` above the title, then ``blocks``."""
    filling = {"notice": notice, "title": title, "subtitle": owner, "header": f"{owner} {title}"}
    return saved(write_body(filled_template(PAPER, filling), list(blocks), {}), title)


def section(title: str, lines: Sequence[str]) -> list[Block]:
    """A heading and its paragraphs."""
    return [Heading(1, title), *(Paragraph((line,)) for line in lines)]


def table(
    key: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], texts: int
) -> list[Block]:
    """A table whose first ``texts`` columns are words, the others numbers; “无。” where it has no row."""
    if not rows:
        return [Paragraph((f"{caption}：无。",))]
    widths = tuple(
        float(min(_WIDEST, max(_NARROWEST, len(head), *(len(row[place]) for row in rows))))
        for place, head in enumerate(heads)
    )
    aligns = tuple("left" if place < texts else "right" for place in range(len(heads)))
    return [
        Table(
            key,
            caption,
            tuple(heads),
            tuple(tuple(row) for row in rows),
            widths,
            aligns,  # type: ignore[arg-type] # a generator of two literals is a tuple of str to mypy
            size_pt=_SMALL,
        )
    ]
