"""Officers' workbooks (.xlsx, .xls, .ods) as plain sheets, through the reader of the room of data.

What the older formats show as blank though something may stand there – a formula never calculated – comes back as
``broken``, as in .xlsx: it blocks, and is never taken for a blank.
"""

from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data import Grid
from junheng.data import read_sheets as read_any_sheets

SUFFIXES = (".xlsx", ".xls", ".ods")
_IN_FOLDERS = (*SUFFIXES, ".xlsm")  # with macros: refused when read, never passed over in silence


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
    """The workbook itself, or every workbook of a folder by name (office lock files left out).

    Raises UserError when there is none.
    """
    if path.is_file():
        return [path]
    found = sorted(path.iterdir()) if path.is_dir() else []
    found = [p for p in found if p.suffix.lower() in _IN_FOLDERS and not p.name.startswith(("~$", "."))]
    if not found:
        raise _refuse(
            Text("没有找到 .xlsx、.xls 或 .ods 工作簿", "no workbook (.xlsx, .xls, .ods) found"), str(path)
        )
    return found


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """All work sheets of the workbook at ``path``.

    Raises UserError for what is no workbook, is locked, damaged, has macros, or would unpack without measure.
    """
    if path.suffix.lower() not in _IN_FOLDERS:
        raise _refuse(Text("不是 .xlsx、.xls 或 .ods 工作簿", "no workbook (.xlsx, .xls, .ods)"), path.name)
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
