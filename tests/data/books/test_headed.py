"""Sheets whose headings are known: the right row and columns, records with their places, nothing passed over."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from junheng.basics import heading_key
from junheng.data import Grid, read_sheets
from junheng.data.books import (
    as_typed,
    files_in,
    find_headings,
    find_sheet,
    has_lost_digits,
    parse_day,
    text_of,
    without_brackets,
)

INDEX = {
    heading_key(word): name
    for name, words in {"id": ("编号", "id"), "sum": ("金额",)}.items()
    for word in words
}


def grid(*rows: Sequence[object], sheet: str = "表") -> Grid:
    return Grid("b.xlsx", sheet, rows)


def test_headings_stand_below_a_title_and_beside_their_remarks() -> None:
    rows = (["某县台账"], ["*编号", "金额（万元）", "备注", ""], ["A", 1.0, "x", None])
    plain = find_headings(grid(*rows), INDEX, ("id", "sum"))
    assert (plain.top, plain.lacking(("id", "sum")), plain.unknown()) == (1, ["sum"], ["金额(万元)", "备注"])
    found = find_headings(grid(*rows), INDEX, ("id", "sum"), passes_brackets=True)
    assert (found.columns, found.letters, found.unknown()) == (
        {"id": 0, "sum": 1},
        {"id": "A", "sum": "B"},
        ["备注"],
    )
    assert (found.heading("sum"), str(found.place()), str(found.place(1))) == (
        *("金额(万元)", "b.xlsx [表] 第 2 行 row 2", "b.xlsx [表] B2"),
    )
    assert without_brackets("金额(万元)") == "金额"


def test_a_second_column_of_one_meaning_is_told_by_its_place() -> None:
    found = find_headings(grid(["编号", "金额", "id"]), INDEX, ("id",))
    assert (found.columns, found.doubled) == ({"id": 0, "sum": 1}, {2: "id"})


def test_the_sheet_that_lacks_least_is_taken_where_none_has_all() -> None:
    first, second = grid(["备注"], sheet="甲"), grid(["金额"], sheet="乙")
    assert find_sheet([first, second], INDEX, ("id", "sum")).grid is second
    assert find_sheet([], INDEX, ("id",)).lacking(("id",)) == ["id"]


def test_every_row_with_anything_in_it_is_a_record_but_remarks(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate(
            [["编号", "金额", "备注"], ["\uff03示例", 1], ["A", 12], [], ["", "", "注"]]
        ):
            sheet.write_row(number, 0, row)
        sheet.write_formula(5, 1, "=1/0", None, "#DIV/0!")
    headed = find_headings(read_sheets(path)[0], INDEX, ("id",))
    told = [(dict(row.cells), row.broken, str(row.at("sum"))) for row in headed.records()]
    assert told == [
        ({"id": "A", "sum": "12"}, (), "b.xlsx [表] B3"),
        ({}, (), "b.xlsx [表] B5"),
        ({}, ("sum",), "b.xlsx [表] B6"),
    ]
    first = next(headed.records())
    assert (headed.typed(first, "sum"), str(first.at())) == (12.0, "b.xlsx [表] 第 3 行 row 3")
    assert str(first.place.whole_sheet) == "b.xlsx [表]"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.5, "1.5"),
        (1e17, "1e+17"),
        (date(2015, 1, 5), "2015-01-05"),
        (datetime(2015, 1, 5), "2015-01-05"),  # noqa: DTZ001 – a sheet knows no zone
        (datetime(2015, 1, 5, 8, 30, 0, 5), "2015-01-05 08:30:00"),  # noqa: DTZ001 – as above
        (False, "否"),
        ("\uff21\u3000（甲）", "A (甲)"),
    ],
)
def test_a_cell_is_text_in_one_form(cell: object, text: str) -> None:
    assert text_of(cell) == text


def test_what_was_typed_keeps_its_punctuation_and_lost_digits_are_seen() -> None:
    assert as_typed(" 听力（右），已查 ") == "听力（右），已查"
    assert [has_lost_digits(cell) for cell in (1e15, 110105194912310022, 1e14, "1" * 18)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text", ["2015-1-5", "2015/01/05", "2015.1.5", "2015年1月5日", "20150105", "2015-01-05 08:30:00"]
)
def test_a_day_is_read_in_every_way_of_writing_it(text: str) -> None:
    assert parse_day(text) == date(2015, 1, 5)


@pytest.mark.parametrize("text", ["", "2015", "2015-13-01", "2015-02-29", "2015015", "明年"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_the_files_of_a_folder_go_by_name_without_locks(tmp_path: Path) -> None:
    for name in ("b.CSV", "a.csv", "~$a.csv", ".c.csv", "d.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in files_in(tmp_path, {".csv"})] == ["a.csv", "b.CSV"]
    assert files_in(tmp_path / "d.txt", {".csv"}) == [tmp_path / "d.txt"]
    assert files_in(tmp_path / "nowhere", {".csv"}) == []
