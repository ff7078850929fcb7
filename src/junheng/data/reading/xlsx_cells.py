"""What only the XML of an .xlsx tells: cells far apart, formulas never calculated, formula errors.

python-calamine shows a formula that was never calculated, and an error such as #DIV/0!, as a blank cell. Both are
found here and reported instead of passing as blanks. Far-flung cells are found before the parser lays the sheet out.
"""

import html
import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import IO, TypeVar

from junheng.data.reading.grid import column_number
from junheng.data.reading.guards import ARCHIVE_ERRORS, check_sheet_area, unreadable
from junheng.data.reading.split_sheet import LONG, LongSheet

_FORMULA_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b(?P<attributes>[^>]*\bt=[\"']e[\"'][^>]*)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = 1 << 20  # bytes unpacked at a time
_AHEAD = 24  # blocks unpacked before they are asked for

Broken = Mapping[tuple[int, int], str]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look at an .xlsx tells: sheets with a formula or an error, and a lone long sheet."""

    suspects: frozenset[str] = frozenset()
    long: LongSheet | None = None


def check_far_cells(content: bytes, name: str) -> Looked:
    """A first look at every sheet of an .xlsx; nothing is found in other formats.

    Raises UserError for a sheet whose cells lie too far apart.
    """
    long: list[LongSheet] = []

    def check(archive: zipfile.ZipFile, part: str, where: str) -> bool:
        with archive.open(part) as stream:
            pieces = _pieces(stream)
            first = next(pieces)
            from junheng.data.reading.xlsx_look import look  # loads numpy while the sheet is being unpacked

            kept: list[bytes] = []
            is_long = archive.getinfo(part).file_size >= LONG and len(_sheet_parts(archive)) == 1
            seen = []
            for piece in chain([first], pieces):
                seen.append(look(piece))
                kept += [piece] if is_long else []
        if any(found.far for found in seen):
            _check_area(archive.read(part), where)
        if is_long:
            long.append(LongSheet(content, part, kept))
        return any(found.formula for found in seen)

    odd = _each_sheet(content, name, check)
    return Looked(frozenset(sheet for sheet, is_odd in odd.items() if is_odd), long[0] if long else None)


def broken_cells(content: bytes, name: str, sheets: frozenset[str]) -> dict[str, Broken]:
    """The formulas of ``sheets`` of an .xlsx that have no value or an error."""
    if not sheets:
        return {}
    return _each_sheet(content, name, lambda archive, part, _: _broken(archive.read(part)), sheets)


def _each_sheet(
    content: bytes,
    name: str,
    look_at: Callable[[zipfile.ZipFile, str, str], Result],
    wanted: frozenset[str] | None = None,
) -> dict[str, Result]:
    """What ``look_at`` (archive, part, place) finds in each sheet (or just ``wanted``), by the sheet's name."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {
                sheet: look_at(archive, part, f"{name} [{sheet}]")
                for sheet, part in _sheet_parts(archive).items()
                if wanted is None or sheet in wanted
            }
    except ARCHIVE_ERRORS as error:
        raise unreadable(name) from error


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end between two tags; some are unpacked while another is looked at."""
    rest = b""
    with ThreadPoolExecutor(1) as ahead:
        following = deque(ahead.submit(stream.read, _BLOCK) for _ in range(_AHEAD))
        while block := following.popleft().result():
            following.append(ahead.submit(stream.read, _BLOCK))
            cut = block.rfind(b"<")
            if cut < 0:
                rest += block
                continue
            yield rest + block[:cut]
            rest = block[cut:]
    yield rest


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


def _check_area(xml: bytes, where: str) -> None:
    height = width = 0
    for letters, digits in _FILLED_CELL.findall(xml):
        height = max(height, int(digits[:9]))
        width = max(width, column_number(letters[:6].decode()) + 1)
    check_sheet_area(height, width, where)


def _broken(xml: bytes) -> Broken:
    broken: dict[tuple[int, int], str] = {}
    for match in _FORMULA_WITHOUT_VALUE.finditer(xml):
        if not re.search(rb"\bt=[\"']str[\"']", match["attributes"]):  # a text formula may well give ""
            _note(broken, match["attributes"], "formula_without_value")
    for match in _ERROR_CELL.finditer(xml):
        _note(broken, match["attributes"], "error_cell")
    return broken


def _note(broken: dict[tuple[int, int], str], attributes: bytes, kind: str) -> None:
    if reference := _REFERENCE.search(attributes):
        broken[int(reference[2]) - 1, column_number(reference[1].decode())] = kind
