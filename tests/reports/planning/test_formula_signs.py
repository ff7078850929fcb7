"""A name that begins like a formula stays a text in the workbook, also after somebody edits the cell."""

from pathlib import Path

from openpyxl import load_workbook

from junheng.basics import Text
from junheng.planning import Column, Table
from junheng.reports.planning import write_plan_book


def test_texts_that_begin_like_a_formula_are_quoted(tmp_path: Path) -> None:
    names = ["=1+1", "+86", "-3", "@SUM(A1)", "甲校", "a=1"]
    columns = [Column(Text("学校", "school")), Column(Text("人数", "pupils"), "人")]
    table = Table(Text("名单", "list"), columns, [(name, -5) for name in names])
    write_plan_book(tmp_path / "a.xlsx", "甲县", [Text("无", "none")], [table])
    rows = list(load_workbook(tmp_path / "a.xlsx")["名单"].iter_rows(min_row=2, max_row=7))
    assert [row[0].value for row in rows] == names
    assert {row[0].data_type for row in rows} == {"s"}
    assert [bool(row[0].quotePrefix) for row in rows] == [True] * 4 + [False] * 2
    assert [(row[1].value, bool(row[1].quotePrefix)) for row in rows] == [(-5, False)] * 6
    assert {row[0].font.name for row in rows} == {"宋体"}
