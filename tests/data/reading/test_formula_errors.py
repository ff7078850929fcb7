"""Formula errors of .ods and .xls name their cell, as those of .xlsx do; damage yields nothing."""

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import read_input
from junheng.data.reading.compound_file import MAGIC, stream_of
from junheng.data.reading.formula_errors import formula_errors

BOOKS = Path(__file__).parent / "books"


def _ods(table: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("content.xml", f'<table:table table:name="学段 &amp; 班">{table}</table:table>')
    return sink.getvalue()


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_an_error_is_no_blank(suffix: str) -> None:
    """The workbooks are county_2024 with =1/0 in C2 of 学段, saved by LibreOffice."""
    snapshot = read_input(BOOKS / f"errors_2024.{suffix}")
    (problem,) = snapshot.problems
    assert (problem.check, problem.sheet, problem.cell) == ("read.error_cell", "学段", "C2")
    assert problem.severity == "logic"
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [None, 400, 300]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_sound_workbook_has_none(suffix: str) -> None:
    assert formula_errors((BOOKS / f"county_2024.{suffix}").read_bytes()) == {}


def test_repeated_rows_and_cells_are_counted() -> None:
    cell, error = "<table:table-cell/>", '<table:table-cell calcext:value-type="error">'
    rows = (
        '<table:table-row table:number-rows-repeated="3"/>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="4"/>'
        f"{error}</table:table-cell></table:table-row><table:table-row>{cell}{error}</table:table-cell></table:table-row>"
    )
    assert set(formula_errors(_ods(rows))["学段 & 班"]) == {(3, 4), (4, 4), (5, 1)}


def test_a_stale_zero_beside_the_error_shown_is_an_error() -> None:
    old = '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
    shown = f"<table:table-row>{old}<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    assert formula_errors(_ods(shown)) == {"学段 & 班": {(0, 0): "error_cell"}}
    words = shown.replace(' table:formula="of:=1/0"', "")
    assert formula_errors(_ods(words)) == {}  # somebody's own words: the reader of numbers will object


def test_errors_typed_in_are_found_too() -> None:
    """A record BOOLERR is a truth value or an error, as its last byte says."""
    content = bytearray((BOOKS / "errors_2024.xls").read_bytes())
    place = next(
        m.start()
        for m in re.finditer(b"\x06\x00", content)
        if content[m.start() + 16 : m.start() + 18] == b"\xff\xff"
    )
    length = struct.unpack_from("<H", content, place + 2)[0]
    for last, found in ((1, {(1, 2)}), (0, set())):
        record = struct.pack("<HH", 0x0205, length) + content[place + 4 : place + 10] + bytes([7, last])
        content[place : place + len(record)] = record
        assert set(formula_errors(bytes(content)).get("学段", {})) == found


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_damage_neither_ends_nor_hangs_the_program(data: st.DataObject) -> None:
    content = bytearray((BOOKS / "errors_2024.xls").read_bytes())
    for place in data.draw(st.lists(st.integers(0, 1_600), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    assert isinstance(formula_errors(bytes(content[:cut])), dict)


def test_a_stream_that_is_not_there() -> None:
    content = (BOOKS / "county_2024.xls").read_bytes()
    assert content.startswith(MAGIC)
    assert stream_of(content, ("Workbook", "Book"))[:2] == b"\x09\x08"
    with pytest.raises(ValueError, match="no such stream"):
        stream_of(content, ("Nothing",))
