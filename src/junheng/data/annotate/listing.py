"""The first sheet of an annotated workbook: the causes, then every problem with a link to its cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from junheng.basics import STAGE_NAMES
from junheng.data.annotate.copy import MAX_ROWS, SheetNames, free_title, put
from junheng.data.annotate.marks import COLOURS, SEVERITIES, cells_of
from junheng.data.checks.groups import ProblemGroup
from junheng.data.reading.grid import short_cells
from junheng.data.tables import Problem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "问题清单"
MAX_LINKS = 65_530  # Excel drops the links of a sheet that has more
_WIDTHS = (22, 8, 56, 46, 44, 26, 14, 14, 10)
_LINE = 15  # points
_FIRST_WIDE = 0x2E7F  # letters beyond are twice as wide
_GROUP_HEADS = (
    *("类别\nSeverity", "处数\nPlaces", "原因\nCause", "为什么重要\nWhy it matters"),
    *("办法\nWhat to do", "首个位置\nFirst place"),
)
_PROBLEM_HEADS = (
    *("类别\nSeverity", "序号\nNo.", "问题\nProblem", "英文\nEnglish", "办法\nWhat to do", "位置\nPlace"),
    *("原值\nValue", "学校标识码\nSchool", "学段\nStage"),
)


def write_list(workbook: "Workbook", names: SheetNames, groups: Sequence[ProblemGroup]) -> str:
    """Put the list in front of ``workbook``'s sheets and return its title."""
    sheet = workbook.create_sheet(free_title(workbook, TITLE), 0)
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGHI"[index]].width = width
    _summary(sheet, groups)
    row = _table_head(sheet, 4, _GROUP_HEADS)
    for group in groups:
        _group_row(sheet, row, group, names)
        row += 1
    row = _table_head(sheet, row + 1, _PROBLEM_HEADS)
    head, links = row - 1, len(groups)
    for number, problem in enumerate((p for group in groups for p in group.problems), 1):
        if row == MAX_ROWS:
            put(sheet.cell(row, 3), "其余问题略 | further problems are left out")
            break
        _problem_row(sheet, row, number, problem, names if links < MAX_LINKS else {})
        row, links = row + 1, links + 1
    sheet.auto_filter.ref = f"A{head}:I{max(row - 1, head)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return str(sheet.title)


def _summary(sheet: "Worksheet", groups: Sequence[ProblemGroup]) -> None:
    from openpyxl.styles import Font

    put(sheet["A1"], "数据问题清单 | Data problems")
    sheet["A1"].font = Font(bold=True, size=14)
    counts = {
        severity: sum(group.count for group in groups if group.severity == severity)
        for severity in SEVERITIES
    }
    zh = "，".join(f"{name.zh} {counts[severity]} 处" for severity, name in SEVERITIES.items())
    en = ", ".join(f"{name.en}: {counts[severity]}" for severity, name in SEVERITIES.items())
    put(sheet["A2"], f"{zh} | {en}")


def _table_head(sheet: "Worksheet", row: int, heads: Sequence[str]) -> int:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, head in enumerate(heads, 1):
        cell = sheet.cell(row, column)
        put(cell, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFD9E1F2", end_color="FFD9E1F2")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = 2 * _LINE
    return row + 1


def _group_row(sheet: "Worksheet", row: int, group: ProblemGroup, names: SheetNames) -> None:
    first = group.samples[0]
    texts = [SEVERITIES[group.severity].zh, group.count]
    texts += [f"{text.zh}\n{text.en}".strip() for text in (group.title, group.why, group.fix)]
    _row(sheet, row, [*texts, _place(first)], group.severity, first, names)


def _problem_row(sheet: "Worksheet", row: int, number: int, problem: Problem, names: SheetNames) -> None:
    stage = STAGE_NAMES.get(problem.stage)
    texts = [SEVERITIES[problem.severity].zh, number, problem.what.zh, problem.what.en]
    texts += [
        f"{problem.fix.zh}\n{problem.fix.en}",
        _place(problem),
        problem.value,
        problem.school_id,
        stage.zh if stage else "",
    ]
    _row(sheet, row, texts, problem.severity, problem, names)


def _row(
    sheet: "Worksheet", row: int, texts: Sequence[Any], severity: str, located: Problem, names: SheetNames
) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    line = Side(style="thin", color="FFBFBFBF")
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(top=line, bottom=line, left=line, right=line)
    sheet.row_dimensions[row].height = _LINE * max(map(_lines, texts, _WIDTHS))
    sheet.cell(row, 1).fill = PatternFill("solid", start_color=COLOURS[severity], end_color=COLOURS[severity])
    _link(sheet, f"F{row}", located, names)


def _lines(text: object, width: int) -> int:
    """How many lines ``text`` takes in a column ``width`` characters wide, a Chinese one counting as two."""
    lines = str(text).split("\n")
    return sum(1 + sum(1 + (ord(letter) > _FIRST_WIDE) for letter in line) // width for line in lines)


def _place(problem: Problem) -> str:
    place = short_cells(problem.cell) or (f"第 {problem.row} 行" if problem.row else "")
    return " ".join(part for part in (problem.file, problem.sheet, place) if part)


def _link(sheet: "Worksheet", coordinate: str, problem: Problem, names: SheetNames) -> None:
    """A link to the first cell of the problem, or to its row; none where it has no place in the workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    title = names.get((problem.file, problem.sheet))
    if title is None or not problem.row:
        return
    target = (cells_of(problem) or [f"A{problem.row}"])[0]
    quoted = title.replace("'", "''")
    cell = sheet[coordinate]
    cell.hyperlink = Hyperlink(ref=coordinate, location=f"'{quoted}'!{target}", display=cell.value)
    cell.font = Font(color="FF0563C1", underline="single")
