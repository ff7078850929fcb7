"""The quick look passes over ordinary cells and stops at whatever may lie far off or be a formula."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data.reading.grid import column_letter
from junheng.data.reading.workbook import read_workbook
from junheng.data.reading.xlsx_cells import _pieces, check_far_cells
from junheng.data.reading.xlsx_look import look

_SAFE_COLUMNS, _SAFE_ROWS = 104, 99_999  # DA and row 100,000 are the first to be looked at


@given(st.integers(0, 16_383), st.integers(1, 1_048_576), st.booleans())
@settings(max_examples=examples(300), deadline=None)
def test_a_cell_is_far_exactly_beyond_the_safe_corner(column: int, row: int, lower: bool) -> None:
    letters = column_letter(column).lower() if lower else column_letter(column)
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="{letters}{row}" s="3"><v>2</v></c></row>'
    assert look(cells.encode()).far is (column >= _SAFE_COLUMNS or row > _SAFE_ROWS)


@pytest.mark.parametrize(
    ("xml", "far", "formula"),
    [
        ('<pageMargins header="0.3" footer="0.314159265"/>', False, False),
        ('<cfRule operator="lessThan"/><worksheet xmlns:r="http://schemas"/>', False, False),
        ("<c r='XFD1'><v>1</v></c>", True, False),
        ('<c r = "XFD1"><v>1</v></c>', True, False),
        ('<c r\n=\t"A1048576"/>', True, False),
        ('<row r="100000"/>', True, False),
        ('<row r="99999"/>', False, False),
        ('<c r="A1"><f>B1</f></c>', False, True),
        ('<x:c r="A1"><x:f>B1</x:f></x:c>', False, True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', False, True),
        ("<c r='A1' t='e'><v>#N/A</v></c>", False, True),
        ('<c r="A1" t="s"><v>3</v></c>', False, False),
        ("", False, False),
        ("r", False, False),
        ("=", False, False),
        ('<c r="', False, False),
    ],
)
def test_what_is_seen(xml: str, far: bool, formula: bool) -> None:
    found = look(xml.encode())
    assert (found.far, found.formula) == (far, formula)


@given(st.lists(st.sampled_from(["<c>", "x" * 40, "<v", "/>", ""]), max_size=30), st.integers(1, 60))
@settings(max_examples=examples(100), deadline=None)
def test_pieces_are_whole_and_never_cut_a_tag(parts: list[str], block: int) -> None:
    xml = "".join(parts).encode()

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(block)

    pieces = list(_pieces(Slow(xml)))
    assert b"".join(pieces) == xml
    assert all(piece.startswith(b"<") for piece in pieces[1:])


def test_a_far_cell_is_refused_before_it_is_parsed(make_far: Callable[[str], bytes]) -> None:
    with pytest.raises(UserError, match="过大"):
        read_workbook(make_far("XFD1048576"), "a.xlsx")
    assert read_workbook(make_far("XFD1"), "a.xlsx")[0].rows[0][-1] == 2


@pytest.fixture
def make_far(tmp_path: Path) -> Callable[[str], bytes]:
    """A workbook of two cells, the second at a place of one's choice."""
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("学校")
        sheet.write(0, 0, 1)
        sheet.write(0, 1, 2)

    def make(place: str) -> bytes:
        sink = io.BytesIO()
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(sink, "w") as target:
            for name in source.namelist():
                target.writestr(name, source.read(name).replace(b'r="B1"', f'r="{place}"'.encode()))
        return sink.getvalue()

    return make


def test_sheets_come_in_their_order_with_the_ones_that_have_formulas_told(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number in range(5):
            sheet = book.add_worksheet(f"S{number}")
            sheet.write(0, 0, number)
        sheet.write_formula(0, 1, "=A1", value=7)
    content = path.read_bytes()
    grids = read_workbook(content, "a.xlsx")
    assert [(grid.sheet, grid.rows[0][0]) for grid in grids] == [(f"S{n}", n) for n in range(5)]
    assert check_far_cells(content, "a.xlsx").suspects == {"S4"}
