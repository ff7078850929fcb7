"""On which page a heading will stand, for the contents' first look.

Word updates the page numbers of the contents on request (F9); until then they show these. All text is set in
fixed line pitches, so the reckoning does not depend on the face that stands in; where a line breaks still
does, a little.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from junheng.reports.word import blocks as b
from junheng.reports.word.sections import text_height_mm, text_width_mm
from junheng.reports.word.styles import (
    AFTER_TABLE_PT,
    BODY_LINE_PT,
    CAPTION_LINE_PT,
    CONTENTS_LINE_PT,
    HEADING_LINES_PT,
    LIST_LINE_PT,
    NOTE_LINE_PT,
)
from junheng.reports.word.table import line_pt, stays_whole

_PT_PER_MM = 72 / 25.4
_BODY_PT, _LIST_PT, _NOTE_PT = 14.0, 10.5, 9.0
_HEADING_BEFORE_PT = {1: 16.0, 2: 10.0, 3: 8.0}
_HEADING_AFTER_PT = {1: 8.0, 2: 6.0, 3: 4.0}
_PICTURE_LINE_PT = 3.0  # the line a picture stands on, and the gap to its caption
_CELL_SIDES_PT = 6.0
_CELL_GAP_PT = 2.5  # above and below the text, and the rule
_TABLE_RULE_PT = 1.25  # the strong line below a table
_SQUEEZE = 0.02  # of a line: punctuation gives way before a line more is begun
_NO_GAP = "，。；：、（）《》“”—–"


class Piece(NamedTuple):
    """What stays together on a page, in points. Of two meeting gaps the larger counts; none at a page's edge."""

    height: float
    before: float = 0.0
    after: float = 0.0


def page_numbers(blocks: Sequence[b.Block]) -> dict[int, int]:
    """Page of each heading by its position among the headings; the page after the cover is 1."""
    pages: dict[int, int] = {}
    page, used, gap, orientation = 1, 0.0, 0.0, "portrait"
    entries = sum(isinstance(block, b.Heading) and block.level <= 2 for block in blocks)
    for position, block in enumerate(blocks):
        height = text_height_mm(orientation) * _PT_PER_MM
        if isinstance(block, b.Break):
            page, used, gap = page + 1, 0.0, 0.0
            orientation = orientation if block.kind == "page" else block.kind
            continue
        for number, piece in enumerate(_pieces(block, orientation, entries)):
            before = max(gap, piece.before)
            needed = before + piece.height + _kept_with(blocks, position, orientation)
            needed += _TABLE_RULE_PT if isinstance(block, b.Table) else 0.0
            if used > 0 and used + needed > height:
                page, before = page + 1, 0.0
                used = _repeated_head(block, orientation) if number > 0 else 0.0
            if isinstance(block, b.Heading):
                pages[len(pages)] = page
            used, gap = used + before + piece.height, piece.after
    return pages


def _kept_with(blocks: Sequence[b.Block], position: int, orientation: str) -> float:
    """A heading stays with the beginning of what follows, and of what follows a further heading."""
    if not isinstance(blocks[position], b.Heading) or position + 1 >= len(blocks):
        return 0.0
    after = _pieces(blocks[position], orientation, 0)[0].after
    first = next(iter(_pieces(blocks[position + 1], orientation, 0)), Piece(0.0))
    return max(after, first.before) + first.height + _kept_with(blocks, position + 1, orientation)


def _repeated_head(block: b.Block, orientation: str) -> float:
    """The header row that a table shows again on each page."""
    if not isinstance(block, b.Table):
        return 0.0
    return _row_height(block.heads, _column_widths(block, orientation), block.size_pt)


