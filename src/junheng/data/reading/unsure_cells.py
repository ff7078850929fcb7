"""Cells of .ods and .xls that the parser shows as blank, or as 0, though something may stand there.

A formula that was never calculated is the danger: a wish or a mark would be lost without a word. In .xlsx the XML
tells it from a formula that gives an empty text. Here nothing does – LibreOffice stores both alike – so both are named.

.ods: a formula, or a text, without a stored value (OpenDocument 1.2, part 1, 19.367–19.387).
.xls: a FORMULA whose stored result is the empty text, or one to be calculated on opening, beside which programs such
as Apache POI store 0 ([MS-XLS] 2.4.127, 2.5.133; bit 1 of its flags must be 0 otherwise).
"""

import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from junheng.basics import Text, UserError
from junheng.data.reading.cell_walk import OdsCell, ods_cells, ods_content, xls_records, xls_sheets
from junheng.data.reading.compound_file import MAGIC, stream_of
from junheng.data.reading.formula_errors import STREAMS, Cells
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import check_sheet_area, refuse

UNSURE = "formula_without_value"  # as it is called in .xlsx
_VALUE = re.compile(rb"office:(?:\w+-)?value=")
_CLOSES = re.compile(rb"</table:(?:covered-)?table-cell>")
_PIECE = re.compile(
    rb"<(?P<end>/?)(?P<beside>office:annotation|draw:)?[^>]*?(?P<lone>/?)>|(?P<words>[^<]*[^<\s][^<]*)"
)
_FORMULA, _BIFF8 = 0x0006, 0x0600
_FORMULA_HEAD = 16  # bytes up to its flags: row, column, format, result, flags
_EMPTY_TEXT, _ON_OPENING = 3, 2


def with_unsure_cells(grids: Sequence[Grid], content: bytes, name: str) -> tuple[Grid, ...]:
    """The sheets with every such cell among ``broken``, its value "". An .xlsx comes back as it is.

    A sheet grows to hold them all. Of a run of equal cells the first is named. Raises UserError for what cannot be
    looked through, such as an .xls of Excel 95.
    """
    try:
        found = _of_xls(content) if content.startswith(MAGIC) else _of_ods(content)
    except (struct.error, IndexError, ValueError, KeyError, zipfile.BadZipFile, OSError) as error:
        raise _opaque(name) from error
    if not found.keys() <= {grid.sheet for grid in grids}:
        raise _opaque(name)
    return tuple(_marked(grid, found[grid.sheet]) if grid.sheet in found else grid for grid in grids)


def with_unsure_in_rows(grids: Sequence[Grid], content: bytes, name: str) -> list[Grid]:
    """The sheets of a return, marked in the rows that say something else, too.

    Returns are often forms whose formulas are filled down over blank rows: those say nothing and are left alone. A
    workbook that cannot be looked through comes back as it is.
    """
    try:
        marked = with_unsure_cells(grids, content, name)
    except UserError:
        return list(grids)
    return [_in_rows(before, after) for before, after in zip(grids, marked, strict=True)]


def _in_rows(before: Grid, after: Grid) -> Grid:
    new = {
        place: kind
        for place, kind in after.broken.items()
        if place not in before.broken and place[0] < len(before.rows) and any(_says(after.rows[place[0]]))
    }
    if not new:
        return before
    width = max(column + 1 for _, column in new)
    rows = [list(row) for row in before.rows]
    for row, column in new:
        rows[row] += [""] * (width - len(rows[row]))
        rows[row][column] = ""
    return replace(before, rows=rows, broken={**new, **before.broken})


def _says(row: Sequence[object]) -> Iterator[bool]:
    return (cell not in ("", None) for cell in row)


def _marked(grid: Grid, cells: Cells) -> Grid:
    height = max(len(grid.rows), *(row + 1 for row, _ in cells))
    width = max(*(len(row) for row in grid.rows), *(column + 1 for _, column in cells), 0)
    check_sheet_area(height, width, grid.where)
    rows = [[*row, *[""] * (width - len(row))] for row in grid.rows]
    rows += [[""] * width for _ in range(height - len(rows))]
    for row, column in cells:
        rows[row][column] = ""
    return replace(grid, rows=rows, broken={**cells, **grid.broken})


def _of_ods(content: bytes) -> dict[str, Cells]:
    xml = ods_content(content)
    found: dict[str, Cells] = {}
    for cell in ods_cells(xml):
        if _is_unsure(xml, cell):
            found.setdefault(cell.sheet, {})[cell.row, cell.column] = UNSURE
    return found


def _is_unsure(xml: bytes, cell: OdsCell) -> bool:
    if _VALUE.search(cell.attributes):
        return False
    is_formula, says = b"table:formula=" in cell.attributes, _says_something(xml, cell)
    if b'office:value-type="string"' in cell.attributes:
        return is_formula and not says  # else the text is the value
    return is_formula or says


def _says_something(xml: bytes, cell: OdsCell) -> bool:
    """Whether the cell shows a text; notes and drawings beside it do not count."""
    if cell.attributes.endswith(b"/"):
        return False
    end = _CLOSES.search(xml, cell.inside)
    depth = 0
    for piece in _PIECE.finditer(xml, cell.inside, end.start() if end else len(xml)):
        if piece["words"] and not depth:
            return True
        if piece["beside"] and not piece["lone"]:
            depth += -1 if piece["end"] else 1
    return False


def _of_xls(content: bytes) -> dict[str, Cells]:
    stream = stream_of(content, STREAMS)
    (version,) = struct.unpack_from("<H", stream, 4)
    if version != _BIFF8:
        raise ValueError("the records of other versions are laid out otherwise")
    found = {
        name: dict.fromkeys(_unsure_formulas(stream, start), UNSURE) for start, name in xls_sheets(stream)
    }
    return {name: cells for name, cells in found.items() if cells}


def _unsure_formulas(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    for kind, place, length in xls_records(stream, start):
        if kind != _FORMULA or length < _FORMULA_HEAD:
            continue
        row, column, _, result, mark, flags = struct.unpack_from("<HHH6sHH", stream, place)
        if flags & _ON_OPENING or (mark == 0xFFFF and result[0] == _EMPTY_TEXT):
            yield row, column


def _opaque(name: str) -> Exception:
    return refuse(
        Text(
            "这种旧格式的工作簿无法逐格核对公式",
            "the formulas of a workbook of this format cannot be looked through",
        ),
        name,
        Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        Text(
            "未计算的公式会被当作空白，未读取任何数据",
            "a formula never calculated would pass as blank; nothing was read",
        ),
    )
