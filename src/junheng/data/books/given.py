"""Rows another program holds, as a book: no workbook, the same reading, the same faults."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from junheng.basics import Text, sha256_bytes
from junheng.data.books.cell import text_of
from junheng.data.books.faults import Fault
from junheng.data.books.form import Form
from junheng.data.books.headed import Record
from junheng.data.books.kinds import canonical, wanted
from junheng.data.books.place import Place
from junheng.data.books.records import Book

Row = Mapping[str, object]


def book_given(name: str, forms: Mapping[str, Form], tables: Mapping[str, Sequence[Row]]) -> Book:
    """The rows of ``tables`` (by table of ``forms``, then by column) as a book called ``name``.

    A cell that does not fit its heading is a fault and counts as blank, as in a workbook; row 1 is the first one.
    """
    faults: list[Fault] = []
    read = {
        table: tuple(
            _record(row, forms[table], Place(name, forms[table].title.zh, number), faults)
            for number, row in enumerate(rows, 1)
        )
        for table, rows in tables.items()
    }
    return Book(name, _hash(read), read, tuple(faults), ())


def _record(row: Row, form: Form, place: Place, faults: list[Fault]) -> Record:
    cells = {}
    for column, heading in form.headings.items():
        value = row.get(column)
        text = value.isoformat() if isinstance(value, date) else text_of(value)
        fits = canonical(heading, text) if text else ""
        if fits:
            cells[column] = fits
        elif text:
            what = Text(f"“{heading.title.zh}”不能是“{text}”", f"“{text}” does not fit {heading.title.en}")
            faults.append(Fault(f"{form.table}.{column}.misfit", place, what, wanted(heading)))
        elif heading.is_required:
            what = Text(f"“{heading.title.zh}”没有填", f"{heading.title.en} is blank")
            faults.append(Fault(f"{form.table}.{column}.blank", place, what, wanted(heading)))
    return Record(place, cells, {})


def _hash(tables: Mapping[str, Sequence[Record]]) -> str:
    """SHA-256 (hex) of the rows as read: the same rows give the same evidence."""
    content = {table: [dict(sorted(row.cells.items())) for row in rows] for table, rows in tables.items()}
    return sha256_bytes(json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8"))
