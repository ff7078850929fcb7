"""行动清单.xlsx: every table of a plan as a sheet, ready to be sorted and printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from junheng.basics import Text
from junheng.planning import Table
from junheng.reports.draws.lists import PLAIN, sheet_name
from junheng.reports.planning.cells import heading, is_number, shown, value, width
from junheng.reports.workbook.formats import make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_SUMMARY = "说明"
_FORMULA_SIGNS = ("=", "+", "-", "@")  # a spreadsheet may take a text that begins so for a formula
_NOTHING = "无。 | None."


def write_plan_book(path: Path, owner: str, summary: Sequence[Text], tables: Sequence[Table]) -> None:
    """Write ``tables`` and, first, the ``summary``; ``owner`` stands at the head of every page. Raises OSError."""
    book = Workbook(str(path), PLAIN)
    formats = make_formats(book, owner)
    lines: list[list[Value]] = [[number, line.zh, line.en] for number, line in enumerate(summary, 1)]
    quoted = _quoted(book)
    columns = [Column("序号", 6, 0), Column("说明", 70), Column("English", 70)]
    write_sheet(book, formats, _SUMMARY, columns, lines)
    for table in tables:
        shapes = [
            Column(
                heading(column),
                width(column, [shown(row[place], column) for row in table.rows]),
                column.digits if is_number(column) else None,
            )
            for place, column in enumerate(table.columns)
        ]
        rows: list[list[Value]] = [
            [value(cell, table.columns[place]) for place, cell in enumerate(row)] for row in table.rows
        ]
        notes = [] if table.rows else [_NOTHING]
        notes += [] if table.note is None else [table.note.zh, table.note.en]
        sheet = write_sheet(
            book, formats, sheet_name(table.name.zh, book), shapes, rows, freeze_columns=1, notes=notes
        )
        _quote(sheet, rows, quoted)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _quoted(book: Workbook) -> Any:
    """The format of ordinary texts (see ``make_formats``), marked as text: it stays one when the cell is edited."""
    quoted = make_formats(book).text
    quoted.set_quote_prefix()
    return quoted


def _quote(sheet: Worksheet, rows: Sequence[Sequence[Value]], quoted: Any) -> None:
    """Texts that begin like a formula are written again, with the quote prefix; what they say is unchanged."""
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS):
                sheet.write_string(number, place, cell, quoted)
