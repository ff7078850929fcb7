"""A ledger's rows as another program holds them: no workbook, the same reading, the same faults."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from junheng.data.books import Book, Fault, Row, book_given
from junheng.judgement.ledgers.definition import Ledger, ledger_forms
from junheng.judgement.ledgers.findings import FindingEntry, findings
from junheng.judgement.ledgers.schools import LedgerSchool


def given_book(name: str, tables: Mapping[str, Sequence[Row]]) -> Book:
    """The rows of ``tables`` (by table of ``ledger_forms``, then by column) as a book called ``name``."""
    return book_given(name, ledger_forms(), tables)


def given_findings(
    ledger: Ledger, rows: Iterable[Row], schools: Mapping[str, LedgerSchool], on: date
) -> tuple[list[FindingEntry], list[Fault]]:
    """The state on ``on`` of findings given as rows of the table ``finding``; and what is wrong with them."""
    book = given_book(ledger.name.zh, {"finding": list(rows)})
    told, faults = findings(book, ledger, schools, on)
    return told, [*book.faults, *faults]
