"""Rows written as the officers' workbook are read back as they were: days, numbers, words, blanks."""

from datetime import date
from pathlib import Path

from junheng.data.books import read_book
from junheng.judgement.ledgers import ledger_forms
from junheng.reports import filled_book


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    firm = {"firm_id": "001", "name": "=某中心", "licensed": "no", "prepaid_yuan": "0.1", "courses": None}
    stock = {
        "school_id": "2115000001", "category": "books", "name": "图书", "quantity": "123456789012.345",
        "acquired_on": date(2016, 9, 1), "life_years": "",
    }  # fmt: skip
    path = tmp_path / "book.xlsx"
    path.write_bytes(filled_book(ledger_forms(), {"firm": [firm], "stock": [stock], "service": []}, "台账"))
    read = read_book(path, ledger_forms())
    assert (read.faults, read.titles) == ((), ())
    assert dict(read.rows("firm")[0].cells) == {
        key: value for key, value in firm.items() if value is not None
    }
    told = {**{key: value for key, value in stock.items() if value}, "acquired_on": "2016-09-01"}
    assert dict(read.rows("stock")[0].cells) == told
    assert read.rows("service") == ()


def test_a_number_longer_than_a_sheet_keeps_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    row = {"firm_id": "1", "name": "甲", "prepaid_yuan": "12345678901234.567"}
    path.write_bytes(filled_book(ledger_forms(), {"firm": [row]}, "台账"))
    assert read_book(path, ledger_forms()).rows("firm")[0].cell("prepaid_yuan") == "12345678901234.567"
