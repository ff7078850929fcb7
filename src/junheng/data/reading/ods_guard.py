"""How large an .ods sheet really is: repeated rows and cells let a few bytes claim all memory.

OpenDocument writes "this row 1,000,000 times". The reader unrolls such runs, so the rectangle up to the last
cell that holds something is measured here first. Trailing empty runs, which every office writes, do not count.
"""

import io
import re
import zipfile

from junheng.data.reading.guards import ARCHIVE_ERRORS, check_sheet_area, unreadable

_TAG = re.compile(
    rb"<(?P<end>/?)table:(?P<kind>table-row|table-cell|covered-table-cell|table)\b(?P<attributes>[^>]*)>"
)
_COLUMNS = re.compile(rb"number-columns-repeated=[\"'](\d{1,9})[\"']")
_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d{1,9})[\"']")


def check_ods_area(content: bytes, name: str) -> None:
    """Refuse an .ods with a sheet beyond the limit; other formats pass."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" not in archive.namelist():
                return
            xml = archive.read("content.xml")
    except ARCHIVE_ERRORS as error:
        raise unreadable(name) from error
    for height, width in measure(xml):
        check_sheet_area(height, width, name)


def measure(xml: bytes) -> list[tuple[int, int]]:
    """Height and width of every sheet in ``content.xml``, up to the last cell that holds something."""
    sheets: list[tuple[int, int]] = []
    row = height = column = filled = width = repeat = 0
    for match in _TAG.finditer(xml):
        kind, attributes, end = match["kind"], match["attributes"], match["end"]
        if kind == b"table" and end:
            sheets.append((height, width))
            row = height = width = 0
        elif kind == b"table-row" and not end:
            column = filled = 0
            repeat = _times(_ROWS, attributes)
            row += repeat if attributes.endswith(b"/") else 0
        elif kind == b"table-row":
            row += repeat
            height, width = (row if filled else height), max(width, filled)
        elif kind.endswith(b"table-cell") and not end:
            column += _times(_COLUMNS, attributes)
            filled = column if b"value" in attributes or not attributes.endswith(b"/") else filled
    return [*sheets, (height, width)]


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1]) if match else 1
