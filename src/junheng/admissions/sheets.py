"""Officers' workbooks (.xlsx, .xls, .ods) as plain sheets, and the forms of schools, pools and zones.

What the older formats show as blank though something may stand there – a formula never calculated – comes back as
``broken``, as in .xlsx: it blocks, and is never taken for a blank.
"""

from functools import cache
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data import Grid
from junheng.data import read_sheets as read_any_sheets
from junheng.data.books import Form, files_in, load_forms

SUFFIXES = (".xlsx", ".xls", ".ods")
_IN_FOLDERS = (*SUFFIXES, ".xlsm")  # with macros: refused when read, never passed over in silence


@cache
def form(table: str) -> Form:
    """The headings of ``table`` (school, pool or zone), from ``headings.csv``: readers and templates follow it."""
    return load_forms(Path(__file__).with_name("headings.csv"))[table]


def workbook_files(path: Path) -> list[Path]:
    """The workbook itself, or every workbook of a folder by name (office lock files left out).

    Raises UserError when there is none.
    """
    found = files_in(path, _IN_FOLDERS)
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
