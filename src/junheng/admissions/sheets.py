"""Officers' workbooks (.xlsx) as plain sheets, through the reader of the room of data.

Other formats are refused: a formula that was never calculated looks blank in them, and nothing else tells.
"""

from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data import Grid
from junheng.data import read_sheets as read_any_sheets


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


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """All work sheets of the workbook at ``path``.

    Raises UserError for what is no .xlsx, is locked, damaged, has macros, or would unpack without measure.
    """
    if path.suffix.lower() != ".xlsx":
        raise _refuse(Text("不是 .xlsx 工作簿", "no .xlsx workbook"), path.name)
    return read_any_sheets(path)


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
