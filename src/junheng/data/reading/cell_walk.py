"""Walks through the cells of an .ods and the records of an .xls, for what the parser does not tell.

OpenDocument 1.2, part 1, 9.1.4 (runs of equal rows and cells); [MS-XLS] 2.1.4 and 2.4.28 (substreams, BOUNDSHEET).
"""

import html
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    rb"<(?P<end>/?)table:(?P<kind>table-row|table-cell|covered-table-cell|table)(?![-\w])(?P<attributes>[^>]*)>"
)
_TIMES = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d{1,9})[\"']")
_NAME = re.compile(rb"table:name=\"([^\"]*)\"")
_BOF, _EOF, _BOUNDSHEET = 0x0809, 0x000A, 0x0085


class OdsCell(NamedTuple):
    """A run of ``rows`` × ``columns`` equal cells from the 0-based ``row`` and ``column``; ``inside``: where it begins."""

    sheet: str
    row: int
    column: int
    rows: int
    columns: int
    attributes: bytes
    inside: int


def ods_content(content: bytes) -> bytes:
    """The cells of an .ods as XML; nothing for another archive. Raises BadZipFile, OSError and the like on damage."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("content.xml") if "content.xml" in archive.namelist() else b""


def ods_cells(xml: bytes) -> Iterator[OdsCell]:
    """Every cell of every sheet, empty ones too."""
    sheet, row, column, repeat = "", 0, 0, 1
    for match in _TAG.finditer(xml):
        kind, attributes, end = match["kind"], match["attributes"], bool(match["end"])
        if kind == b"table":
            sheet, row = ("" if end else _sheet_name(attributes)), 0
        elif kind == b"table-row":
            row += repeat if end else 0
            column, repeat = 0, _times(attributes) if not end else 1
            row += repeat if attributes.endswith(b"/") else 0
        elif not end:
            wide = _times(attributes)
            yield OdsCell(sheet, row, column, repeat, wide, attributes, match.end())
            column += wide


def _sheet_name(attributes: bytes) -> str:
    match = _NAME.search(attributes)
    return html.unescape(match[1].decode("utf-8")) if match else ""


def _times(attributes: bytes) -> int:
    match = _TIMES.search(attributes)
    return int(match[1]) if match else 1


def xls_records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
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


def xls_sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Where the substream of each sheet begins, and its name. Raises struct.error on damage."""
    for kind, place, _ in xls_records(stream, 0):
        if kind == _BOUNDSHEET:
            start, _, size, is_wide = struct.unpack_from("<IHBB", stream, place)
            name = stream[place + 8 : place + 8 + size * (1 + (is_wide & 1))]
            yield start, name.decode("utf-16-le" if is_wide & 1 else "latin-1")
