"""One way to lay out a sheet: header frozen, filterable, numbers as numbers, absent blank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.reports.workbook.formats import ALL_DECIMALS, Formats

__all__ = ["ALL_DECIMALS", "Column", "Value", "colour_states", "write_sheet"]
_A4 = 9  # the number spreadsheets know the paper by
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
) -> Worksheet:
    """A sheet with these rows; returns it so that colours can be added."""
    sheet = book.add_worksheet(name)
    for index, column in enumerate(columns):
        shown = formats.text if column.decimals is None else formats.decimals[column.decimals]
        sheet.set_column(index, index, column.width, shown)
    sheet.set_row(0, 32)
    sheet.write_row(0, 0, [column.head for column in columns], formats.head)
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write(sheet, number, index, value)
    sheet.freeze_panes(1, freeze_columns)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _print_setup(sheet)
    return sheet


def _print_setup(sheet: Worksheet) -> None:
    """A4 on its side, one page wide, the heading row on every page, the sheet's name and the page number."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header("&C&A")
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """A name that begins with "=" or "@" must stay a name: text is always written as text."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)


def colour_states(
    sheet: Worksheet, formats: Formats, first: tuple[int, int], last: tuple[int, int], words: dict[str, str]
) -> None:
    """Colour cells of a range by the word they hold."""
    for word, state in words.items():
        rule: dict[str, Any] = {
            "type": "cell", "criteria": "==", "value": f'"{word}"', "format": formats.states[state],
        }  # fmt: skip
        sheet.conditional_format(*first, *last, rule)