def _pieces(block: b.Block, orientation: str, entries: int) -> list[Piece]:
    """The parts between which a page may end."""
    width = text_width_mm(orientation) * _PT_PER_MM
    if isinstance(block, b.Heading):
        level = block.level
        return [Piece(HEADING_LINES_PT[level], _HEADING_BEFORE_PT[level], _HEADING_AFTER_PT[level])]
    if isinstance(block, b.Contents):
        return [Piece(40.0), *[Piece(CONTENTS_LINE_PT)] * entries, Piece(BODY_LINE_PT)]
    if isinstance(block, b.Paragraph):
        return _paragraph(block, width)
    if isinstance(block, b.Editable):
        counts = [_lines(line, width, _BODY_PT, 2) for line in block.prompt.split("\n")]
        return [piece for count in counts for piece in _unsplit(count, BODY_LINE_PT)]
    if isinstance(block, b.Picture):
        height = block.height_mm * _PT_PER_MM + _PICTURE_LINE_PT + CAPTION_LINE_PT
        return [Piece(height, before=6.0, after=10.0)]
    if isinstance(block, b.Table):
        return _table(block, orientation)
    return []


def _paragraph(block: b.Paragraph, width: float) -> list[Piece]:
    text = "".join(_inline_text(part) for part in block.content)
    if block.style == "Note":
        return [Piece(_lines(text, width, _NOTE_PT, 0) * NOTE_LINE_PT, before=2.0, after=6.0)]
    if block.style == "NameList":
        return _unsplit(_lines(text, width, _LIST_PT, 2), LIST_LINE_PT)
    return _unsplit(_lines(text, width, _BODY_PT, 2), BODY_LINE_PT)


def _unsplit(lines: int, pitch: float) -> list[Piece]:
    """A paragraph leaves no single line alone on a page."""
    if lines <= 3:
        return [Piece(lines * pitch)]
    return [Piece(2 * pitch), *[Piece(pitch)] * (lines - 4), Piece(2 * pitch)]


def _inline_text(part: b.Inline) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, b.Reference):
        return "表10"
    # A tag is set small and raised: about half as wide as its characters.
    return part.text + ("i" * (len(part.id) - 1) if isinstance(part, b.Tagged) else "")


def _lines(text: str, width: float, size: float, indent: int) -> int:
    """Lines that ``text`` takes after an indent of so many characters."""
    return max(1, math.ceil((_ems(text) + indent) * size / max(width, size) - _SQUEEZE))


def _ems(text: str) -> float:
    """Width in ems: a Chinese character is one, Latin about half, and a quarter is put between the two."""
    total, before = 0.0, ""
    for letter in text:
        kind = "wide" if east_asian_width(letter) in "WFA" else "latin" if letter.isalnum() else ""
        total += 1.0 if kind == "wide" else 0.7 if letter.isupper() else 0.5
        total += 0.25 if {kind, before} == {"wide", "latin"} and letter not in _NO_GAP else 0.0
        before = "" if letter in _NO_GAP else kind
    return total


def _column_widths(table: b.Table, orientation: str) -> list[float]:
    width, total = text_width_mm(orientation) * _PT_PER_MM, sum(table.widths)
    return [width * share / total - _CELL_SIDES_PT for share in table.widths]


def _table(table: b.Table, orientation: str) -> list[Piece]:
    widths = _column_widths(table, orientation)
    rows = [_row_height(row, widths, table.size_pt) for row in (table.heads, *table.rows)]
    caption = Piece(CAPTION_LINE_PT, before=8.0, after=4.0) if table.caption else Piece(0.0)
    start = len(rows) if stays_whole(table) else 2
    first = Piece(caption.height + caption.after + sum(rows[:start]), before=caption.before)
    return [first, *[Piece(row) for row in rows[start:]], Piece(AFTER_TABLE_PT)]


def _row_height(row: Sequence[str | b.Cell], widths: Sequence[float], size: float) -> float:
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        value = cell if isinstance(cell, b.Cell) else b.Cell(cell)
        points = size - 2.5 if value.tag else size
        lines = max(lines, sum(_lines(line, width, points, 0) for line in value.text.split("\n")))
    return lines * line_pt(size) + _CELL_GAP_PT
