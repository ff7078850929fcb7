"""What .ods and .xls show as blank though something may stand there is named, never taken for a blank."""

import contextlib
import struct
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.reading.conftest import BOOKS
from tests.effort import examples
from tests.office import needs_office, saved_as, write_ods

from junheng.basics import UserError
from junheng.data import Grid, read_input, read_sheets
from junheng.data.reading.cell_walk import xls_records, xls_sheets
from junheng.data.reading.compound_file import MAGIC, stream_of
from junheng.data.reading.unsure_cells import with_unsure_cells

KIND = "formula_without_value"
_NOTE = "<office:annotation><text:p>批注</text:p></office:annotation>"


def _cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


@pytest.mark.parametrize(
    ("cell", "is_unsure"),
    [
        (_cell("<text:p/>", 'table:formula="of:=A1"'), True),
        ('<table:table-cell table:formula="of:=A1"/>', True),
        (_cell("", 'table:formula="of:=A1" office:value-type="string"'), True),
        (_cell("<text:p>乙</text:p>"), True),  # shown, but stored nowhere
        (_cell("<text:p><text:span>乙</text:span></text:p>"), True),
        (_cell(_NOTE + "<text:p>乙</text:p>"), True),
        (_cell(_NOTE), False),
        (_cell("<text:p>2</text:p>", 'table:formula="of:=1+1" office:value-type="float" office:value="2"'), False),
        (_cell("", 'table:formula="of:=B1" office:value-type="string" office:string-value=""'), False),
        (_cell("<text:p>乙</text:p>", 'table:formula="of:=B1" office:value-type="string"'), False),
        (_cell("<text:p>乙</text:p>", 'office:value-type="string"'), False),
        ("", False),
    ],
)  # fmt: skip
def test_cells_of_an_ods(tmp_path: Path, cell: str, is_unsure: bool) -> None:
    path = write_ods(tmp_path / "a.ods", {"甲 & 乙": [["题", "x"], ["", cell, 3]]})
    (sheet,) = read_sheets(path)
    assert dict(sheet.broken) == ({(1, 1): KIND} if is_unsure else {})
    assert list(sheet.rows[0]) == ["题", "x", ""]
    assert sheet.rows[1][2] == 3
    assert not is_unsure or sheet.rows[1][1] == ""


