"""Files handed out: workbooks, CSV without formulas, pictures; named after what they hold."""

import csv
import io

from django.http import HttpResponse

from junheng.reports.workbook import Sheet, Value, plain_book
from junheng.web.evidence.sending import XLSX, as_attachment

_KINDS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Value) -> Value:
    """A text a spreadsheet would read as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(_FORMULA):
        return "'" + value
    return value


def csv_of(sheet: Sheet) -> bytes:
    """A sheet as CSV with a mark of UTF-8, so that office programs read the Chinese; notes in lines of their own."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe(column.head) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_told(value) for value in row])
    writer.writerows([[safe(f"# {note}")] for note in sheet.notes])
    return ("\ufeff" + stream.getvalue()).encode()


def _told(value: Value) -> Value:
    """A cell: nothing for a missing value, a whole number without ".0" as the workbook shows it."""
    if value is None:
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else safe(value)


def file(content: bytes, title: str, ending: str) -> HttpResponse:
    """A file to be saved, named after what it holds."""
    plain = "".join(sign for sign in title if sign not in '\\/:*?"<>|\r\n\t')[:120] or "junheng"
    return as_attachment(content, f"{plain}.{ending}", _KINDS[ending])


def sheets_file(sheets: list[Sheet], title: str, ending: str) -> HttpResponse:
    """Sheets as a workbook; one sheet also as CSV."""
    content = csv_of(sheets[0]) if ending == "csv" else plain_book(sheets, title)
    return file(content, title, ending)
