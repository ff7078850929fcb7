"""录取机会: estimated chances for the consultation desk, assumptions printed below every table."""

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.reports.workbook.formats import make_formats
from junheng.reports.workbook.sheets import Column, write_sheet

_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


def write_chance_book(
    path: Path,
    title: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
) -> None:
    """One sheet of texts with ``notes`` below. Raises OSError when the place cannot be written."""
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book, f"{title}（模拟估计，不是承诺）")
    columns = [Column(head, width) for head, width in zip(heads, widths, strict=True)]
    write_sheet(book, formats, title, columns, [list(row) for row in rows], notes=notes)
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
