"""Formula errors (#DIV/0!, #REF! …) in .ods and .xls, which the parser shows as blank cells.

A blank cell means that nobody reported anything; an error means that somebody did and it went wrong. The error
cells are therefore looked up beside the parser: in the XML of an .ods (OpenDocument 1.2, part 1, 9.1.4), and in the
records BOOLERR and FORMULA of an .xls ([MS-XLS] 2.4.24, 2.4.127 and 2.5.133).
"""

import html
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from itertools import product

from junheng.data.reading.compound_file import MAGIC, stream_of

ERROR = "error_cell"
_WORDS = rb"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}"
_ODS = re.compile(
    rb"<(?P<end>/?)table:(?P<kind>table-row|table-cell|covered-table-cell|table)(?![-\w])(?P<attributes>[^>]*)>"
    rb"(?P<error>\s*<text:p>(?:" + _WORDS + rb")</text:p>)?"
)
_ODS_MARK = re.compile(rb"value-type=\"error\"|<text:p>(?:" + _WORDS + rb")</text:p>")
_TIMES = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d{1,9})[\"']")
_NAME = re.compile(rb"table:name=\"([^\"]*)\"")
_BOF, _EOF, _BOUNDSHEET, _BOOLERR, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006
_STREAMS = ("Workbook", "Book")

Cells = dict[tuple[int, int], str]


def formula_errors(content: bytes) -> dict[str, Cells]:
    """By sheet, the 0-based (row, column) of each formula error of an .ods or .xls; nothing for other formats.

    What is damaged yields nothing: to refuse it is the parser's business.
    """
    try:
        if content.startswith(MAGIC):
            return _of_xls(stream_of(content, _STREAMS))
        if content.startswith(b"PK"):
            return _of_ods(content)
    except (struct.error, IndexError, ValueError, KeyError, zipfile.BadZipFile, OSError):
        return {}
    return {}


def _of_ods(content: bytes) -> dict[str, Cells]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        xml = archive.read("content.xml")
    found: dict[str, Cells] = {}
    if not _ODS_MARK.search(xml):
        return found
    sheet, row, column, repeat = "", 0, 0, 1
    for match in _ODS.finditer(xml):
        kind, attributes, end = match["kind"], match["attributes"], bool(match["end"])
        if kind == b"table":
            sheet, row = ("" if end else _sheet_name(attributes)), 0
        elif kind == b"table-row":
            row += repeat if end else 0
            column, repeat = 0, _times(attributes) if not end else 1
            row += repeat if attributes.endswith(b"/") else 0
        elif not end:
            wide = _times(attributes)
            if _is_error(attributes, match["error"]):
                places = product(range(row, row + repeat), range(column, column + wide))
                found.setdefault(sheet, {}).update(dict.fromkeys(places, ERROR))
            column += wide
    return found


def _is_error(attributes: bytes, shown: bytes | None) -> bool:
    return b'value-type="error"' in attributes or (shown is not None and b"table:formula=" in attributes)


def _sheet_name(attributes: bytes) -> str:
    match = _NAME.search(attributes)
    return html.unescape(match[1].decode("utf-8")) if match else ""


def _times(attributes: bytes) -> int:
    match = _TIMES.search(attributes)
    return int(match[1]) if match else 1


def _of_xls(stream: bytes) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for start, name in _xls_sheets(stream):
        cells = dict.fromkeys(_xls_errors(stream, start), ERROR)
        if cells:
            found[name] = cells
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, where its content begins, its length) of each record up to the end of the substream."""
    depth, place = 0, start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:  # a chart inside a sheet has records of its own
            yield kind, place + 4, length
        place += 4 + length


def _xls_sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    for kind, place, _ in _records(stream, 0):
        if kind == _BOUNDSHEET:
            start, _, size, is_wide = struct.unpack_from("<IHBB", stream, place)
            name = stream[place + 8 : place + 8 + size * (1 + (is_wide & 1))]
            yield start, name.decode("utf-16-le" if is_wide & 1 else "latin-1")


def _xls_errors(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    for kind, place, length in _records(stream, start):
        content = stream[place : place + length]
        typed = kind == _BOOLERR and content[7:8] == b"\x01"
        # The result of a formula is no number where it ends in FFFF; it then begins with 0 text, 1 truth, 2 error.
        computed = kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6:7] == b"\x02"
        if typed or computed:
            yield struct.unpack_from("<HH", content)
