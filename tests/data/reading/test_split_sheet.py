"""A long sheet parsed in two halves reads exactly as the same sheet parsed whole."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data.reading import xlsx_cells
from junheng.data.reading.grid import Grid
from junheng.data.reading.split_sheet import HalvedSheet, LongSheet
from junheng.data.reading.workbook import read_workbook

_SHEET = "xl/worksheets/sheet1.xml"
Cells = dict[tuple[int, int], object]
_cells = st.dictionaries(
    st.tuples(st.integers(0, 60), st.integers(0, 9)),
    st.one_of(st.integers(-9, 9), st.booleans(), st.text("甲乙<&row ", min_size=1, max_size=5), st.dates()),
    min_size=1,
    max_size=80,
)


def _book(cells: Cells, merged: bool = False) -> bytes:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet("全区")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for (row, column), value in cells.items():
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write(row, column, value)
        if merged:
            sheet.merge_range(70, 0, 70, 3, "合计")
    return sink.getvalue()


def _changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == _SHEET else source.read(name))
    return sink.getvalue()


def _read_in_halves(content: bytes) -> tuple[Grid, bool]:
    """The sheet read with every sheet taken for a long one, and whether it was really cut."""
    cut: list[bool] = []
    of = HalvedSheet.of

    def told(*halves: object) -> HalvedSheet | None:
        found = of(*halves)  # type: ignore[arg-type] # passed on as it came
        cut.append(found is not None)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_cells, "LONG", 0)
        patch.setattr(xlsx_cells, "_BLOCK", 700)
        patch.setattr(HalvedSheet, "of", staticmethod(told))
        (grid,) = read_workbook(content, "a.xlsx")
    return grid, cut == [True]


@settings(max_examples=examples(60))
@given(_cells, st.booleans())
def test_two_halves_read_as_the_whole(cells: Cells, merged: bool) -> None:
    content = _book(cells, merged)
    (whole,) = read_workbook(content, "a.xlsx")
    halves, _ = _read_in_halves(content)
    assert halves == whole


def _table(rows: int = 60) -> Cells:
    return {(row, column): f"{row}/{column}" for row in range(rows) for column in range(6)}


def test_an_ordinary_table_is_cut() -> None:
    assert _read_in_halves(_book(_table()))[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'<row r="', b'<row x="'),
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData><!-- <row -->"),
        lambda xml: xml.replace(b"<row ", b"<x:row ").replace(b"</row>", b"</x:row>"),
        lambda xml: _renumbered(xml, 60, 3),
    ],
    ids=["rows without numbers", "a comment", "another prefix", "rows out of order"],
)
def test_unusual_xml_is_read_whole(change: Callable[[bytes], bytes]) -> None:
    content = _changed(_book(_table()), change)
    (whole,) = read_workbook(content, "a.xlsx")
    halves, was_cut = _read_in_halves(content)
    assert halves == whole
    assert not was_cut


def _renumbered(xml: bytes, old: int, new: int) -> bytes:
    xml = xml.replace(f'<row r="{old}"'.encode(), f'<row r="{new}"'.encode())
    for column in b"ABCDEF":
        xml = xml.replace(f'"{chr(column)}{old}"'.encode(), f'"{chr(column)}{new}"'.encode())
    return xml


def test_a_formula_without_a_value_keeps_its_place() -> None:
    content = _changed(
        _book(_table()),
        lambda xml: xml.replace(b'<c r="C55" t="s">', b'<c r="C55"><f>A1</f></c><c r="H55" t="s">'),
    )
    grid, was_cut = _read_in_halves(content)
    assert was_cut
    assert grid.broken == {(54, 2): "formula_without_value"}
    assert grid.rows[54][2] == ""
    assert grid.rows[54][7] == "54/2"


def test_a_damaged_lower_half_is_the_users_error() -> None:
    content = _changed(_book(_table()), lambda xml: xml.replace(b'<c r="C55" t="s">', b'<c r="C55" t="zz">'))
    with pytest.raises(UserError, match=r"打不开|损坏|无法"):
        _read_in_halves(content)


def test_a_piece_alone_cannot_be_cut() -> None:
    assert LongSheet(b"", "x", [b"<row r='1'/>"]).halves() is None


def test_a_book_of_two_sheets_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "LONG", 0)
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        for name in ("甲", "乙"):
            book.add_worksheet(name).write(0, 0, name)
    assert xlsx_cells.check_far_cells(sink.getvalue(), "a.xlsx").long is None
    assert [grid.rows[0][0] for grid in read_workbook(sink.getvalue(), "a.xlsx")] == ["甲", "乙"]
