"""Officers' books: headings by name or alias, cells by kind, and every fault with its cell."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import Text, UserError
from junheng.data.books import Book, Form, Heading, canonical, group_faults, load_forms, read_book

DICTIONARY = """table,column,zh,en,aliases,required,kind,values,example,meaning_zh,meaning_en
visit,,走访,visits,走访表,yes,,,,,
visit,code,代码,code,编号,yes,text,,,,
visit,day,日期,day,,no,date,,,,
visit,pupils,人数,pupils,学生数,no,number,,,,
visit,seen,已看,seen,,no,yes_no,,,,
visit,mark,等级,mark,,no,text,a=好|b=差,,,
note,,说明,notes,,no,,,,,
note,text,内容,text,,yes,text,,,,
"""


@pytest.fixture
def forms(tmp_path: Path) -> dict[str, Form]:
    path = tmp_path / "headings.csv"
    path.write_text(DICTIONARY, encoding="utf-8")
    return dict(load_forms(path))


def book(folder: Path, forms: dict[str, Form], **sheets: Sequence[Sequence[object]]) -> Book:
    path = folder / "b.xlsx"
    made = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return read_book(path, forms)


def test_headings_are_known_by_name_alias_and_below_a_title(tmp_path: Path, forms: dict[str, Form]) -> None:
    rows = [
        ["走访登记（2025年）"],
        ["编号", "*学生数", "日期", "备注"],
        ["#示例", 1, "", ""],
        ["S1", "1,200", "2025年5月1日", "x"],
        [],
    ]
    found = book(tmp_path, forms, 走访表=rows, 其他=[["x"]])
    (record,) = found.rows("visit")
    assert dict(record.cells) == {"code": "S1", "pupils": "1200", "day": "2025-05-01"}
    assert str(record.place) == "b.xlsx [走访表] 第 4 行 row 4"
    assert str(record.at("day")) == "b.xlsx [走访表] C4"
    assert found.faults == ()
    assert found.titles == ("其他",)
    assert found.rows("note") == ()


def test_a_cell_that_does_not_fit_is_a_fault_and_a_blank(tmp_path: Path, forms: dict[str, Form]) -> None:
    heads = ["代码", "日期", "人数", "已看", "等级"]
    rows = [heads, ["S1", "2025-02-30", "多", "也许", "中"], ["", "2025-05-01", 3, "有", "好"]]
    found = book(tmp_path, forms, 走访=rows)
    assert dict(found.rows("visit")[0].cells) == {"code": "S1"}
    assert dict(found.rows("visit")[1].cells) == {
        "day": "2025-05-01",
        "pupils": "3",
        "seen": "yes",
        "mark": "a",
    }
    assert [(f.cause, str(f.place)) for f in found.faults] == [
        ("visit.day.misfit", "b.xlsx [走访] B2"),
        ("visit.pupils.misfit", "b.xlsx [走访] C2"),
        ("visit.seen.misfit", "b.xlsx [走访] D2"),
        ("visit.mark.misfit", "b.xlsx [走访] E2"),
        ("visit.code.blank", "b.xlsx [走访] A3"),
    ]
    assert found.faults[3].fix.zh == "可用：好、差"


def test_faults_of_one_cause_are_one_group(tmp_path: Path, forms: dict[str, Form]) -> None:
    found = book(tmp_path, forms, 走访=[["代码", "等级"], ["S1", "中"], ["S2", "中"]])
    (group,) = group_faults(found.faults)
    assert [str(place) for place in group.places] == ["b.xlsx [走访] B2", "b.xlsx [走访] B3"]


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"走方": [["代码"]]}, "“走方”是否就是"),
        ({"走访": [["名称"], ["x"]]}, "缺少必需的列"),
        ({"走访": [["代码", "编号"], ["x", "y"]]}, "两列都是“代码”"),
        ({"走访": [["代码"]], "走访表": [["代码"]]}, "“走访”有两张表"),
    ],
)
def test_a_book_that_cannot_be_told_is_refused(
    tmp_path: Path, forms: dict[str, Form], sheets: dict[str, list[list[object]]], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        book(tmp_path, forms, **sheets)


def test_a_csv_is_known_by_its_headings(tmp_path: Path, forms: dict[str, Form]) -> None:
    path = tmp_path / "任意.csv"
    path.write_text("代码,人数\nS1,12\n", encoding="utf-8")
    assert dict(read_book(path, forms).rows("visit")[0].cells) == {"code": "S1", "pupils": "12"}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
@settings(max_examples=examples(50), deadline=None)
def test_numbers_are_kept_exactly(value: object) -> None:
    from decimal import Decimal

    heading = Heading("n", Text("数", "n"), (), False, "number", {}, "", Text("", ""))
    found = canonical(heading, str(value))
    assert found is not None
    assert Decimal(found) == value
    assert "E" not in found
