"""Runs of repeated rows and cells are measured before they are unrolled."""

import io
import zipfile

import pytest

from junheng.basics import UserError
from junheng.data.reading.ods_guard import check_ods_area, measure
from junheng.data.reading.workbook import read_workbook

CELL = b'<table:table-cell office:value-type="float" office:value="1"%s/>'
EMPTY = b'<table:table-cell table:number-columns-repeated="16384"/>'


def sheet(*rows: bytes) -> bytes:
    return b'<table:table table:name="S">' + b"".join(rows) + b"</table:table>"


def row(cells: bytes, times: int = 1) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (times, cells)


def test_a_plain_sheet() -> None:
    assert measure(sheet(row(CELL % b"" * 3), row(CELL % b"")))[0] == (2, 3)


def test_trailing_blank_runs_do_not_count() -> None:
    assert measure(sheet(row(CELL % b"" + EMPTY), row(EMPTY, 1_048_575)))[0] == (1, 1)


def test_blank_runs_before_a_cell_do_count() -> None:
    assert measure(sheet(row(EMPTY, 1_000_000), row(CELL % b"")))[0] == (1_000_001, 1)


def test_a_repeated_cell_is_a_bomb() -> None:
    many = CELL % b' table:number-columns-repeated="16384"'
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("content.xml", sheet(row(many, 1_048_576)))
    with pytest.raises(UserError, match="过大"):
        check_ods_area(sink.getvalue(), "a.ods")
    with pytest.raises(UserError, match="过大"):
        read_workbook(sink.getvalue(), "a.ods")
