"""The workbooks handed out: the empty template, and the invitation links that are given once."""

import io
from collections.abc import Sequence

import xlsxwriter

from junheng.web.people.imports.columns import COLUMNS, MAX_ROWS, SHEETS, choice_texts
from junheng.web.people.models import Import

_NOTES = (
    "带 * 的列必填；不要改列名。不用的列可以空着。 | Columns with * are needed; keep the headings.",
    "代码、学年请按文本填，以免 Excel 改写（如丢掉开头的 0）。 | Write codes as text, or Excel drops leading zeros.",
    "上传后先看清单和错误，确认后才写入；要么全部写入，要么什么也不变。 | You see a list and all faults first; all or nothing.",
    "同一份文件重复导入不会重复新增。 | Importing the same file again changes nothing.",
)
_ORGANISATIONS = (
    "代码已有的行视为修改：改名、移到新的上级；代码未有的行视为新增。 | A known code changes name or place; an unknown one is new.",
)
_PEOPLE = (
    "同一单位同名同角色只认一人，第二人请单独邀请。 | Two of one name and role in one place: invite the second by hand.",
)


def template(what: str) -> bytes:
    """The empty workbook: the sheet to fill with its choices, and 说明."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE9F2", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEETS[Import.What(what)])
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(COLUMNS[what]):
            sheet.set_column(number, number, 24, text)
            sheet.write_string(0, number, column.title, head)
            if column.choices is not None:
                rule = {"validate": "list", "source": choice_texts(column.choices)}
                sheet.data_validation(1, number, MAX_ROWS, number, rule)
        _notes(book, what)
    return out.getvalue()


def _notes(book: "xlsxwriter.Workbook", what: str) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    notes = book.add_worksheet("说明")
    notes.set_column(0, 0, 24)
    notes.set_column(1, 1, 90, wrap)
    lines = [(column.title, f"{column.note.zh} | {column.note.en}") for column in COLUMNS[what]]
    more = _PEOPLE if what == Import.What.PEOPLE else _ORGANISATIONS
    for row, (left, right) in enumerate([*lines, *(("", note) for note in (*_NOTES, *more))]):
        notes.write_string(row, 0, left)
        notes.write_string(row, 1, right, wrap)


def links(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of invitation links: name, place, role, section, address, until. All cells are text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE9F2", "border": 1})
        sheet = book.add_worksheet("邀请链接")
        titles = ("姓名 Name", "单位 Place", "角色 Role", "科室 Section", "链接 Address", "有效至 Until")
        for number, title in enumerate(titles):
            sheet.set_column(number, number, 80 if number == titles.index("链接 Address") else 20)
            sheet.write_string(0, number, title, head)
        for line, row in enumerate(rows, 1):
            for number, value in enumerate(row):
                sheet.write_string(line, number, value)
    return out.getvalue()
