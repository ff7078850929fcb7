"""The sheets 说明 (how to fill in, the year) and 字段说明 (the dictionary) of the input workbook."""

from math import ceil
from typing import Any

from junheng.basics import UNITS, Text
from junheng.data.dictionary import ColumnSpec, load_dictionary
from junheng.data.reading.integrity import REQUIRED_TABLES
from junheng.data.reading.years import YEAR_LABEL
from junheng.data.template.formats import Look
from junheng.data.template.sheet import display_width, must_be_filled

_TYPES = {
    "text": Text("文字", "text"),
    "code": Text("代码（文本）", "code (text)"),
    "integer": Text("整数", "whole number"),
    "number": Text("数字", "number"),
    "boolean": Text("是/否", "yes/no"),
    "date": Text("日期", "day"),
    "enum": Text("选项", "choice"),
}
_STEPS = (
    Text(
        "先填上面的年份：9月1日时点所在的公历年（2024 即 2024/25 学年）。各表“年份”列留空时取它。",
        "Enter the year above: the calendar year of 1 September. A blank year column means this one.",
    ),
    Text(
        "“学校”“学段”两表必填（红色）；其他表有什么填什么。",
        "The sheets 学校 and 学段 are required (red); fill in the others as far as you have data.",
    ),
    Text(
        "带 * 的红色标题为必填列；灰色斜体的第二行是示例，可保留也可删除，不会当作数据。",
        "Red headings with * are required. The grey second row is an example and is never read as data.",
    ),
    Text(
        "没有数据就留空。空白、“-”、“无”、“N/A”都表示缺失，绝不会当作 0；确实为零请填 0。",
        "No data: leave blank. Blank, -, 无, N/A mean missing and never 0; if it is zero, enter 0.",
    ),
    Text(
        "单位写在标题里，可以改：如把“（元）”改成“（万元）”，整列即按万元读取；单元格里写“3.2万元”也可以。",
        "The unit stands in the heading and may be changed, e.g. to （万元）; a cell may say 3.2万元.",
    ),
    Text(
        "一贯制学校、完全中学在“学校”表一行，在“学段”“专任教师”表每个学段一行；校舍、经费按全校填一行。",
        "An all-through school has one row in 学校, one per stage in 学段 and 专任教师, and one in 校舍与设施 and 经费.",
    ),
    Text(
        "可以增删行、调整列的顺序、删除不用的表；请不要改标题文字（单位除外）。",
        "Rows may be added, columns re-ordered, unused sheets deleted; keep the words of the headings.",
    ),
    Text(
        "填好后运行 junheng check 本文件，会逐格指出问题。",
        "When done run: junheng check FILE. It points at every doubtful cell.",
    ),
)
_FIELD_HEADS = (
    "表",
    "标题",
    "英文列名",
    "类型",
    "单位",
    "必填",
    "可选值",
    "含义",
    "Meaning",
    "其他可识别的标题",
)
_NOTE_WIDTHS = (4, 18, 46, 58, 14)
_LINE_POINTS, _MARGIN_POINTS = 17, 6
_FILLED = 0.8  # of a line's width that words fill before they wrap: fonts differ from one office program to the next
_FIELD_WIDTHS = (14, 26, 24, 14, 10, 6, 44, 46, 46, 60)


def write_notes(sheet: Any, look: Look, year: int | None) -> None:
    """The first sheet: title, year, steps, list of tables."""
    sheet.hide_gridlines(2)
    for column, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 34)
    sheet.write_string(0, 1, "均衡 · 数据填报工作簿", look.title)
    sheet.write_string(
        1, 1, "Junheng input workbook: balanced development of compulsory education", look.subtitle
    )
    sheet.set_row(3, 26)
    sheet.write_string(3, 1, YEAR_LABEL, look.table_head)
    if year is None:
        sheet.write_blank(3, 2, None, look.entry)
    else:
        sheet.write_number(3, 2, year, look.entry)
    sheet.write_string(3, 3, "公历年，如 2024 | calendar year of 1 September", look.english)
    row = _write_steps(sheet, look, 5)
    _write_tables(sheet, look, row + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _write_steps(sheet: Any, look: Look, row: int) -> int:
    _section(sheet, look, row, "填写方法 | How to fill it in", 5)
    for number, step in enumerate(_STEPS, 1):
        row += 1
        sheet.set_row(row, _height(step))
        sheet.write_number(row, 0, number, look.english)
        sheet.merge_range(row, 1, row, 2, step.zh, look.text)
        sheet.merge_range(row, 3, row, 4, step.en, look.english)
    return row + 1


def _height(step: Text) -> float:
    """Points that hold both languages of a step as they wrap in their merged cells."""
    zh, en = sum(_NOTE_WIDTHS[1:3]), sum(_NOTE_WIDTHS[3:5])
    lines = max(ceil(display_width(step.zh) / (_FILLED * zh)), ceil(display_width(step.en) / (_FILLED * en)))
    return _LINE_POINTS * lines + _MARGIN_POINTS


def _write_tables(sheet: Any, look: Look, row: int) -> None:
    _section(sheet, look, row, "各表一览 | The sheets", 5)
    row += 1
    for column, head in enumerate(("表 Sheet", "内容", "Content", "是否必填"), 1):
        sheet.write_string(row, column, head, look.table_head)
    for table in load_dictionary().tables.values():
        row += 1
        sheet.set_row(row, 20)
        sheet.write_url(row, 1, f"internal:'{table.sheet.zh}'!A1", look.link, table.sheet.zh)
        sheet.write_string(row, 2, table.meaning.zh, look.table_cell)
        sheet.write_string(row, 3, table.meaning.en, look.table_cell)
        sheet.write_string(row, 4, "必填" if table.name in REQUIRED_TABLES else "有则填", look.table_cell)


def _section(sheet: Any, look: Look, row: int, title: str, width: int) -> None:
    sheet.set_row(row, 24)
    sheet.write_string(row, 1, title, look.section)
    for column in range(2, width):
        sheet.write_blank(row, column, None, look.section)


def write_fields(sheet: Any, look: Look) -> None:
    """The data dictionary, filterable, as the last sheet."""
    for index, (head, width) in enumerate(zip(_FIELD_HEADS, _FIELD_WIDTHS, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, head, look.table_head)
    row = 0
    for table in load_dictionary().tables.values():
        for column in table.columns.values():
            row += 1
            for index, text in enumerate(_field(table.sheet.zh, column)):
                sheet.write_string(row, index, text, look.table_cell)
    sheet.autofilter(0, 0, row, len(_FIELD_HEADS) - 1)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _field(sheet: str, column: ColumnSpec) -> tuple[str, ...]:
    return (
        sheet,
        column.heading.zh,
        column.name,
        _TYPES[column.type].zh,
        UNITS[column.unit].name.zh if column.unit else "",
        "是" if must_be_filled(column) else "",
        "、".join(name.zh for name in column.values.values()),
        column.meaning.zh,
        column.meaning.en,
        "、".join(column.aliases),
    )
