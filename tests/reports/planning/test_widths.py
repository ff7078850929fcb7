"""Sheets that fit the page: headings of numbers take two lines, an empty table says that it is empty."""

from pathlib import Path

from openpyxl import load_workbook

from junheng.basics import Text
from junheng.planning import Column, Table
from junheng.reports.planning import write_plan_book
from junheng.reports.planning.cells import width


def test_the_unit_counts_in_a_heading_and_numbers_stay_narrow() -> None:
    long = Text("在编不在岗人数合计", "quota, not on post")
    assert width(Column(long, "人"), ["1"]) < width(Column(long), ["1"])
    # 学校数（所） takes 12 characters: two lines of 6, and the button of the filter
    assert width(Column(Text("学校数", "schools"), "所"), ["93"]) == 9


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    table = Table(Text("名单", "list"), [Column(Text("学校", "school")), Column(Text("原因", "why"))], [])
    write_plan_book(tmp_path / "a.xlsx", "甲县", [Text("无", "none")], [table])
    rows = list(load_workbook(tmp_path / "a.xlsx")["名单"].iter_rows(values_only=True))
    assert ("无。 | None.", None) in rows
