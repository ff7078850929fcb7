"""Colours and comments on the doubtful cells of a workbook."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from junheng.basics import Text
from junheng.data.annotate.copy import SheetNames
from junheng.data.tables import Problem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {"logic": "FFFF9999", "experience": "FFFFD966"}
SEVERITIES = {
    "logic": Text("逻辑（必须改正）", "logic (must be mended)"),
    "experience": Text("经验（可以说明）", "experience (may be explained)"),
}
AUTHOR = "均衡 Junheng"
_LONGEST = 2_000  # characters a comment shows without becoming a wall
_WIDTH, _LINE_HEIGHT, _LINE_CHARACTERS = 380, 18, 28


def cells_of(problem: Problem) -> list[str]:
    """The cells a problem points at: "F12+G12" is two."""
    return [cell for cell in problem.cell.split("+") if cell]


def mark_cells(workbook: "Workbook", names: SheetNames, problems: Iterable[Problem], list_title: str) -> None:
    """Colour and comment every cell of ``problems`` that lies in ``workbook``.

    Several problems of a cell share its comment, after what the officer had written there.
    """
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        title = names.get((problem.file, problem.sheet))
        if title is not None:
            for cell in cells_of(problem):
                found.setdefault((title, cell), []).append(problem)
    for (title, cell), members in found.items():
        _mark(_anchor(workbook[title], cell), members, list_title)


def _anchor(sheet: "Worksheet", coordinate: str) -> "Cell | MergedCell":
    """The cell itself; within a merged area its first cell, the only one that shows."""
    for area in sheet.merged_cells.ranges:
        if coordinate in area:
            return sheet.cell(area.min_row, area.min_col)
    cell: Cell = sheet[coordinate]
    return cell


def _mark(cell: "Cell | MergedCell", problems: Sequence[Problem], list_title: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    severity = min((problem.severity for problem in problems), key=("logic", "experience").index)
    cell.fill = PatternFill("solid", start_color=COLOURS[severity], end_color=COLOURS[severity])
    text = "\n\n".join(dict.fromkeys(_words(problem) for problem in problems))
    if cell.comment is not None:
        text = f"{cell.comment.text}\n\n{text}"
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…\n（全文见“{list_title}” | in full on the first sheet）"
    lines = sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, width=_WIDTH, height=_LINE_HEIGHT * (lines + 1))


def _words(problem: Problem) -> str:
    severity = SEVERITIES[problem.severity]
    return (
        f"【{severity.zh}】{problem.what.zh}\n办法：{problem.fix.zh}\n"
        f"[{severity.en}] {problem.what.en}\nWhat to do: {problem.fix.en}"
    )
