"""The list of schools: pools, stages, faults with their places; written and read back the same."""

from pathlib import Path
from typing import Any

import pytest
from tests.admissions.forms import write_book, write_grid

from junheng.admissions import parse_problem, read_schools, write_school_list
from junheng.basics import UserError


def school(code: str, plan: Any, **changes: Any) -> dict[str, Any]:
    return {"学校代码": code, "学校名称": f"{code}学校", "办学性质": "公办", "招生计划": plan, **changes}


def test_a_school_without_pools_has_one_for_everybody(tmp_path: Path) -> None:
    found = read_schools(
        write_book(tmp_path / "s.xlsx", [school("101", 40), school("102", 0, 办学性质="民办")], "学校")
    )
    assert found.schools[0] == {
        "id": "101",
        "name": "101学校",
        "ownership": "public",
        "plan": 40,
        "pools": [{"id": "all", "seats": 40, "classes": [], "unfilled": "next"}],
    }
    assert found.schools[1]["ownership"] == "private"
    assert found.stages == ({"id": "main", "schools": ["101", "102"]},)
    rest = {"band_width": 1, "classes": [{"code": 0, "name": ""}]}
    assert parse_problem(found.as_problem(rest)).schools[0].plan == 40


def test_written_and_read_back_the_same(tmp_path: Path) -> None:
    schools = [
        {
            "id": "007",
            "name": "甲中学",
            "ownership": "private",
            "plan": 5,
            "pools": [
                {"id": "优先", "seats": 2, "classes": [0, 2], "unfilled": "close"},
                {"id": "普通", "seats": 3, "classes": [], "unfilled": "next"},
            ],
        },
        {
            "id": "8",
            "name": "乙中学",
            "ownership": "public",
            "plan": 1,
            "pools": [{"id": "p", "seats": 1, "classes": [], "unfilled": "next"}],
        },
    ]
    stages = [{"id": "先", "schools": ["8"]}, {"id": "后", "schools": ["007"]}]
    write_school_list(tmp_path / "s.xlsx", schools, stages)
    found = read_schools(tmp_path / "s.xlsx")
    assert list(found.schools) == schools
    assert list(found.stages) == stages


@pytest.mark.parametrize(
    ("rows", "words", "cell"),
    [
        ([school("101", "40人")], "不是整数", "D2"),
        ([school("101", 1), school("101", 2)], "相同", "A3"),
        ([school("", 1)], "没有填", "A2"),
        ([school("101", 1, 办学性质="国有")], "公办、民办", "C2"),
        ([school("101", -1)], "不是整数", "D2"),
        ([school("1", 1, 批次="甲", 批次次序=1), school("2", 1, 批次="乙")], "没有次序", "F3"),
        ([school("1", 1, 批次="甲", 批次次序=1), school("2", 1, 批次="甲", 批次次序=2)], "两个次序", "F3"),
    ],
)
def test_faults_are_listed_with_their_cells(
    tmp_path: Path, rows: list[dict[str, Any]], words: str, cell: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_schools(write_book(tmp_path / "s.xlsx", rows, "学校"))
    assert f"s.xlsx [学校] {cell}" in str(caught.value.what)


def test_pools_must_fit_their_school(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, grid in (
        ("学校", [list(school("101", 5)), list(school("101", 5).values())]),
        (
            "名额池",
            [["学校代码", "名额池", "名额", "优先类别"], ["101", "a", 3, "0、x"], ["999", "b", 1, ""]],
        ),
    ):
        page = book.add_worksheet(name)
        for number, row in enumerate(grid):
            page.write_row(number, 0, row)
    book.close()
    with pytest.raises(UserError) as caught:
        read_schools(path)
    told = str(caught.value.what)
    for words in (
        "名额池共 3 个，计划 5 个",
        "“x”不是类别代码",
        "没有学校“999”",
        "[名额池] D2",
        "[名额池] A3",
    ):
        assert words in told


def test_a_book_without_the_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到学校名单"):
        read_schools(write_grid(tmp_path / "s.xlsx", [["学校代码", "学校名称"], ["1", "2"]]))
