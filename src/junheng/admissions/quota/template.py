"""The empty input workbook: headings, drop-downs, and a sheet that explains every column."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from junheng.admissions.quota.columns import SERIES, sheets
from junheng.basics import atomic_file
from junheng.data.books import Heading

_SERIES_LENGTH = 3  # columns of a series in the empty template: 志愿1 to 志愿3
_WIDTH = 16
_ROWS = 5000  # as far as the drop-downs reach
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def write_quota_template(path: Path, rows: Rows | None = None) -> None:
    """Write the workbook to ``path``, filled with ``rows`` (sheet → column → value; a series takes a list) if given.

    Raises UserError where it cannot be written. The bytes depend on nothing but ``rows``.
    """
    from xlsxwriter import Workbook

    with atomic_file(path) as temporary:
        book = Workbook(str(temporary), {"strings_to_numbers": False, "strings_to_formulas": False})
        book.set_properties({"created": datetime(2027, 1, 1, tzinfo=UTC)})
        face = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
        head = {
            **face,
            "bold": True,
            "border": 1,
            "text_wrap": True,
            "align": "center",
            "font_color": "#FFFFFF",
        }
        shapes = {
            "required": book.add_format({**head, "bg_color": "#C8553D"}),
            "optional": book.add_format({**head, "bg_color": "#3A6EA5"}),
            "text": book.add_format({**face, "text_wrap": True}),
            "code": book.add_format({**face, "num_format": "@"}),
        }
        for sheet in sheets():
            _sheet(book, shapes, sheet.title.zh, sheet.headings.values(), (rows or {}).get(sheet.table, ()))
        _explain(book, shapes)
        book.close()


def _sheet(
    book: Any,
    shapes: Mapping[str, Any],
    title: str,
    columns: Iterable[Heading],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    page = book.add_worksheet(title)
    page.set_row(0, 34)
    place = 0
    for column in columns:
        length = 1
        if column.kind in SERIES:
            length = max((len(row.get(column.name) or ()) for row in rows), default=_SERIES_LENGTH)
        for number in range(1, length + 1):
            words = column.title.zh + (str(number) if column.kind in SERIES else "")
            star = "*" if column.is_required and number == 1 else ""
            page.set_column(place, place, _WIDTH, shapes["code"] if "code" in column.kind else shapes["text"])
            page.write_string(0, place, words + star, shapes["required" if star else "optional"])
            _choices(page, column, place)
            _values(page, shapes, column, place, number, rows)
            place += 1
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _choices(page: Any, column: Heading, place: int) -> None:
    choices = {"boolean": ["是", "否"], "level": ["市级", "区级"]}.get(column.kind)
    if choices:
        page.data_validation(1, place, _ROWS, place, {"validate": "list", "source": choices})


def _values(
    page: Any,
    shapes: Mapping[str, Any],
    column: Heading,
    place: int,
    number: int,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    for line, row in enumerate(rows, start=1):
        value = row.get(column.name)
        if column.kind in SERIES:
            value = value[number - 1] if value is not None and len(value) >= number else None
        if isinstance(value, bool):
            value = "是" if value else "否"
        if isinstance(value, str):
            page.write_string(line, place, value, shapes["code"] if "code" in column.kind else shapes["text"])
        elif value is not None:
            page.write_number(line, place, value)


def _explain(book: Any, shapes: Mapping[str, Any]) -> None:
    page = book.add_worksheet("说明")
    heads = ("工作表 sheet", "列 column", "必填 required", "示例 example", "含义", "Meaning")
    for place, (words, width) in enumerate(zip(heads, (14, 20, 12, 16, 48, 48), strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, words, shapes["optional"])
    line = 0
    for sheet in sheets():
        for column in sheet.headings.values():
            line += 1
            needed = "是 yes" if column.is_required else ""
            name = sheet.title.zh if sheet.is_required else f"{sheet.title.zh}（可不要 optional）"
            heading = f"{column.title.zh} {column.title.en}"
            cells = (name, heading, needed, column.example, column.meaning.zh, column.meaning.en)
            for place, word in enumerate(cells):
                page.write_string(line, place, word, shapes["text"])
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
