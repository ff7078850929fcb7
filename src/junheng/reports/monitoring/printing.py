"""Tables and lines shared by the monitoring papers: bilingual heads, level colours, cut lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from junheng.basics import STAGE_NAMES, Text, atomic_file
from junheng.judgement.monitoring import LEVEL_NAMES, Alert, Level
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

Align = Literal["left", "center", "right"]
SMALL = 9.0
MOST_ROWS = 40  # of a list in a document; the workbook has them all
_FILLS: dict[Level, str] = {"red": "F0A58A", "orange": "FCE4D6", "yellow": "FFF6D5"}


def heading(number: str, text: Text, level: int = 1) -> Heading:
    """A heading with its English beside."""
    return Heading(level, f"{number}{text.zh} {text.en}")


def lines(text: Text) -> list[Block]:
    """A paragraph, and its English small below."""
    return [Paragraph((text.zh,)), Paragraph((text.en,), "Note")]


def table(
    key: str,
    caption: Text,
    heads: Sequence[Text],
    rows: Sequence[Sequence[str | Cell]],
    widths: Sequence[float],
    right: Sequence[int] = (),
    most: int = MOST_ROWS,
) -> list[Block]:
    """A table under a bilingual caption; ``right``: columns of numbers. What is cut off is said below."""
    if not rows:
        return [Paragraph(("无。 None.",))]
    aligns: tuple[Align, ...] = tuple("right" if place in right else "left" for place in range(len(heads)))
    shown = tuple(tuple(row) for row in rows[:most])
    printed = Table(
        key,
        f"{caption.zh} {caption.en}",
        tuple(f"{head.zh}\n{head.en}" for head in heads),
        shown,
        tuple(widths),
        aligns,
        size_pt=SMALL,
    )
    if len(rows) <= most:
        return [printed]
    cut = Text(
        f"共 {len(rows)} 条，此处列前 {most} 条，其余见预警工作簿。",
        f"{len(rows)} in all; the first {most} are listed here, the rest in the workbook of alerts.",
    )
    return [printed, *lines(cut)]


def level_cell(level: Level) -> Cell:
    """The level in words on its colour."""
    return Cell(LEVEL_NAMES[level].zh, _FILLS[level], "center")


def place_of(alert: Alert) -> str:
    """School and stage, or the county for what concerns all."""
    stage = stage_words(alert.stage)
    return f"{alert.school}（{stage}）" if alert.school and stage else alert.school or f"全县{stage}"


def stage_words(stage: str) -> str:
    """小学, 初中; empty for none."""
    return next((text.zh for own, text in STAGE_NAMES.items() if own == stage), "")


def write_paper(path: Path, title: str, subtitle: str, notice: str, blocks: Sequence[Block]) -> None:
    """Write the Word file whole, or not at all."""
    filling = {"notice": notice, "title": title, "subtitle": subtitle, "header": f"{subtitle} {title}"}
    content = saved(write_body(filled_template(PAPER, filling), blocks, {}), f"{subtitle} {title}")
    with atomic_file(path) as temporary:
        temporary.write_bytes(content)
