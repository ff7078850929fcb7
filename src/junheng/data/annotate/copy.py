"""The workbook to annotate: the officer's own .xlsx, or a copy of the cells of any other input."""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from junheng.basics import Text, UserError
from junheng.data.reading.files import DataFile, data_files
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import PARQUET_SUFFIXES, TEXT_SUFFIXES, check_workbook
from junheng.data.reading.text_file import read_text_file
from junheng.data.reading.workbook import read_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

# (file, sheet) as a problem names them → the title of the sheet in the annotated workbook.
SheetNames = Mapping[tuple[str, str], str]

MAX_ROWS = 1_048_576  # of a sheet of .xlsx
_MAX_TITLE = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def open_copy(source: Path) -> tuple["Workbook", SheetNames]:
    """A workbook in memory with the cells of ``source``, and where each of its sheets went.

    Parquet files have no cells and are left out. Raises UserError when ``source`` cannot be read, or does not
    fit a workbook.
    """
    files = [file for file in data_files(source)[0] if file.suffix not in PARQUET_SUFFIXES]
    if len(files) == 1 and files[0].suffix == ".xlsx":
        return _as_it_stands(files[0])
    return _copied(files)


def put(cell: "Cell | MergedCell", value: object) -> None:
    """Write ``value`` as data: a text beginning with “=” stays a text and is never run as a formula."""
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value  # type: ignore[assignment]  # numbers, dates and None, as read from a sheet


def free_title(workbook: "Workbook", wanted: str) -> str:
    """``wanted`` as a sheet title that Excel allows and no sheet has yet."""
    plain = _NOT_IN_TITLE.sub("_", wanted).strip("'")[:_MAX_TITLE] or "Sheet"
    taken = {title.casefold() for title in workbook.sheetnames}
    title, number = plain, 2
    while title.casefold() in taken:
        suffix = f" ({number})"
        title, number = plain[: _MAX_TITLE - len(suffix)] + suffix, number + 1
    return title


def _as_it_stands(file: DataFile) -> tuple["Workbook", SheetNames]:
    from openpyxl import load_workbook

    content = file.path.read_bytes()
    check_workbook(content, file.name)
    try:
        workbook = load_workbook(io.BytesIO(content))
    except (BadZipFile, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError):
        # A style openpyxl cannot read (XML errors are SyntaxErrors) must not cost the officer the marks: keep the cells at least.
        return _copied([file])
    return workbook, {(file.name, title): title for title in workbook.sheetnames}


def _copied(files: list[DataFile]) -> tuple["Workbook", SheetNames]:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    names: dict[tuple[str, str], str] = {}
    for file in files:
        for grid in _grids(file):
            stem = Path(file.name).stem
            wanted = grid.sheet if len(files) == 1 and grid.sheet else f"{stem} {grid.sheet}".strip()
            sheet = workbook.create_sheet(free_title(workbook, wanted))
            names[grid.file, grid.sheet] = sheet.title
            _fill(sheet, grid)
    return workbook, names


def _grids(file: DataFile) -> Iterator[Grid]:
    content = file.path.read_bytes()
    if file.suffix in TEXT_SUFFIXES:
        yield read_text_file(content, file.name)
    else:
        yield from read_workbook(content, file.name)


def _fill(sheet: "Worksheet", grid: Grid) -> None:
    if len(grid.rows) > MAX_ROWS:
        raise UserError(
            Text(f"行数超过工作表上限 {MAX_ROWS}", f"more rows than a sheet can hold ({MAX_ROWS})"),
            where=grid.where,
            fix=Text("请不用 --annotate，改看问题清单", "leave out --annotate and read the list"),
        )
    for i, row in enumerate(grid.rows, 1):
        for j, value in enumerate(row, 1):
            if value is not None and value != "":
                put(sheet.cell(i, j), value)
