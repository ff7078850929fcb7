"""One way to lay out a sheet: header frozen, filterable, printable; numbers as numbers, absent blank."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.reports.workbook.formats import ALL_DECIMALS, Formats

__all__ = ["ALL_DECIMALS", "Column", "Value", "colour_states", "write_sheet"]
_A4 = 9  # the number spreadsheets know the paper by
_LINE_POINTS = 14.5  # of a line in 10-point type
_FULL_WIDTH = "WFA"  # East Asian widths that take the room of two Latin letters
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in characters, decimals shown (None: text; ``ALL_DECIMALS``)."""

    head: str
    width: float
    decimals: int | None = None


def write_sheet(
    book: Workbook,
    formats: Formats,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    *,
    freeze_columns: int = 0,
    notes: Sequence[str] = (),
) -> Worksheet:
    """A sheet with these rows and, below them, notes across all columns; returns it so that colours can be added.

    Long texts wrap within their column: one that ran over would widen the printed page and shrink all of it.
    """
    sheet = book.add_worksheet(name)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    _heading(sheet, formats, columns)
    for number, row in enumerate(rows, start=1):
        _row(sheet, formats, columns, number, row)
    for number, note in enumerate(notes, start=len(rows) + 2):
        _note(sheet, formats, columns, number, note)
    sheet.freeze_panes(1, freeze_columns)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _print_setup(sheet, formats)
    return sheet


def _heading(sheet: Worksheet, formats: Formats, columns: Sequence[Column]) -> None:
    heads = [column.head for column in columns]
    # The button of the filter covers the end of a heading: leave it room.
    lines = max(_lines(head, column.width - 2) for head, column in zip(heads, columns, strict=True))
    sheet.set_row(0, max(2, lines) * _LINE_POINTS + 3)
    sheet.write_row(0, 0, heads, formats.head)


def _row(
    sheet: Worksheet, formats: Formats, columns: Sequence[Column], number: int, row: Sequence[Value]
) -> None:
    lines = 1
    for index, column in enumerate(columns):
        value = row[index] if index < len(row) else None
        shown = formats.text if column.decimals is None else formats.decimals[column.decimals]
        _write(sheet, (number, index), value, shown)
        lines = max(lines, _lines(value, column.width) if isinstance(value, str) else 1)
    if lines > 1:  # said outright: not every office program measures wrapped rows when it opens a file
        sheet.set_row(number, lines * _LINE_POINTS)


def _note(sheet: Worksheet, formats: Formats, columns: Sequence[Column], number: int, note: str) -> None:
    sheet.merge_range(number, 0, number, len(columns) - 1, "", formats.note)
    sheet.write_string(number, 0, note, formats.note)
    sheet.set_row(number, _lines(note, sum(column.width for column in columns)) * _LINE_POINTS)


def _lines(text: str, width: float) -> int:
    """The lines ``text`` takes in a column of ``width`` characters."""
    room = max(1, int(width))
    return sum(max(1, -(-_wide(line) // room)) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _FULL_WIDTH else 1 for sign in text)


def _print_setup(sheet: Worksheet, formats: Formats) -> None:
    """A4 on its side, one page wide, headings on every page, whose the sheet is above, the page number below."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L{formats.owner.replace('&', '&&')}&C&A")
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write(sheet: Worksheet, place: tuple[int, int], value: Value, shown: Any) -> None:
    """A name that begins with "=" or "@" must stay a name: text is always written as text."""
    if value is None or value == "":
        sheet.write_blank(*place, None, shown)
    elif isinstance(value, str):
        sheet.write_string(*place, value, shown)
    else:
        sheet.write_number(*place, value, shown)


def colour_states(
    sheet: Worksheet, formats: Formats, first: tuple[int, int], last: tuple[int, int], words: dict[str, str]
) -> None:
    """Colour cells of a range by the word they hold."""
    for word, state in words.items():
        rule: dict[str, Any] = {
            "type": "cell", "criteria": "==", "value": f'"{word}"', "format": formats.states[state],
        }  # fmt: skip
        sheet.conditional_format(*first, *last, rule)
