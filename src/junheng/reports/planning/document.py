"""规划报告.docx: what is planned, its proof, the tables, pictures, and a page a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from junheng.basics import Text
from junheng.planning import Table
from junheng.reports.planning.cells import heading, is_number, shown
from junheng.reports.planning.school_pages import SchoolPage, page_blocks
from junheng.reports.word.blocks import Block, Break, Heading, Paragraph, Picture
from junheng.reports.word.blocks import Table as Printed
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

_MOST_ROWS = 40  # of a table in the document; the workbook has them all
_MOST_COLUMNS = 8
_LONGEST = 240  # signs in a cell
_SHORT = 5  # signs of a heading that stay on one line
_SMALL = 9.0


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What the report is made of. ``effects``, printed whole, set today beside the plan; ``pages`` are the one-school
    plans (一校一策).
    """

    title: str
    owner: str
    summary: Sequence[Text]
    tables: Sequence[Table]
    pictures: Sequence[Picture] = ()
    pages: Sequence[SchoolPage] = ()
    basis: str = ""
    effects: Sequence[Table] = ()


def plan_document(paper: PlanPaper) -> bytes:
    """The Word file's bytes."""
    filling = {
        "notice": "",
        "title": paper.title,
        "subtitle": paper.owner,
        "header": f"{paper.owner} {paper.title}",
    }
    return saved(write_body(filled_template(PAPER, filling), _blocks(paper), {}), paper.title)


def _blocks(paper: PlanPaper) -> list[Block]:
    blocks: list[Block] = [Heading(1, "概要")]
    blocks += [Paragraph((line.zh,)) for line in paper.summary]
    if paper.basis:
        blocks.append(Paragraph((paper.basis,), "Note"))
    blocks += paper.pictures
    if paper.tables or paper.effects:
        blocks.append(Heading(1, "明细"))
    for number, table in enumerate(paper.effects):
        blocks += _table(table, f"effect{number}", most_rows=len(table.rows))
    for number, table in enumerate(paper.tables):
        blocks += _table(table, f"table{number}")
    if paper.pages:
        blocks += [Break("page"), Heading(1, "一校一策")]
        for number, page in enumerate(paper.pages):
            blocks += [Break("page")] if number else []  # each school's plan can be handed to its head
            blocks += page_blocks(page)
    return blocks


def _table(table: Table, key: str, most_rows: int = _MOST_ROWS) -> list[Block]:
    blocks: list[Block] = [Heading(2, table.name.zh)]
    if not table.rows:
        return [*blocks, Paragraph(("无。",))]
    columns = list(enumerate(table.columns))[:_MOST_COLUMNS]
    rows = tuple(
        tuple(_short(shown(row[place], column)) for place, column in columns)
        for row in table.rows[:most_rows]
    )
    aligns: tuple[Literal["left", "right"], ...] = tuple(
        "right" if is_number(column) else "left" for _, column in columns
    )
    heads = tuple(heading(column) for _, column in columns)
    widths = tuple(
        _width(
            [
                head[: max(_SHORT, -(-len(head) // 2))] if align == "right" else head,
                *(row[place] for row in rows),
            ]
        )
        for place, (head, align) in enumerate(zip(heads, aligns, strict=True))
    )  # the heading of a number may take two lines
    blocks.append(Printed(key, table.name.zh, heads, rows, widths, aligns, size_pt=_SMALL))
    if table.note is not None:
        blocks.append(Paragraph((table.note.zh,), "Note"))
    if len(table.rows) > len(rows) or len(table.columns) > len(columns):
        left_out = "、".join(heading(column) for column in table.columns[_MOST_COLUMNS:])
        words = f"共 {len(table.rows)} 行，此处列出前 {len(rows)} 行" + (
            f"；未列出的列：{left_out}" if left_out else ""
        )
        blocks.append(Paragraph((f"{words}；全部见行动清单。",), "Note"))
    return blocks


def _short(text: str) -> str:
    """What fits a cell: a row cannot be broken over two pages, and what runs off the page is lost."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 10]}……（全文见行动清单）"


def _width(texts: Sequence[str]) -> float:
    """A column's share of the page: as its longest words, within reason."""
    return float(min(22, max(5, *(len(text) for text in texts))))
