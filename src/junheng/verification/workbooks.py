"""Workbooks and text tables read a second time: openpyxl and the csv module, cells as plain text."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from junheng.basics import heading_key, normalise

Rows = Sequence[Sequence[object]]
_SUFFIXES = (".csv", ".xlsx", ".xlsm")
_SEARCHED = 10  # rows in which the headings may stand
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_BRACKETS = re.compile(r"[（(\[][^）)\]]*[）)\]]")


def is_readable(path: Path) -> bool:
    """Whether the file is of a kind that is read here."""
    return path.suffix.lower() in _SUFFIXES


def raw_sheets(path: Path) -> Iterator[tuple[str, Rows]]:
    """Title ("" of a text table) and cells of every sheet."""
    if path.suffix.lower() == ".csv":
        yield "", list(csv.reader(io.StringIO(_decoded(path.read_bytes()))))
        return
    from openpyxl import load_workbook  # only where a workbook is given

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    book.close()


def headings(rows: Rows, names: Mapping[str, str], needed: set[str]) -> tuple[int, dict[int, str]] | None:
    """The row of the headings, 0-based, and the name of each column known; None where ``needed`` stand nowhere.

    ``names``: heading in the form in which headings are compared → name.
    """
    for number, row in enumerate(rows[:_SEARCHED]):
        known: dict[int, str] = {}
        for at, cell in enumerate(row):
            text = cell_text(cell).replace("*", "")
            name = names.get(heading_key(text), names.get(heading_key(_BRACKETS.sub("", text))))
            if name is not None:
                known[at] = name
        if needed <= set(known.values()):
            return number, known
    return None


def title_key(title: str) -> str:
    """A sheet's title in the form in which titles are compared, brackets left out."""
    return heading_key(_BRACKETS.sub("", title))


def records(rows: Rows, top: int, columns: Mapping[int, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number, from 1, and cells of each row below the headings; blank rows and remarks (#) left out."""
    for number, row in enumerate(rows[top + 1 :], top + 2):
        texts = [cell_text(cell) for cell in row]
        first = next((text for text in texts if text), "")
        if first and not first.startswith("#"):
            yield number, {name: texts[at] for at, name in columns.items() if at < len(texts)}


def cell_text(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601; "" where blank or an error."""
    if cell is None or (isinstance(cell, str) and cell.strip() in _ERRORS):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else normalise(str(cell))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")
