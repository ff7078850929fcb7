"""Problems found while reading: odd cells, unknown headings and sheets, located to the cell."""

from collections.abc import Mapping, Sequence

from junheng.basics import Text
from junheng.data.dictionary import ColumnSpec
from junheng.data.reading.grid import Grid, column_letter
from junheng.data.reading.headings import nearest_heading
from junheng.data.reading.years import NOTES_SHEET, YEAR_LABEL
from junheng.data.tables import Problem

_WHAT: Mapping[str, Text] = {
    "not_a_number": Text("不是数字", "is not a number"),
    "out_of_range": Text("数值超出可表示的范围", "is beyond the range of numbers"),
    "not_whole": Text("应为整数", "should be a whole number"),
    "not_a_boolean": Text("应为“是”或“否”", "should be yes or no"),
    "not_a_date": Text("不是日期（如 2024-06-30）", "is not a day (such as 2024-06-30)"),
    "not_a_year": Text("不是年份", "is not a year"),
    "unknown_value": Text("不在可选值之内", "is not one of the known values"),
    "code_damaged": Text(
        "代码被存成科学计数法，末尾数字已丢失", "is a code stored in scientific notation: digits are lost"
    ),
    "formula_without_value": Text("公式没有计算结果", "is a formula that was never calculated"),
    "error_cell": Text("公式结果是错误值", "is a formula error"),
}
_FIX: Mapping[str, Text] = {
    "formula_without_value": Text(
        "请用 Excel/WPS 打开、重新计算并保存", "open in Excel or WPS, recalculate and save"
    ),
    "code_damaged": Text(
        "请把该列设为文本格式后重新填写", "format the column as text and enter the code again"
    ),
}
_DEFAULT_FIX = Text("请改正该单元格；留空表示没有数据", "mend the cell; blank means no data")


def cell_problem(
    kind: str, table: str, column: ColumnSpec, grid: Grid, place: tuple[int, str], text: str
) -> Problem:
    """The problem of one cell. ``place`` is the 1-based row and the column letter. The cell counts as missing."""
    row, letter = place
    what = _WHAT[kind]
    shown = f"“{text}”" if text else ""
    fix = _FIX.get(kind, _DEFAULT_FIX)
    if kind == "unknown_value":
        names = "、".join(name.zh for name in column.values.values())
        fix = Text(
            f"可选：{names}", f"choose one of: {', '.join(name.en for name in column.values.values())}"
        )
    return Problem(
        check=f"read.{kind}",
        severity="logic",
        cause=f"read.{kind}:{table}.{column.name}" + (f":{text}" if kind == "unknown_value" else ""),
        what=Text(
            f"{column.heading.zh}{shown}{what.zh}，按缺失处理",
            f"{column.heading.en} {text!r} {what.en}; it counts as missing",
        ),
        fix=fix,
        table=table,
        column=column.name,
        file=grid.file,
        sheet=grid.sheet,
        row=row,
        cell=f"{letter}{row}",
        value=text,
    )


def unknown_column(table: str, heading: str, grid: Grid, row: int, index: int) -> Problem:
    """A heading that is no column of the table: its figures are not read, and that is said."""
    near = nearest_heading(table, heading)
    suggestion = Text(f"；最接近的是“{near}”", f"; the nearest is {near!r}") if near else Text("", "")
    shown = heading or Text("（空）", "(blank)").zh
    return Problem(
        check="read.unknown_column",
        severity="experience",
        cause=f"read.unknown_column:{table}:{heading}",
        what=Text(
            f"不认识的列“{shown}”，未读取{suggestion.zh}",
            f"unknown column {shown!r}, not read{suggestion.en}",
        ),
        fix=Text(
            f"若就是“{near}”，请改用该标题；否则可忽略" if near else "请核对标题；与评估无关可忽略",
            f"if it is {near!r}, use that heading; otherwise ignore"
            if near
            else "check the heading, or ignore it",
        ),
        table=table,
        file=grid.file,
        sheet=grid.sheet,
        row=row,
        cell=f"{column_letter(index)}{row}",
        value=heading,
    )


def unmapped_columns(headings: Sequence[str], grid: Grid, row: int) -> Problem:
    """The columns of a sheet that a mapping file does not use, as one problem."""
    names = "、".join(headings)
    return Problem(
        check="read.unmapped_columns",
        severity="experience",
        cause=f"read.unmapped_columns:{grid.file}:{grid.sheet}",
        what=Text(
            f"映射文件没有用到 {len(headings)} 列：{names}",
            f"the mapping does not use {len(headings)} columns: {', '.join(headings)}",
        ),
        fix=Text("与评估无关可忽略，否则请写入映射文件", "ignore it, or add them to the mapping file"),
        file=grid.file,
        sheet=grid.sheet,
        row=row,
        value=names,
    )


def unread_part(file: str, sheet: str, near: str) -> Problem:
    """A sheet or file that is no table: it is not read, and that is said."""
    suggestion = Text(f"；最接近的是“{near}”", f"; the nearest is {near!r}") if near else Text("", "")
    name = sheet or file
    return Problem(
        check="read.unknown_sheet",
        severity="experience",
        cause=f"read.unknown_sheet:{name}",
        what=Text(
            f"不认识的表“{name}”，未读取{suggestion.zh}", f"unknown table {name!r}, not read{suggestion.en}"
        ),
        fix=Text("请改用模板中的表名，或用映射文件", "use a sheet name of the template, or a mapping file"),
        file=file,
        sheet=sheet,
        value=name,
    )


def other_year(file: str, noted: int, years: Sequence[int]) -> Problem:
    """The year of the notes sheet is none of the rows' years, which decide."""
    found = "、".join(map(str, years))
    return Problem(
        check="read.other_year",
        severity="experience",
        cause=f"read.other_year:{file}",
        what=Text(
            f"“{NOTES_SHEET}”页的年份是 {noted}，而数据是 {found} 年，按 {found} 年评估",
            f"the notes sheet says {noted}, but the data are of {', '.join(map(str, years))}, which decides",
        ),
        fix=Text(
            f"请核对：改正“{NOTES_SHEET}”页，或改正“{YEAR_LABEL}”列、文件名、文件夹名",
            "check: mend the notes sheet, or the year column, the file name or the folder name",
        ),
        file=file,
        sheet=NOTES_SHEET,
        value=str(noted),
    )
