"""Sheets as records: found by title and heading, every fault with its cell."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from junheng.basics import UserError
from junheng.data.books import Place
from junheng.data.books import Record as Row
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record, read_records

PAGE = "docs/method/plan_pair.md"
TABLES: dict[str, dict[str, Any]] = {
    "学校": {
        "en": "schools",
        "files": ["school_list"],
        "needed": "1",
        "remarks_in_brackets": "1",
        "columns": [
            {"name": "id", "zh": "学校标识码", "needed": "1", "aliases": ["代码"]},
            {"name": "pupils", "zh": "在校生数", "needed_heading": "1"},
            {"name": "kind", "zh": "类别"},
        ],
    },
    "路程": {"columns": [{"name": "km", "zh": "公里"}]},
    "words": {"strong": ["强校"]},
}
HEAD = "学校标识码,在校生数（人）,类别\n"


def read(folder: Path, faults: Gathered, files: dict[str, str], **more: Any) -> dict[str, list[Record]]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_records([folder / name for name in files], TABLES, faults, **more)


@pytest.mark.parametrize("title", ["学校.csv", "学校（2024）.csv", "schools.csv", "school_list.csv"])
def test_a_sheet_is_known_by_its_names(tmp_path: Path, title: str) -> None:
    faults = Gathered(PAGE)
    rows = read(tmp_path, faults, {title: "某县学校表\n" + HEAD + "# 说明\nA,12,强校\n,,\nB,,\n"})["学校"]
    assert [(row["id"], row.count("pupils", faults), row.at("pupils")) for row in rows] == [
        ("A", 12, f"{title} B4"),
        ("B", None, f"{title} B6"),
    ]
    assert faults.found == []


@pytest.mark.parametrize(
    ("files", "where", "told"),
    [
        ({"学校.csv": HEAD, "别的.csv": "a\n1\n"}, "别的.csv", "不认识的表"),
        ({"学校.csv": HEAD, "学校2.csv": HEAD}, "学校2.csv", "学校表有两张"),
        ({"路程.csv": "公里\n1\n"}, "路程.csv", "缺少工作表“学校”（现有：路程）"),
        ({"学校.csv": "学校标识码,在校学生\nA,1\n"}, "学校.csv 第 1 行 row 1", "缺少列 在校生数；"),
        ({"学校.csv": "学校标识码,在校学生\nA,1\n"}, "学校.csv 第 1 行 row 1", "最接近的标题是“在校学生”"),
        ({"学校.csv": HEAD.replace("类别", "代码")}, "学校.csv C1", "两列都是"),
        ({"学校.csv": HEAD + ",12,强校\n"}, "学校.csv A2", "学校标识码为空"),
    ],
)
def test_what_is_amiss_is_told_with_its_place(
    tmp_path: Path, files: dict[str, str], where: str, told: str
) -> None:
    faults = Gathered(PAGE)
    read(tmp_path, faults, files)
    assert [place for place, what in faults.found if told in what.zh] == [where]


def test_other_sheets_are_passed_over_unless_one_may_be_meant(tmp_path: Path) -> None:
    faults = Gathered(PAGE)
    read(tmp_path, faults, {"说明.csv": "a\n1\n", "各校学校情况.csv": HEAD}, passes_others=True)
    assert [(where, "是否为“学校”" in what.zh) for where, what in faults.found] == [
        ("各校学校情况.csv", True),
        ("说明.csv、各校学校情况.csv", False),
    ]


def test_a_foreign_table_is_read_by_its_own_headings(tmp_path: Path) -> None:
    """A renamed column goes by the table's heading alone: its column ``id`` may be something else."""
    faults = Gathered(PAGE)
    text = "id,SCH_NO,在校生数\n1,A,12\n"
    renamed = {"学校": {"学校标识码": "SCH_NO", "楼层": "FLOOR"}}
    rows = read(tmp_path, faults, {"x.csv": text}, said={tmp_path / "x.csv": "学校"}, renamed=renamed)["学校"]
    assert [row["id"] for row in rows] == ["A"]
    assert [what.zh for _, what in faults.found] == ["columns 里没有列“楼层”"]


def test_a_row_of_nothing_but_a_broken_formula_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("路程")
        sheet.write_row(0, 0, ["公里"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    faults = Gathered(PAGE)
    read_records([path], {"路程": TABLES["路程"]}, faults)
    assert [(where, what.zh) for where, what in faults.found] == [
        ("t.xlsx [路程] A2", "没有算出的公式或错误值。请重新计算并存为 .xlsx，或直接键入")
    ]


def test_values_are_read_exactly_or_told() -> None:
    faults = Gathered(PAGE)
    cells = {
        "a": "1,200",
        "b": "1/3",
        "c": "2024年9月1日",
        "d": "强校",
        "e": "好",
        "f": "2024-02-30",
        "g": "1.5",
    }
    row = Record(Row(Place("t.csv", row=2), cells, {"e": "E", "f": "F", "g": "G"}))
    words = {"strong": ["强校"], "weak": ["弱校"]}
    assert (row.count("a", faults), str(row.number("b", faults))) == (1200, "1/3")
    assert (row.day("c", faults), row.word("d", words, faults)) == ("2024-09-01", "strong")
    assert (row.word("e", words, faults), row.day("f", faults), row.count("g", faults)) == ("", "", None)
    assert [where for where, _ in faults.found] == ["t.csv E2", "t.csv F2", "t.csv G2"]
    assert "强校、弱校" in faults.found[0][1].zh


def test_everything_is_told_at_once_and_only_once() -> None:
    faults = Gathered(PAGE)
    for _ in range(2):
        faults.add("t.csv A1", "甲", "one")
    for number in range(25):
        faults.add(f"t.csv A{number + 2}", "乙", "other")
    with pytest.raises(UserError) as caught:
        faults.refuse()
    said = " ".join(str(line) for line in caught.value.lines())
    assert "有 26 处须改正" in said
    assert "另有 6 处" in said
    assert PAGE in said


def test_a_fault_that_ends_the_reading_is_told_with_those_before_it() -> None:
    faults = Gathered(PAGE)
    faults.add("t.csv A1", "甲", "one")
    error = faults.ending("t.csv B1", "丙", "last")
    assert [part in error.what.zh for part in ("1. t.csv A1：甲", "2. t.csv B1：丙")] == [True, True]
