"""Reading a workbook (.xlsx, .xls, .ods) into grids, the parser at work beside this program."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from junheng.data.reading.formula_errors import formula_errors
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import check_sheet_area, check_workbook, locked, unreadable
from junheng.data.reading.ods_guard import check_ods_area
from junheng.data.reading.preflight import require_survivable
from junheng.data.reading.split_sheet import HalvedSheet
from junheng.data.reading.xlsx_cells import Broken, Looked, broken_cells, check_far_cells

Result = TypeVar("Result")
Sheet: TypeAlias = CalamineSheet | HalvedSheet


def read_workbook(content: bytes, name: str) -> list[Grid]:
    """All work sheets of a workbook. Raises UserError when it is refused."""
    return open_workbook(content, name).grids()


def open_workbook(content: bytes, name: str) -> "Opened":
    """A workbook that is being parsed. Raises UserError when it is refused before that."""
    check_workbook(content, name)
    looked = check_far_cells(content, name)
    check_ods_area(content, name)
    if not _is_xlsx(content):
        require_survivable(content, name)
    return Opened(content, name, looked)


class Opened:
    """A workbook whose sheets a thread parses, one ahead of the sheet that is made into a grid.

    The parser runs outside the interpreter's lock, so that it takes a processor of its own, and a lone long sheet
    takes two. ``looked`` is what a first look at the workbook found.
    """

    def __init__(self, content: bytes, name: str, looked: Looked) -> None:
        self.content = content
        self._name = name
        self._suspects = looked.suspects
        self._long = looked.long
        self._thread = ThreadPoolExecutor(2)
        self._begun = self._thread.submit(self._begin)

    def is_parsed(self) -> bool:
        """Whether the first sheet is there, or the parser has failed."""
        return self._begun.done()

    def grids(self) -> list[Grid]:
        """All work sheets. Raises UserError on a damaged or locked workbook, and on a sheet too large."""
        broken = {**broken_cells(self.content, self._name, self._suspects), **formula_errors(self.content)}
        return [self._grid(sheet, broken.get(sheet.name, {})) for sheet in self._sheets()]

    def _sheets(self) -> Iterator[Sheet]:
        book, names, sheets = self._begun.result()
        for name in names:
            following = self._thread.submit(self._sheet, book, name)
            yield sheets.pop()
            sheets.append(following.result())
        yield from sheets

    def _begin(self) -> tuple[CalamineWorkbook, list[str], list[Sheet]]:
        """The workbook, its first work sheet, and the names of the others."""
        long, self._long = self._long, None
        if long is not None and (cut := long.halves()) is not None:
            below = self._thread.submit(lambda: self._open(cut.lower()))
            book, _, upper = self._open(cut.upper())
            _, _, lower = below.result()
            if upper and lower and (whole := HalvedSheet.of(upper[0], lower[0])) is not None:
                return book, [], [whole]
        return self._open(self.content)

    def _open(self, content: bytes) -> tuple[CalamineWorkbook, list[str], list[Sheet]]:
        book = _carefully(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), self._name)
        names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return book, names[1:], [self._sheet(book, name) for name in names[:1]]

    def _sheet(self, book: CalamineWorkbook, sheet: str) -> CalamineSheet:
        return _carefully(lambda: book.get_sheet_by_name(sheet), self._name)

    def _grid(self, sheet: Sheet, broken: Broken) -> Grid:
        check_sheet_area(sheet.total_height, sheet.total_width, f"{self._name} [{sheet.name}]")
        rows = _carefully(lambda: sheet.to_python(skip_empty_area=False), self._name)
        for row, column in broken:  # some programs keep a stale 0 beside the error they show
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = ""
        return Grid(self._name, sheet.name, rows, broken, sheet.merged_cell_ranges)


def _is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK") and b"[Content_Types].xml" in content


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
