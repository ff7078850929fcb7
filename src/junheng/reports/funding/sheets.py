"""A workbook whose sums are live: numbers as numbers, arithmetic as formulas with the value they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.funding import exact
from junheng.reports.workbook.formats import make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_OPTIONS = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_MOST = 1_048_000  # rows a sheet holds


@dataclass(frozen=True, slots=True)
class LiveSheet:
    """Rows under columns; ``formulas`` by (row, column), from 0 without the heading: they stand in place of the value."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    freeze: int = 2


def number(text: str | None) -> float | None:
    """An exact amount as a spreadsheet keeps it; None stays blank."""
    return None if text is None else float(exact(text))


def write_live_book(path: Path, sheets: Sequence[LiveSheet], owner: str) -> None:
    """Write the sheets to ``path``; ``owner`` heads each printed page. Raises OSError."""
    book = Workbook(str(path), _OPTIONS)
    formats = make_formats(book, owner)
    for sheet in sheets:
        rows = sheet.rows[:_MOST]
        page = write_sheet(
            book, formats, sheet.name, sheet.columns, rows, freeze_columns=sheet.freeze, notes=sheet.notes
        )
        for (row, column), formula in sheet.formulas.items():
            decimals = sheet.columns[column].decimals
            shown = formats.text if decimals is None else formats.decimals[decimals]
            value = rows[row][column]
            page.write_formula(row + 1, column, formula, shown, "" if value is None else value)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
