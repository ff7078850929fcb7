"""Tables: header row repeated on each page, rows never cut in two, widths fixed."""

import math
from collections.abc import Callable

from junheng.reports.word.blocks import Cell, Table
from junheng.reports.word.markup import bookmark, paragraph, run

NextId = Callable[[], int]

TAG_COLOUR = "8C8C8C"
MOST_WHOLE_ROWS = 10
MOST_WHOLE_LINES = 14
HEAD_FILL = "E9EEF4"
_TWIPS_PER_MM = 1440 / 25.4


def line_pt(size_pt: float) -> float:
    """The fixed line pitch of table text: rows are equally high whatever the face that stands in."""
    return float(math.ceil(size_pt * 1.33))


def _borders() -> str:
    """Strong lines above and below, thin grey ones between: the three-line table of official reports."""
    thin = 'w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"'
    thick = 'w:val="single" w:sz="10" w:space="0" w:color="000000"'
    return f"<w:tblBorders><w:top {thick}/><w:bottom {thick}/><w:insideH {thin}/><w:insideV {thin}/></w:tblBorders>"


def _cell(value: Cell, width: int, align: str, size_pt: float, next_id: NextId, head: bool = False) -> str:
    fill = HEAD_FILL if head else value.fill
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    half_points = round(2 * (size_pt - 2.5 if value.tag else size_pt))
    look = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    if value.tag:
        look = f'<w:color w:val="{TAG_COLOUR}"/>' + look
    if head:
        look = '<w:rFonts w:eastAsia="黑体"/>' + look
    content = run(value.text, properties=look) if value.text else ""
    if value.anchor:
        content = bookmark(value.anchor, next_id(), content)
    pitch = (
        f'<w:spacing w:before="20" w:after="20" w:line="{round(line_pt(size_pt) * 20)}" w:lineRule="exact"/>'
    )
    justify = f'{pitch}<w:jc w:val="{value.align or align}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(content, 'TableText', justify)}</w:tc>"
    )


def _row(cells: list[str], head: bool = False) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def stays_whole(table: Table) -> bool:
    """Whether the table is short enough to be kept on one page; a tall one would leave half a page empty."""
    return len(table.rows) <= MOST_WHOLE_ROWS and sum(map(_stated_lines, table.rows)) <= MOST_WHOLE_LINES


def _stated_lines(row: tuple[str | Cell, ...]) -> int:
    """Lines that a row's own line breaks ask for."""
    return 1 + max((cell if isinstance(cell, str) else cell.text).count("\n") for cell in row)


def _with_next(row: str) -> str:
    """The row, kept on the page of the next one."""
    style = '<w:pStyle w:val="TableText"/>'
    return row.replace(style, f"{style}<w:keepNext/>")


def table_markup(table: Table, width_mm: float, next_id: NextId) -> str:
    """The table (without its caption) as WordprocessingML, ``width_mm`` wide."""
    total = sum(table.widths)
    widths = [round(width_mm * _TWIPS_PER_MM * share / total) for share in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)

    def cells(row: tuple[str | Cell, ...], head: bool = False) -> list[str]:
        aligns = ("center",) * len(row) if head else table.aligns
        return [
            _cell(cell if isinstance(cell, Cell) else Cell(cell), width, align, table.size_pt, next_id, head)
            for cell, width, align in zip(row, widths, aligns, strict=True)
        ]

    rows = [_row(cells(table.heads, True), True)] + [_row(cells(row)) for row in table.rows]
    if stays_whole(table):
        rows = [_with_next(row) for row in rows[:-1]] + rows[-1:]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_borders()}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
