"""The sheet 说明 of a return's workbook: whose it is, what to do, what does not fit on which sheet."""

from collections.abc import Sequence
from typing import Any

from junheng.basics import Text
from junheng.data.reading.grid import column_letter
from junheng.data.template.formats import Look
from junheng.data.template.return_layout import ReturnBook, Sheet

_STEPS = (
    Text(
        "只填黄色格子；灰色是上年数、标题和核对结果，已锁定。不需要联网。",
        "Fill the yellow cells only; grey ones (last year, headings, checks) are locked. No internet is needed.",
    ),
    Text(
        "黄色格里已有的是预填数，照实修改；没有数据就留空，留空表示缺失，不是 0；确实为零请填 0。",
        "Yellow cells come prefilled: put right what is not. Blank means missing, never 0; if it is zero, enter 0.",
    ),
    Text(
        "有下拉的格子请选；红色格子与本行其他数字不合，右边“核对”栏写明原因。",
        "Choose where there is a list; a red cell does not fit its row, and the column 核对 says why.",
    ),
    Text(
        "班级、专用教室可在下面空行添加；删除一行、增加学段请到网站上做。",
        "Classes and rooms may be added in the blank lines; remove a row, or add a stage, on the site.",
    ),
    Text(
        "不要改标题、表名和隐藏的表；不要另存为含宏的格式；公式可以用，保存时要有计算结果。",
        "Keep headings, sheet names and the hidden sheet; no macros; formulas may be used if saved with results.",
    ),
    Text(
        "填好后在网站本报表页“上传工作簿”：先列出将改动的每一格，确认后才保存。",
        "When done, upload it on the return's page: every change is shown first, and kept only when you agree.",
    ),
)
_WIDTHS = (4, 46, 60, 14)


def write_return_notes(sheet: Any, look: Look, book: ReturnBook, sheets: Sequence[Sheet]) -> None:
    """Title, steps, and the sheets with how much on each does not fit."""
    sheet.hide_gridlines(2)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 1, book.title.zh, look.title)
    sheet.write_string(1, 1, book.title.en, look.subtitle)
    sheet.write_string(3, 1, "填写方法 | How to fill it in", look.section)
    row = 3
    for number, step in enumerate(_STEPS, 1):
        row += 1
        sheet.set_row(row, 40)
        sheet.write_number(row, 0, number, look.english)
        sheet.write_string(row, 1, step.zh, look.text)
        sheet.write_string(row, 2, step.en, look.english)
    row += 2
    for index, head in enumerate(("表 Sheet", "内容 What it holds", "待核对 Doubtful"), 1):
        sheet.write_string(row, index, head, look.table_head)
    for one in sheets:
        row += 1
        sheet.set_row(row, 30)
        name, letter = one.table.sheet.zh, column_letter(one.check_column)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", look.link, f"{name} {one.table.sheet.en}")
        sheet.write_string(row, 2, f"{one.table.meaning.zh} {one.table.meaning.en}", look.table_cell)
        # at least one sign: a formula that gives an empty text is no doubt
        counted = f"COUNTIF('{name}'!{letter}2:{letter}{one.lines + 1},\"?*\")"
        sheet.write_formula(row, 3, f"={counted}", look.table_cell, 0)
    sheet.protect()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
