"""Workbooks of plain sheets, charts by name, and marks of verdicts."""

import io
from pathlib import Path

import openpyxl
import pytest
from tests.reports.made_finding import make_finding

from junheng.basics import Text
from junheng.planning import MapLayers, MapPlace
from junheng.reports.charts import chart_names, finding_chart
from junheng.reports.maps import map_of, map_svg
from junheng.reports.workbook import ALL_DECIMALS, Column, Sheet, plain_book


def test_numbers_are_numbers_and_formulas_are_text() -> None:
    columns = [Column("校名", 20), Column("值", 8, ALL_DECIMALS)]
    rows = [["=1+1", 0.1], ["@甲", None], ["+乙", 3]]
    held = plain_book([Sheet("甲/乙:[1]", columns, rows, ["来源：测试"])], "测试")
    book = openpyxl.load_workbook(io.BytesIO(held))
    sheet = book["甲_乙__1_"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=4)] == [
        ["校名", "值"], ["=1+1", 0.1], ["@甲", None], ["+乙", 3]
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].data_type == "n"
    assert sheet["A6"].value == "来源：测试"
    assert held == plain_book([Sheet("甲/乙:[1]", columns, rows, ["来源：测试"])], "测试")


def test_a_chart_is_found_by_its_name(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "finding", schools={"primary": 6})
    for name in ("variation", "trend", "heat-primary", "distribution-primary"):
        picture = finding_chart(folder, name)
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
    assert finding_chart(folder, "heat-senior") is None
    with pytest.raises(KeyError):
        finding_chart(folder, "heat-../verdict")
    assert {"areas", "heat-junior"} <= set(chart_names())


def test_marks_of_verdicts_differ_in_shape_and_are_told() -> None:
    states = ("met", "floor", "not_met", "cannot_tell")
    places = [
        MapPlace(s, f"校{n}", -79.9 + n / 100, 43.2, s, told=f"校{n}：<b>{s}") for n, s in enumerate(states)
    ]
    drawing = map_svg(map_of(MapLayers(Text("图", "map"), places=places)))
    for n, state in enumerate(states):
        assert f"<title>校{n}：&lt;b&gt;{state}</title>" in drawing
    assert "未达标 not met" in drawing
    assert drawing.count("<circle") > 1  # met and cannot tell are round, one filled and one not
