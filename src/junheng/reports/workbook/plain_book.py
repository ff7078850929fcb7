"""A workbook of plain sheets in memory: numbers as numbers, text always as text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xlsxwriter import Workbook

from junheng.reports.workbook.formats import make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_LONGEST_NAME = 31
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 # Excel's day has no zone; fixed, so that the same rows give the same bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows under their columns, notes below; ``freeze`` columns stay while scrolling."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = field(default=())
    freeze: int = 0


def plain_book(sheets: Sequence[Sheet], owner: str) -> bytes:
    """The .xlsx file of ``sheets``; ``owner`` heads each printed page. A name beginning with "=" stays a name."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = Workbook(stream, options)
    book.set_properties({"title": owner, "created": _MADE})
    formats = make_formats(book, owner)
    for sheet in sheets:
        name = sheet.name.translate(_FORBIDDEN)[:_LONGEST_NAME] or "1"
        write_sheet(
            book, formats, name, sheet.columns, sheet.rows, freeze_columns=sheet.freeze, notes=sheet.notes
        )
    book.close()
    return stream.getvalue()
