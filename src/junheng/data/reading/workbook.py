"""Reading a workbook (.xlsx, .xls, .ods) into grids, and finding cells not to be trusted.

python-calamine shows a formula that was never calculated, and an error such as #DIV/0!, as a blank cell. In an
.xlsx both can be told from the sheet's XML, so they are found there and reported instead of passing as blanks.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from junheng.data.reading.grid import Grid, column_number
from junheng.data.reading.guards import ARCHIVE_ERRORS, check_sheet_area, check_workbook, locked, unreadable
from junheng.data.reading.ods_guard import check_ods_area
from junheng.data.reading.preflight import require_survivable

_FORMULA_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b(?P<attributes>[^>]*\bt=[\"']e[\"'][^>]*)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
# Anything outside 104 columns × 99,999 rows (safe by itself) calls for a look at every cell.
# The pattern begins with fixed bytes, by which the search skips a million ordinary cells in no time.
_FAR = re.compile(rb"r=[\"'](?:[A-Za-z]{3,}\d|[D-Zd-z][A-Za-z]\d|[A-Za-z]{1,2}\d{6,}|\d{6,})")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")

Broken = Mapping[tuple[int, int], str]
Result = TypeVar("Result")


def read_workbook(content: bytes, name: str) -> list[Grid]:
    """All work sheets of a workbook. Raises UserError when it is refused."""
    check_workbook(content, name)
    broken = _scan_xlsx(content, name)
    check_ods_area(content, name)
    if not _is_xlsx(content):
        require_survivable(content, name)
    book = _carefully(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), name)
    return [
        _grid(book, meta.name, broken.get(meta.name, {}), name)
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet
    ]


def _is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK") and b"[Content_Types].xml" in content


def _grid(book: CalamineWorkbook, sheet: str, broken: Broken, name: str) -> Grid:
    found = _carefully(lambda: book.get_sheet_by_name(sheet), name)
    check_sheet_area(found.total_height, found.total_width, f"{name} [{sheet}]")
    rows = _carefully(lambda: found.to_python(skip_empty_area=False), name)
    return Grid(name, sheet, rows, broken, found.merged_cell_ranges)


def _carefully(call: Callable[[], Result], name: str) -> Result:
    """Run the parser; whatever it raises on a damaged file, a panic included, becomes the user's error."""
    try:
        return call()
    except PasswordError as error:
        raise locked(name) from error
    except (CalamineError, OSError, ValueError, TypeError, OverflowError) as error:
        raise unreadable(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust panics derive from BaseException
            raise unreadable(name) from error
        raise


def _scan_xlsx(content: bytes, name: str) -> dict[str, Broken]:
    """The broken cells of each sheet of an .xlsx; nothing for other formats. Refuses far-flung sheets."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = _sheet_parts(archive)
            return {
                sheet: _scan_sheet(archive.read(part), f"{name} [{sheet}]") for sheet, part in sheets.items()
            }
    except ARCHIVE_ERRORS as error:
        raise unreadable(name) from error


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the part of the archive that holds it; only parts that exist."""
    parts = set(archive.namelist())
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return {}
    targets = {}
    for relation in _elements(_RELATION, archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for sheet in _elements(_SHEET, archive.read("xl/workbook.xml")):
        part = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        if part in parts:
            found[sheet.get("name", "")] = part
    return found


def _elements(pattern: re.Pattern[str], xml: bytes) -> list[dict[str, str]]:
    text = xml.decode("utf-8", errors="replace")
    return [
        {key: html.unescape(first or second) for key, first, second in _ATTRIBUTE.findall(match[1])}
        for match in pattern.finditer(text)
    ]


def _scan_sheet(xml: bytes, where: str) -> Broken:
    _check_far_cells(xml, where)
    broken: dict[tuple[int, int], str] = {}
    if b":f" in xml or b"<f" in xml:
        for match in _FORMULA_WITHOUT_VALUE.finditer(xml):
            if not re.search(rb"\bt=[\"']str[\"']", match["attributes"]):  # a text formula may well give ""
                _note(broken, match["attributes"], "formula_without_value")
    if b't="e"' in xml or b"t='e'" in xml:
        for match in _ERROR_CELL.finditer(xml):
            _note(broken, match["attributes"], "error_cell")
    return broken


def _note(broken: dict[tuple[int, int], str], attributes: bytes, kind: str) -> None:
    if reference := _REFERENCE.search(attributes):
        broken[int(reference[2]) - 1, column_number(reference[1].decode())] = kind


def _check_far_cells(xml: bytes, where: str) -> None:
    spaced = b" =" in xml or b"= " in xml  # r = "XFD1" is good XML too
    if not spaced and not _FAR.search(xml):
        return
    height = width = 0
    for letters, digits in _FILLED_CELL.findall(xml):
        height = max(height, int(digits[:9]))
        width = max(width, column_number(letters[:6].decode()) + 1)
    check_sheet_area(height, width, where)
