"""Officers' workbooks (.xlsx) as plain grids, with the guards that any file from outside needs.

Two things are not to be trusted to a reader that only shows values: a formula that was never calculated and an
error such as #N/A both look like blank cells. They are found in the sheet's XML and come back as ``broken``.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from junheng.basics import Text, UserError

MAX_FILE_BYTES = 100 * 1024 * 1024  # a city's applications take some 10 MB
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
MAX_CELLS = 20_000_000  # the reader lays out the whole rectangle up to the farthest cell

_REFERENCE = rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']"
# Within 104 columns and 99,999 rows a sheet is safe by itself; anything farther calls for a look at every cell.
_FAR = re.compile(rb"\br=[\"'](?:[A-Z]{3,}[0-9]|[D-Z][A-Z][0-9]|[A-Z]{1,2}[0-9]{6,})")
_CELL = re.compile(_REFERENCE)
_ERROR = re.compile(rb"<c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?" + _REFERENCE)
_UNCALCULATED = re.compile(
    rb"<c\b(?![^>]*\bt=[\"']str[\"'])[^>]*?"
    + _REFERENCE
    + rb"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[i]`` is row i + 1 of ``name`` in ``file``; ``broken`` holds 0-based (row, column) of bad cells."""

    file: str
    name: str
    rows: Sequence[Sequence[Any]]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: ``row`` from 1 (0: the sheet as a whole), ``column`` Excel's letter or ""."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        sheet = f" [{self.sheet}]" if self.sheet else ""
        cell = f"{self.column}{self.row}" if self.column else f"第 {self.row} 行 row {self.row}"
        return f"{self.file}{sheet}" + (f" {cell}" if self.row else "")


def column_letter(index: int) -> str:
    """Excel's name of the 0-based column ``index``.

    >>> column_letter(0), column_letter(26)
    ('A', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 0-based column of Excel's name; the inverse of ``column_letter``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def workbook_files(path: Path) -> list[Path]:
    """The workbook itself, or every .xlsx of a folder by name (office lock files left out).

    Raises UserError when there is none.
    """
    if path.is_file():
        return [path]
    found = (
        sorted(p for p in path.glob("*.xlsx") if not p.name.startswith(("~$", "."))) if path.is_dir() else []
    )
    if not found:
        raise _refuse(Text("没有找到 .xlsx 工作簿", "no .xlsx workbook found"), str(path))
    return found


def read_sheets(path: Path) -> list[Sheet]:
    """All work sheets of the workbook at ``path``.

    Raises UserError for what is no .xlsx, is locked, damaged, has macros, or would unpack without measure.
    """
    content = _content(path)
    broken = _scan(content, path.name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets}
    except PasswordError as error:
        raise _refuse(Text("工作簿已加密", "the workbook is encrypted"), path.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _refuse(Text("工作簿已损坏", "the workbook is damaged"), path.name) from error
    return [Sheet(path.name, name, rows, broken.get(name, {})) for name, rows in grids.items()]


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= MAX_FILE_BYTES else b""
    except OSError as error:
        raise _refuse(Text("文件无法读取", f"cannot be read: {error.strerror}"), path.name) from error
    if size > MAX_FILE_BYTES:
        raise _refuse(Text("文件过大", "the file is too large"), path.name)
    if path.suffix.lower() != ".xlsx" or not content.startswith(b"PK\x03\x04"):
        raise _refuse(Text("不是 .xlsx 工作簿", "no .xlsx workbook"), path.name)
    return content


def _scan(content: bytes, name: str) -> dict[str, dict[tuple[int, int], str]]:
    """Bad cells by sheet name; refuses bombs, macros and sheets too wide to hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename.lower() for part in parts}
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise _refuse(Text("展开后过大", "it unpacks beyond measure"), name)
            if any(part.endswith("vbaproject.bin") for part in names):
                raise _refuse(Text("工作簿含有宏", "the workbook contains macros"), name)
            return {
                title: _broken(archive.read(part), f"{name} [{title}]")
                for title, part in _parts(archive).items()
            }
    except _DAMAGED as error:
        raise _refuse(Text("工作簿已损坏", "the workbook is damaged"), name) from error


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part, by the workbook's own relations."""
    book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    targets = {
        found["Id"]: found["Target"] for found in _elements("Relationship", relations) if "Target" in found
    }
    return {
        sheet["name"]: "xl/" + target.removeprefix("/xl/")
        for sheet in _elements("sheet", book)
        if (target := targets.get(sheet.get("r:id", ""), "")).endswith(".xml")
    }


def _elements(tag: str, xml: str) -> list[dict[str, str]]:
    found = re.findall(rf"<(?:\w+:)?{tag}\b([^>]*)>", xml)
    return [{k: unescape(v) for k, v in re.findall(r"([\w:]+)=\"([^\"]*)\"", text)} for text in found]


def _broken(xml: bytes, where: str) -> dict[tuple[int, int], str]:
    if _FAR.search(xml):
        corners = [(int(row), column_number(letters.decode()) + 1) for letters, row in _CELL.findall(xml)]
        if max(row for row, _ in corners) * max(column for _, column in corners) > MAX_CELLS:
            raise _refuse(Text("工作表中有远处的多余单元格", "stray cells lie far away in the sheet"), where)
    found: dict[tuple[int, int], str] = {}
    for pattern, kind in ((_ERROR, "error"), (_UNCALCULATED, "uncalculated")):
        for letters, row in pattern.findall(xml):
            found[int(row) - 1, column_number(letters.decode())] = kind
    return found


def _refuse(what: Text, where: str) -> UserError:
    return UserError(
        what,
        where=where,
        why=Text("未读取任何数据", "nothing was read"),
        fix=Text(
            "请用 Excel 或 WPS 打开，去掉密码和宏，另存为 .xlsx",
            "open it, remove password and macros, save it as .xlsx",
        ),
    )
