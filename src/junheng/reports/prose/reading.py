"""Reads a Word file or a plain text into passages with their places, tables apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as DocumentType
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from junheng.basics import Text, UserError
from junheng.reports.word.edits import open_report
from junheng.reports.word.markup import W

_MOST_BYTES = 64 * 1024 * 1024
_PLAIN = (".txt", ".md")
_HEADING = re.compile(r"(?:Heading|标题)\s*(\d)?")
_TAG = "FigureTag"  # the style of a figure's number: word/styles.py


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


_P, _TABLE, _CONTROL = _w("p"), _w("tbl"), _w("sdt")
_STYLE = f"{_w('rPr')}/{_w('rStyle')}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its number from 1 over the whole document, its place in words, its text, its heading.

    ``level`` is that of a heading of a Word file, from 1; 0 of any other paragraph.
    """

    number: int
    where: str
    text: str
    heading: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cell texts; ``number`` counts the tables from 1."""

    number: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def where(self) -> str:
        """The place in words."""
        return f"表{self.number} | table {self.number}"


@dataclass(frozen=True, slots=True)
class Prose:
    """A document: its paragraphs, its tables, and its whole text for the search of damaged passages."""

    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    text: str


def read_prose(path: Path) -> Prose:
    """The document at ``path`` (.docx, .txt or .md in UTF-8). Raises UserError when it cannot be read."""
    kind = path.suffix.lower()
    _require(path, kind)
    if kind == ".docx":
        return _word(open_report(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            Text("文本不是 UTF-8 编码", "The text is not UTF-8"),
            where=str(path),
            fix=Text("请另存为 UTF-8 编码", "save it again as UTF-8"),
        ) from error
    lines = enumerate(text.splitlines(), start=1)
    passages = tuple(Passage(n, f"第{n}行 | line {n}", line) for n, line in lines if line.strip())
    return Prose(passages, (), text)


def _require(path: Path, kind: str) -> None:
    if kind not in (".docx", *_PLAIN):
        raise UserError(
            Text(
                f"不能核对 {kind or '无扩展名'} 文件",
                f"A {kind or 'file without extension'} cannot be checked",
            ),
            where=str(path),
            fix=Text("请另存为 .docx 或 .txt", "save it as .docx or .txt"),
        )
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(
            Text("文件超过 64 MB", "The file is over 64 MB"),
            where=str(path),
            fix=Text("请去掉大图后再核对", "take out large pictures first"),
        )


def paragraphs_of(document: DocumentType) -> Iterator[Paragraph]:
    """The paragraphs of the body in order, those of tables left out: numbered alike here and when annotating.

    What people wrote into content controls is among them; a table of contents, which repeats the headings, is not.
    """
    for block in document.element.body.iterchildren():
        if block.tag == _P:
            yield Paragraph(block, document)
        elif block.tag == _CONTROL and block.find(f"{_w('sdtPr')}/{_w('docPartObj')}") is None:
            for inner in block.iter(_P):
                if not any(outer.tag == _TABLE for outer in inner.iterancestors()):
                    yield Paragraph(inner, document)


def _passages(document: DocumentType) -> Iterator[Passage]:
    heading = ""
    for number, paragraph in enumerate(paragraphs_of(document), start=1):
        level = _level(paragraph)
        text = _read(paragraph)
        heading = text if level else heading
        if text.strip():
            yield Passage(number, f"第{number}段 | ¶{number}", text, heading, level)


def _level(paragraph: Paragraph) -> int:
    name = (paragraph.style and paragraph.style.name) or ""
    found = _HEADING.match(name)
    return int(found[1] or 1) if found else 0


def _read(paragraph: Paragraph) -> str:
    """The text without the grey numbers that stand beside the figures of our own reports."""
    runs = paragraph._p.iter(_w("r"))
    tags = [run for run in runs if (style := run.find(_STYLE)) is not None and style.get(_w("val")) == _TAG]
    if not tags:
        return str(paragraph.text)
    shown = (run for run in paragraph.runs if run._r not in tags)
    return "".join(run.text for run in shown)


def _word(document: DocumentType) -> Prose:
    passages = tuple(_passages(document))
    tables = (block for block in document.iter_inner_content() if isinstance(block, WordTable))
    kept = tuple(
        Table(number, tuple(tuple(cell.text.strip() for cell in row.cells) for row in table.rows))
        for number, table in enumerate(tables, start=1)
    )
    return Prose(passages, kept, "\n".join(passage.text for passage in passages))
