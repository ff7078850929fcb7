"""How our workbooks look: formats made once, and sheets with headings, example and drop-downs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from junheng.basics import Text, UserError, atomic_file

VALIDATED_ROWS = 5_000  # drop-downs reach this far; a filled sheet gets as many as it needs
MAX_SHEET_ROWS = 1_048_576  # Excel's own limit
MAX_CELL_TEXT = 32_767  # Excel's own limit
_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same contents give the same bytes
_FONT, _INK, _LINE = "微软雅黑", "#1F2D3D", "#C9D3DD"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column to write. ``source``: what a drop-down offers, a list or a range; ``hint`` appears beside the cell."""

    title: str
    example: str = ""
    width: float = 14
    is_required: bool = False
    is_date: bool = False
    source: Sequence[str] | str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Formats by use."""

    required: Any
    optional: Any
    example: Any
    text: Any
    date: Any
    title: Any
    wrapped: Any


@contextmanager
def new_book(path: Path, title: str) -> Iterator[tuple[Any, Look]]:
    """A workbook that appears at ``path`` whole or not at all. Raises UserError when it cannot be written."""
    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        book.set_properties({"title": title, "created": _CREATED})
        yield book, _look(book)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(5, str(error)) from error


def _look(book: Any) -> Look:
    base = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "vcenter"}
    boxed = {**base, "border": 1, "border_color": _LINE}
    head = {**boxed, "bold": True, "text_wrap": True, "align": "center", "font_color": "#FFFFFF"}
    faint = {"italic": True, "font_color": "#8A97A5", "bg_color": "#F3F6F9"}
    return Look(
        required=book.add_format({**head, "bg_color": "#C8553D"}),
        optional=book.add_format({**head, "bg_color": "#3A6EA5"}),
        example=book.add_format({**boxed, **faint}),
        text=book.add_format({**base, "num_format": "@"}),
        date=book.add_format({**base, "num_format": "yyyy-mm-dd"}),
        title=book.add_format({**base, "font_size": 16, "bold": True, "font_color": "#1F4E78"}),
        wrapped=book.add_format({**base, "text_wrap": True}),
    )


def write_table(
    book: Any, look: Look, name: str, columns: Sequence[SheetColumn], rows: Sequence[Mapping[str, str]]
) -> Any:
    """A sheet: headings (* where required), an example marked as such, then ``rows`` (heading → text).

    Everything is text, so that codes keep their zeros; ISO dates in date columns become dates.
    Raises UserError when a sheet cannot hold the rows or a cell its text.
    """
    if len(rows) + 2 > MAX_SHEET_ROWS:
        raise _too_much(name, Text("行数超过工作表上限", "more rows than a sheet holds"))
    sheet = book.add_worksheet(name)
    sheet.set_row(0, 36)
    last = 1 + max(VALIDATED_ROWS, len(rows))
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, look.date if column.is_date else look.text)
        star = "*" if column.is_required else ""
        sheet.write_string(0, index, star + column.title, look.required if star else look.optional)
        sheet.write_string(1, index, ("#示例 " if index == 0 else "") + column.example, look.example)
        if column.source is not None or column.hint:
            sheet.data_validation(2, index, last, index, _validation(column))
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(columns):
            if text := row.get(column.title, ""):
                _write(sheet, number, index, text, look, column)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    return sheet


def write_lists(book: Any, look: Look, name: str, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A sheet with one list per column; returns the range of each for drop-downs."""
    sheet = book.add_worksheet(name)
    found = {}
    for index, (title, words) in enumerate(lists.items()):
        sheet.set_column(index, index, 28, look.text)
        sheet.write_string(0, index, title, look.optional)
        for number, word in enumerate(words, 1):
            sheet.write_string(number, index, word, look.text)
        letter = chr(65 + index)
        if words:
            found[title] = f"='{name}'!${letter}$2:${letter}${len(words) + 1}"
    return found


def write_notes(book: Any, look: Look, name: str, title: str, lines: Sequence[Text]) -> None:
    """A sheet of instructions, Chinese and English beside each other."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 1, 60, look.wrapped)
    sheet.write_string(0, 0, title, look.title)
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, line.zh, look.wrapped)
        sheet.write_string(number, 1, line.en, look.wrapped)


def _write(sheet: Any, number: int, index: int, text: str, look: Look, column: SheetColumn) -> None:
    if len(text) > MAX_CELL_TEXT:
        raise _too_much(
            f"{sheet.name} 行 row {number + 1}",
            Text("单元格文字过长", "a cell has more characters than Excel holds"),
        )
    day = _iso(text) if column.is_date else None
    if day is None:
        sheet.write_string(number, index, text, look.text)
    else:
        sheet.write_datetime(number, index, day, look.date)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2027-01-01") else None
    except ValueError:
        return None


def _validation(column: SheetColumn) -> dict[str, Any]:
    """A drop-down as a warning only: what is typed is checked again when it is read."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.source is not None:
        rule = {"validate": "list", "source": column.source, "error_type": "warning"}
        rule |= {"error_title": "请核对", "error_message": f"{column.title}：不在可选值中，确定要保留吗？"}
    return {
        **rule,
        "ignore_blank": True,
        "input_title": column.title[:32],
        "input_message": column.hint[:255],
    }


def _too_much(where: str, what: Text) -> UserError:
    return UserError(what, where=where, fix=Text("请拆分", "split it"))
