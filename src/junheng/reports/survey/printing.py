"""Headings, lines and tables of the papers of surveys and scores: Chinese with English beside."""

from collections.abc import Sequence
from pathlib import Path

from junheng.basics import Text, atomic_file
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

_SMALL = 9.0


def heading(text: Text) -> Heading:
    """A heading with its English beside."""
    return Heading(1, f"{text.zh} {text.en}")


def lines(text: Text) -> list[Block]:
    """A paragraph, and its English small below."""
    return [Paragraph((text.zh,)), Paragraph((text.en,), "Note")]


def table(
    key: str, caption: Text, heads: Sequence[Text], rows: Sequence[Sequence[str | Cell]], widths: Sequence[float],
    right: Sequence[int] = (),
) -> list[Block]:  # fmt: skip
    """A table under a bilingual caption; ``right``: the columns of numbers. Without rows it says so."""
    if not rows:
        return [Paragraph(("无。 None.",))]
    return [
        Table(
            key, f"{caption.zh} {caption.en}", tuple(f"{head.zh}\n{head.en}" for head in heads),
            tuple(tuple(row) for row in rows), tuple(widths),
            tuple("right" if place in right else "left" for place in range(len(heads))), size_pt=_SMALL,
        )
    ]  # fmt: skip


def write_paper(path: Path, title: str, subtitle: str, blocks: Sequence[Block], notice: str = "") -> None:
    """Write the Word file whole, or not at all. Raises UserError."""
    filling = {"notice": notice, "title": title, "subtitle": subtitle, "header": f"{subtitle} {title}"}
    content = saved(write_body(filled_template(PAPER, filling), blocks, {}), f"{subtitle} {title}")
    with atomic_file(path) as temporary:
        temporary.write_bytes(content)
