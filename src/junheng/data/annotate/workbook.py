"""Gives an officer the workbook back, doubtful cells coloured and commented; the input untouched.

An .xlsx is marked as it stands; a CSV, .xls, .ods or folder is first copied cell by cell into a new workbook.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError, atomic_file
from junheng.data.annotate.copy import SheetNames, open_copy
from junheng.data.annotate.listing import write_list
from junheng.data.annotate.marks import mark_cells
from junheng.data.checks.groups import group_problems
from junheng.data.tables import Problem

if TYPE_CHECKING:
    from openpyxl import Workbook


def write_marked(source: Path, problems: Sequence[Problem], out: Path) -> None:
    """What ``annotate`` does, as it says."""
    if out.suffix.lower() != ".xlsx":
        raise _refused(
            Text("标注结果应保存为 .xlsx", "the annotated workbook must be an .xlsx"),
            out,
            Text("请把输出文件名改为 .xlsx", "name it .xlsx"),
        )
    if out.exists() and out.resolve() == source.resolve():
        raise _refused(
            Text("不能覆盖输入文件", "the input must not be overwritten"),
            out,
            Text("请换一个输出文件名", "choose another name"),
        )
    workbook, names = open_copy(source)
    _mark(workbook, names, problems)
    with atomic_file(out) as temporary:
        workbook.save(temporary)


def _mark(workbook: "Workbook", names: SheetNames, problems: Sequence[Problem]) -> None:
    groups = group_problems(problems)
    listed = [problem for group in groups for problem in group.problems]
    title = write_list(workbook, names, groups)
    mark_cells(workbook, names, listed, title)
    workbook.active = 0
    for sheet in workbook.worksheets[1:]:
        # Several selected tabs would make Excel edit them all together.
        sheet.sheet_view.tabSelected = False


def _refused(what: Text, out: Path, fix: Text) -> UserError:
    return UserError(
        Text(f"无法写出标注结果：{what.zh}", f"Cannot annotate: {what.en}"), where=str(out), fix=fix
    )
