"""Formula errors (#DIV/0!, #REF! …) in .ods and .xls, which the parser shows as blank cells.

A blank cell means that nobody reported anything; an error means that somebody did and it went wrong. The error
cells are therefore looked up beside the parser: in the XML of an .ods (OpenDocument 1.2, part 1, 9.1.4), and in the
records BOOLERR and FORMULA of an .xls ([MS-XLS] 2.4.24, 2.4.127 and 2.5.133).
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from itertools import product

from junheng.data.reading.cell_walk import ods_cells, ods_content, xls_records, xls_sheets
from junheng.data.reading.compound_file import MAGIC, stream_of

ERROR = "error_cell"
_WORDS = rb"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}"
_ODS_SHOWN = re.compile(rb"\s*<text:p>(?:" + _WORDS + rb")</text:p>")
_ODS_MARK = re.compile(rb"value-type=\"error\"|<text:p>(?:" + _WORDS + rb")</text:p>")
_BOOLERR, _FORMULA = 0x0205, 0x0006
STREAMS = ("Workbook", "Book")  # of an .xls, since Excel 97 and before

Cells = dict[tuple[int, int], str]


def formula_errors(content: bytes) -> dict[str, Cells]:
    """By sheet, the 0-based (row, column) of each formula error of an .ods or .xls; nothing for other formats.

    What is damaged yields nothing: to refuse it is the parser's business.
    """
    try:
        if content.startswith(MAGIC):
            return _of_xls(stream_of(content, STREAMS))
        if content.startswith(b"PK"):
            return _of_ods(content)
    except (struct.error, IndexError, ValueError, KeyError, zipfile.BadZipFile, OSError):
        return {}
    return {}


def _of_ods(content: bytes) -> dict[str, Cells]:
    xml = ods_content(content)
    found: dict[str, Cells] = {}
    if not _ODS_MARK.search(xml):
        return found
    for cell in ods_cells(xml):
        shown = _ODS_SHOWN.match(xml, cell.inside) is not None
        if b'value-type="error"' in cell.attributes or (shown and b"table:formula=" in cell.attributes):
            rows, columns = (
                range(cell.row, cell.row + cell.rows),
                range(cell.column, cell.column + cell.columns),
            )
            found.setdefault(cell.sheet, {}).update(dict.fromkeys(product(rows, columns), ERROR))
    return found


def _of_xls(stream: bytes) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for start, name in xls_sheets(stream):
        cells = dict.fromkeys(_xls_errors(stream, start), ERROR)
        if cells:
            found[name] = cells
    return found


def _xls_errors(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    for kind, place, length in xls_records(stream, start):
        content = stream[place : place + length]
        typed = kind == _BOOLERR and content[7:8] == b"\x01"
        # The result of a formula is no number where it ends in FFFF; it then begins with 0 text, 1 truth, 2 error.
        computed = kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6:7] == b"\x02"
        if typed or computed:
            yield struct.unpack_from("<HH", content)
