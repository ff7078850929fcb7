"""The template of an intake: 新生名册 with drop-downs, 编班计划, and how to fill them in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_file, heading_key
from junheng.class_formation.intake.columns import Column, load_columns

ROLL_SHEET, PLAN_SHEET, NOTES_SHEET = "新生名册", "编班计划", "填写说明"
_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same contents give the same bytes
_VALIDATED_ROWS = 2_000
_DROP_DOWNS = {"sex": ["男", "女"], "special": ["是", "否"], "flag": ["是", "否"]}
_NOTES = (
    Text(
        "红色标题的列必须有；第 2 行是示例，以 # 开头，读取时略过。",
        "Columns with a red heading are required; row 2 is an example (#) and is not read.",
    ),
    Text(
        "分数按原样填写；缺考写“缺考”或留空，不要填 0。",
        "Type marks as they are; write 缺考 or leave blank when there is none, never 0.",
    ),
    Text(
        "同班、双胞胎、回避写编号：同一组学生写同一编号，例如 1。",
        "Together, twins, apart: children of one group carry the same label, for example 1.",
    ),
    Text(
        "同一学校同年级重名的学生自动分到不同班。",
        "Children of one name in one grade are put in different classes automatically.",
    ),
    Text(
        "身份证号列请保持文本格式，否则末几位会丢失。",
        "Keep document numbers as text, else the last digits are lost.",
    ),
    Text(
        "姓名与证件号只用于生成加盐编号，不进入公开名单。",
        "Names and numbers only make salted ids; they never enter the public list.",
    ),
)


def write_intake_template(
    path: Path, *, marks: Sequence[str] = ("语文", "数学", "英语"), rows: Sequence[Mapping[str, str]] = ()
) -> None:
    """Write the workbook (.xlsx), empty or with ``rows`` (Chinese heading → text). UserError: it cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    columns = load_columns()
    listed = [*columns.roll.values(), *(columns.marks.get(name) or _subject(name) for name in marks)]
    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        book.set_properties({"title": "均衡 新生名册", "created": _CREATED})
        _write_sheet(book, ROLL_SHEET, listed, rows)
        _write_sheet(book, PLAN_SHEET, [*columns.plan.values()], [])
        _write_notes(book)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(5, str(error)) from error


def _subject(name: str) -> Column:
    if heading_key(name) in load_columns().by_key:
        raise UserError(
            Text(f"“{name}”不是科目", f"{name!r} is no subject"),
            where="marks",
            fix=Text("请写科目名称", "write the name of a subject"),
        )
    return load_columns().named(name)


def _write_sheet(book: Any, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> None:
    base = {"font_name": "微软雅黑", "font_size": 10, "border": 1, "border_color": "#C9D3DD"}
    head = {**base, "bold": True, "font_color": "#FFFFFF", "align": "center", "text_wrap": True}
    red, blue = (
        book.add_format({**head, "bg_color": "#C8553D"}),
        book.add_format({**head, "bg_color": "#3A6EA5"}),
    )
    example = book.add_format({**base, "italic": True, "font_color": "#8A97A5", "bg_color": "#F3F6F9"})
    text = book.add_format({"font_name": "微软雅黑", "font_size": 10, "num_format": "@"})
    plain = book.add_format({"font_name": "微软雅黑", "font_size": 10})
    sheet = book.add_worksheet(name)
    for i, column in enumerate(columns):
        is_number = column.kind in ("mark", "number")
        sheet.set_column(i, i, 20 if column.kind == "text" else 11, plain if is_number else text)
        sheet.write_string(0, i, column.title.zh, red if column.needed else blue)
        sheet.write_string(1, i, ("#示例 " if i == 0 else "") + column.example, example)
        if listed := _DROP_DOWNS.get(column.kind):
            sheet.data_validation(
                2, i, 1 + max(_VALIDATED_ROWS, len(rows)), i, {"validate": "list", "source": listed}
            )
        for number, row in enumerate(rows, 2):
            if found := row.get(column.title.zh, ""):
                (sheet.write_number if is_number and _is_number(found) else sheet.write_string)(
                    number,
                    i,
                    float(found) if is_number and _is_number(found) else found,
                    plain if is_number else text,
                )
    sheet.freeze_panes(2, 0)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _write_notes(book: Any) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    wrapped = book.add_format({"font_name": "微软雅黑", "font_size": 10, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 60, wrapped)
    for number, note in enumerate(_NOTES):
        sheet.write_string(number, 0, note.zh, wrapped)
        sheet.write_string(number, 1, note.en, wrapped)
