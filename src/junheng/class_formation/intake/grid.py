"""A roll's file as plain rows: workbooks and text tables, through the reader of the room of data.

A formula never calculated and an error such as #N/A look blank to a reader of values, and a blank mark is a
missing one: they come back as ``broken``, in .xls and .ods together with formulas that give an empty text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from junheng.basics import Text, UserError, normalise
from junheng.data import Grid, read_sheets

_SUFFIXES = {".xlsx", ".xls", ".ods", ".csv", ".txt"}
_LARGEST_EXACT = 1e15  # Excel keeps 15 digits: a longer number in a number cell has lost its end


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
    if suffix not in _SUFFIXES:
        raise UserError(
            Text(f"不支持的文件类型“{suffix}”", f"file type {suffix!r} is not supported"),
            where=path.name,
            why=Text("未读取任何数据", "nothing was read"),
            fix=Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        )
    return [grid for grid in read_sheets(path) if any(cell_text(cell) for row in grid.rows for cell in row)]


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