def test_a_row_of_nothing_but_formulas_is_not_cut_off(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", {"甲": [["x"], [], ["", "=1+1"]]})
    (sheet,) = read_sheets(path)
    assert [list(row) for row in sheet.rows] == [["x", ""], ["", ""], ["", ""]]
    assert dict(sheet.broken) == {(2, 1): KIND}


def test_of_a_run_of_formulas_the_first_is_named_and_far_ones_are_refused(tmp_path: Path) -> None:
    run = '<table:table-cell table:formula="of:=1" table:number-columns-repeated="16000"/>'
    (sheet,) = read_sheets(write_ods(tmp_path / "a.ods", {"甲": [["x"], [run]]}))
    assert dict(sheet.broken) == {(1, 0): KIND}
    skip = '<table:table-cell table:number-columns-repeated="999999999"/>'
    with pytest.raises(UserError, match="工作表过大"):
        read_sheets(write_ods(tmp_path / "b.ods", {"甲": [["x"], [skip, "=1"]]}))


def _formula(content: bytes) -> int:
    """Where in the file the content of the first FORMULA of 学段 begins."""
    stream = stream_of(content, ("Workbook", "Book"))
    start = next(start for start, name in xls_sheets(stream) if name == "学段")
    place, length = next((p, n) for kind, p, n in xls_records(stream, start) if kind == 0x0006)
    return content.index(stream[place : place + length])


@pytest.mark.parametrize(
    ("result", "flags", "broken"),
    [
        (b"\x03" + bytes(5) + b"\xff\xff", 0, {(1, 2): KIND}),  # the empty text
        (struct.pack("<d", 0), 2, {(1, 2): KIND}),  # to be calculated on opening
        (struct.pack("<d", 0), 1, {}),  # a volatile formula, calculated
        (b"\x02\x00\x07" + bytes(3) + b"\xff\xff", 2, {(1, 2): "error_cell"}),
    ],
)
def test_formulas_of_an_xls(
    tmp_path: Path, result: bytes, flags: int, broken: dict[tuple[int, int], str]
) -> None:
    content = bytearray((BOOKS / "errors_2024.xls").read_bytes())
    place = _formula(bytes(content))
    content[place + 6 : place + 16] = result + struct.pack("<H", flags)
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    sheet = next(sheet for sheet in read_sheets(path) if sheet.sheet == "学段")
    assert dict(sheet.broken) == broken
    assert sheet.rows[1][2] == ("" if broken else 0)


def test_an_xls_that_cannot_be_looked_through_is_refused() -> None:
    content = (BOOKS / "county_2024.xls").read_bytes()
    head = stream_of(content, ("Workbook", "Book"))[:8]
    older = content.replace(head, head[:4] + b"\x00\x05" + head[6:], 1)  # Excel 95
    with pytest.raises(UserError, match="无法逐格核对公式"):
        with_unsure_cells([], older, "a.xls")


@pytest.mark.parametrize("name", ["county_2024.xls", "county_2024.ods"])
def test_a_sound_workbook_comes_back_as_it_is(name: str) -> None:
    grid = Grid(name, "学段", [["x"]])
    (found,) = with_unsure_cells([grid], (BOOKS / name).read_bytes(), name)
    assert found is grid


def test_an_xlsx_comes_back_as_it_is(tmp_path: Path) -> None:
    path, grid = tmp_path / "a.xlsx", Grid("a.xlsx", "甲", [["x"]])
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("甲").write_formula(0, 0, '=""', value="")
    (found,) = with_unsure_cells([grid], path.read_bytes(), "a.xlsx")
    assert found is grid


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_damage_is_refused_or_looked_through(data: st.DataObject) -> None:
    content = bytearray((BOOKS / "errors_2024.xls").read_bytes())
    for place in data.draw(st.lists(st.integers(0, 1_600), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])
    grid = Grid("a.xls", "学段", [])
    with contextlib.suppress(UserError):  # anything else would be the program's fault
        assert with_unsure_cells([grid], MAGIC + cut[len(MAGIC) :], "a.xls")[0].sheet == grid.sheet


@needs_office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_libreoffice_stores_an_empty_text_like_a_formula_never_calculated(tmp_path: Path, kind: str) -> None:
    source = {"甲": [["x", '=IF(1=1;"";"y")', "=1+1", '="a"&"b"']]}
    (path,) = saved_as(kind, [write_ods(tmp_path / "a.ods", source)], tmp_path / "saved")
    (sheet,) = read_sheets(path)
    assert list(sheet.rows[0]) == ["x", "", 2, "ab"]
    assert dict(sheet.broken) == {(0, 1): KIND}


def test_a_return_names_a_formula_never_calculated_but_not_those_of_blank_rows(tmp_path: Path) -> None:
    head = ["年份", "学校标识码", "学段", "在校生数", "班数"]
    rows = [
        head,
        [2024, "2199000001", "小学", "=1+1", 9],
        [2024, "2199000002", "小学", 300, 7],
        ["", "", "", "=D4", ""],
    ]
    schools = [["年份", "学校标识码", "学校名称", "办学类型", "县级区划代码"]]
    schools += [[2024, f"219900000{n}", f"{n}校", "小学", "999901"] for n in (1, 2)]
    snapshot = read_input(write_ods(tmp_path / "a.ods", {"学校": schools, "学段": rows}))
    found = [problem for problem in snapshot.problems if problem.check == f"read.{KIND}"]
    assert [(problem.sheet, problem.cell) for problem in found] == [("学段", "D2")]
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [None, 300]
