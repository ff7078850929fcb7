"""A roll's file as plain rows: .xlsx through calamine, .csv by the standard library.

A formula never calculated and an error such as #N/A look blank to a reader of values, and a blank mark is a
missing one: both are looked for in the sheet's own XML and come back as ``broken``. Older formats hide them, so
they are refused.
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, normalise

MAX_FILE_BYTES = 64 << 20  # a whole city's intake takes about 4 MB
MAX_UNPACKED_BYTES = 1 << 30
_BOOKS, _TEXTS = {".xlsx"}, {".csv", ".txt"}
_LARGEST_EXACT = 1e15  # Excel keeps 15 digits: a longer number in a number cell has lost its end
_CELL = re.compile(r"<c\b([^>]*?)(/>|>(.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v>[^<]+</v>|<is>")


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows[i]`` is row i + 1 of ``sheet``; ``broken``: 0-based (row, column) of cells not to be trusted."""

    file: str
    sheet: str
    rows: Sequence[Sequence[Any]]
    broken: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, and the letter of the column of each field in it."""

    file: str
    sheet: str
    row: int
    letters: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str = "") -> str:
        """A cell of the row as messages name it, or the row."""
        sheet = f"{self.file} [{self.sheet}]" if self.sheet else self.file
        letter = self.letters.get(name, "")
        return f"{sheet} {letter}{self.row}" if letter else f"{sheet} 第 {self.row} 行 row {self.row}"


def read_grids(path: Path) -> list[Grid]:
    """Every sheet of the file that holds anything. UserError: no such file, too large, damaged, locked, macros."""
    suffix = path.suffix.lower()
    if suffix not in _BOOKS | _TEXTS:
        raise _refused(path, f"不支持的文件类型“{suffix}”", f"file type {suffix!r} is not supported")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, "无法读取文件", f"the file cannot be read: {error.strerror}") from error
    if not content or len(content) > MAX_FILE_BYTES:
        raise _refused(path, "文件为空或过大", "the file is empty or too large")
    grids = _text_grid(path, content) if suffix in _TEXTS else _book_grids(path, content)
    return [grid for grid in grids if any(cell_text(cell) for row in grid.rows for cell in row)]


def cell_text(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601, "" when blank.

    >>> cell_text(12.0), cell_text(" 甲　区 "), cell_text(88.5)
    ('12', '甲 区', '88.5')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LARGEST_EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else normalise(str(cell))


def has_lost_digits(cell: object) -> bool:
    """Whether a number cell holds more digits than a spreadsheet keeps (an identity number typed as a number)."""
    return isinstance(cell, int | float) and abs(cell) >= _LARGEST_EXACT


def column_letter(index: int) -> str:
    """The spreadsheet's name of the 0-based column ``index``.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    return (column_letter(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def _text_grid(path: Path, content: bytes) -> list[Grid]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [Grid(path.name, "", list(csv.reader(io.StringIO(text, newline=""))))]
    raise _refused(path, "文字编码不是 UTF-8 或 GB18030", "the text is neither UTF-8 nor GB18030")


def _book_grids(path: Path, content: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    broken = _scan(path, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return [
            Grid(
                path.name,
                name,
                book.get_sheet_by_name(name).to_python(skip_empty_area=False),
                broken.get(name, frozenset()),
            )
            for name in names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(path, "工作簿已加密或损坏", "the workbook is locked or damaged") from error


def _scan(path: Path, content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Cells not to be trusted, by sheet (.xlsx); refuses macros and what unpacks without measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise _refused(path, "展开后过大", "it unpacks beyond measure")
            if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
                raise _refused(path, "工作簿含有宏", "the workbook contains macros")
            return {
                name: frozenset(_untrusted(archive.read(part).decode("utf-8", "replace")))
                for name, part in _sheet_parts(archive).items()
            }
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise _refused(path, "工作簿已加密或损坏", "the workbook is locked or damaged") from error


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part, as the workbook's relations say."""
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {a["Id"]: a.get("Target", "") for a in _attributes("Relationship", relations)}
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    parts = {a["name"]: targets.get(a.get("r:id", ""), "") for a in _attributes("sheet", book)}
    found = {name: part.lstrip("/") for name, part in parts.items() if part.endswith(".xml")}
    return {name: part if part.startswith("xl/") else f"xl/{part}" for name, part in found.items()}


def _attributes(tag: str, xml: str) -> list[dict[str, str]]:
    tags = re.findall(rf"<(?:\w+:)?{tag}\s([^>]*)>", xml)
    return [{name: unescape(value) for name, value in re.findall(r'([\w:]+)="([^"]*)"', t)} for t in tags]


def _untrusted(xml: str) -> list[tuple[int, int]]:
    found = []
    for attributes, _, inside in _CELL.findall(xml):
        is_error = 't="e"' in attributes
        is_uncalculated = "<f" in inside and 't="str"' not in attributes and not _VALUE.search(inside)
        place = re.search(r'\br="([A-Z]+)(\d+)"', attributes) if is_error or is_uncalculated else None
        if place:
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - 64
            found.append((int(place[2]) - 1, column - 1))
    return found


def _refused(path: Path, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=path.name,
        why=Text("未读取任何数据", "nothing was read"),
        fix=Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    )
