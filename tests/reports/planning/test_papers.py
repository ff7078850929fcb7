"""The papers of a plan: numbers stay numbers, absent stays blank, long tables are shortened and say so."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from junheng.basics import Text
from junheng.planning import Column, Table
from junheng.reports.planning import (
    PlanPaper,
    Scenario,
    curve_picture,
    plan_document,
    scenario_picture,
    school_pages,
    shown,
    spending_picture,
    values_before,
    write_plan_book,
    write_scenarios,
)
from junheng.reports.planning.cells import value

SCHOOL = Column(Text("学校", "school"))
MONEY = Column(Text("资金", "money"), "万元", 2)
SUMMARY = [Text("共 3 项。", "Three actions.")]
TABLE = Table(
    Text("措施", "actions"),
    [SCHOOL, MONEY],
    [["=甲校", Fraction(5, 3)], ["乙校", None], [Text("丙校", "C"), 12_345]],
    Text("单位成本由区里提供。", "Unit costs are the bureau's."),
)


@pytest.mark.parametrize(
    ("number", "digits", "words"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-1, 3), 2, "-0.33"),
        (1234567, 0, "1,234,567"),
        (Fraction(-1, 999), 2, "0.00"),
    ],
)
def test_numbers_round_only_when_shown(number: Fraction | int, digits: int, words: str) -> None:
    assert shown(number, Column(Text("数", "n"), "个", digits)) == words


def test_a_year_is_a_number_without_thousands() -> None:
    column = Column(Text("年份", "year"))
    assert value(2026, column) == 2026
    assert shown(2026, column) == "2026"


def test_the_workbook_keeps_numbers_and_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_plan_book(path, "XX区", SUMMARY, [TABLE])
    book = load_workbook(path)
    assert book.sheetnames == ["说明", "措施"]
    rows = list(book["措施"].iter_rows(values_only=True))
    assert rows[0] == ("学校", "资金（万元）")
    assert rows[1] == ("=甲校", pytest.approx(5 / 3))
    assert rows[2] == ("乙校", None)
    assert rows[3] == ("丙校", 12345)


def test_the_report_shortens_long_tables_and_says_so() -> None:
    import io

    long = Table(Text("清单", "list"), [SCHOOL, MONEY], [[f"校{n}", n] for n in range(300)])
    content = plan_document(
        PlanPaper("达标投入规划", "XX区", SUMMARY, [TABLE, long, Table(Text("空", "none"), [SCHOOL], [])])
    )
    document = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "共 300 行" in text
    assert "无。" in text
    assert [len(table.rows) for table in document.tables if table.cell(0, 0).text == "学校"] == [4, 41]


def _problem() -> dict[str, Any]:
    stages = [
        {"stage": "primary", "pupils": {"2028": 100}, "judged": 1, "stock": {"R1": 3}},
        {"stage": "junior", "pupils": {"2028": 100}, "judged": 1, "stock": {"R1": 6}},
    ]
    return {
        "target": 2028,
        "weights": {"primary": 1, "junior": "1.1", "senior": "1.32"},
        "indicators": [
            {"id": "R1", "zh": "高于规定学历", "scale": 100, "shared": 0},
            {"id": "R7", "zh": "多媒体教室", "scale": 100, "shared": 1},
        ],
        "measures": [{"id": "equip", "zh": "教室", "en": "rooms", "unit": "间", "whole": 1}],
        "schools": [
            {"id": "1", "name": "甲校", "stock": {"R7": 21}, "stages": stages},
            {"id": "2", "name": "乙校", "stock": {}, "stages": []},
        ],
    }


def test_what_a_table_leaves_out_is_named_and_effects_are_whole() -> None:
    wide = Table(
        Text("宽表", "wide"),
        [Column(Text(f"列{n}", f"c{n}")) for n in range(10)],
        [["长" * 500, *"abcdefghi"]],
    )
    long = Table(Text("前后对照", "effects"), [SCHOOL], [[f"第{n}所"] for n in range(90)])
    paper = PlanPaper("规划", "XX区", SUMMARY, [wide], effects=[long])
    document = Document(BytesIO(plan_document(paper)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "未列出的列：列8、列9" in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "第89所" in cells
    assert all(len(cell) < 300 for cell in cells)
    assert any(cell.endswith("（全文见行动清单）") for cell in cells)


def test_what_there_is_on_the_pupils_of_the_target_year() -> None:
    found = values_before(_problem())
    assert found["1", "primary", "R1"] == 3
    assert found["1", "primary", "R7"] == pytest.approx(10)
    assert found["1", "junior", "R7"] == pytest.approx(11)


def test_a_page_for_each_school_with_something_to_say() -> None:
    action = {
        "school_id": "1",
        "year": 2026,
        "measure": "equip",
        "quantity": 2,
        "cost_yuan": 12000,
        "zh": "缺 2 间",
    }
    outcome = {"actions": [action], "exempt": [], "unreachable": []}
    values = {("1", "primary", "R7"): ("2.3", "10.00", "11.00", "达标")}
    (page,) = school_pages(_problem(), outcome, values)
    assert page.name == "甲校"
    assert page.actions == [("2026", "全校", "教室", "2 间", "1.20", "缺 2 间")]
    assert page.indicators == [("小学", "多媒体教室", "2.3", "10.00", "11.00", "达标")]


def test_scenarios_side_by_side(tmp_path: Path) -> None:
    money, count = Column(Text("资金", "money"), "万元", 2), Column(Text("达标", "comply"), "个")
    found = write_scenarios(
        tmp_path / "方案比较.xlsx",
        [Scenario("甲", {money: Fraction(3, 2)}, SUMMARY), Scenario("乙", {money: 2, count: 5}, SUMMARY)],
    )
    assert list(found.rows) == [["甲", Fraction(3, 2), None], ["乙", 2, 5]]
    assert (tmp_path / "方案比较.xlsx").stat().st_size


def test_pictures_are_drawn_even_of_nothing() -> None:
    for picture in (
        spending_picture([(2025, 0.0)], []),
        spending_picture([(2025, 10.5), (2026, 8)], [(2025, 12), (2026, 12)]),
        curve_picture([], 0),
        curve_picture([(0, 5), (1000, 60), (2000, 90)], 96),
        scenario_picture([("甲", 100, 5), ("乙", 200, 9)], 96),
    ):
        assert picture.png.startswith(b"\x89PNG")
