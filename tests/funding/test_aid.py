"""What the check of aid finds: duplicates, who is not enrolled, sums beside their rate, publication."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.funding.books import ARCHIVE, write_book

from junheng.funding import read_aid, work_out_aid

ON = date(2024, 6, 30)


def _out(folder: Path, *rows: tuple[object, ...], **sheets: list[tuple[object, ...]]) -> dict[str, Any]:
    book = write_book(folder / "aid.xlsx", {"资助档案": [ARCHIVE, *rows], **sheets})
    return work_out_aid(read_aid(book, on=ON))


def _row(pupil: str = "P00001", **cells: Any) -> tuple[object, ...]:
    told = {
        "stage": "小学",
        "category": "建档立卡",
        "scheme": "寄宿生生活补助",
        "term": "2024春",
        "yuan": 625,
        **cells,
    }
    return (pupil, None, told["stage"], told["category"], told["scheme"], told["term"], told["yuan"], None)


def _kinds(found: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in found["findings"]]


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"yuan": 625}, []),
        ({"yuan": 624.99}, ["below_rate"]),
        ({"yuan": 625.01}, ["above_rate"]),
        ({"stage": "初中", "yuan": 750}, []),
        ({"term": "2023秋", "yuan": 500}, []),  # the rate before
        ({"term": "2023秋", "yuan": 625}, ["above_rate"]),
        ({"scheme": "非寄宿生生活补助", "yuan": 312.5}, []),  # half
        ({"scheme": "非寄宿生生活补助", "stage": "初中", "yuan": 375}, []),
        ({"scheme": "非寄宿生生活补助", "category": "其他困难", "yuan": 312.5}, ["category_not_entitled"]),
        ({"category": "其他困难"}, []),  # boarders of every category of need
        ({"scheme": "非寄宿生生活补助", "term": "2018秋", "yuan": 250}, ["no_rate"]),
        ({"stage": "高中", "yuan": 625}, ["no_rate"]),
        ({"scheme": "营养改善计划", "yuan": 1}, []),
    ],
)
def test_sums_against_the_rate_of_their_term(tmp_path: Path, cells: dict[str, Any], kinds: list[str]) -> None:
    assert _kinds(_out(tmp_path, _row(**cells))) == kinds


def test_one_pupil_in_two_schemes_that_exclude_each_other(tmp_path: Path) -> None:
    day = _row(scheme="非寄宿生生活补助", yuan=312.5)
    found = _out(tmp_path, _row(), day)
    assert _kinds(found) == ["exclusive"]
    assert found["findings"][0]["at"] == [
        "aid.xlsx [资助档案] 第 2 行 row 2",
        "aid.xlsx [资助档案] 第 3 行 row 3",
    ]
    assert _kinds(_out(tmp_path, _row(), _row())) == ["twice"]
    assert _kinds(_out(tmp_path, _row(), _row(scheme="营养改善计划", yuan=4))) == []
    assert _kinds(_out(tmp_path, _row(), _row("P00002", scheme="非寄宿生生活补助", yuan=312.5))) == []
    assert _kinds(_out(tmp_path, _row(), _row(term="2023秋", yuan=500))) == []


def test_a_year_and_one_of_its_terms_overlap(tmp_path: Path) -> None:
    assert _kinds(_out(tmp_path, _row(), _row(term="2023学年", yuan=1125))) == ["twice"]


def test_who_is_not_on_the_register_or_does_not_board(tmp_path: Path) -> None:
    register = [("学生代号", "是否寄宿"), ("P00001", "是"), ("P00002", "否"), ("P00003", "")]
    rows = [_row(f"P0000{number}") for number in (1, 2, 3, 4)]
    loan = _row("D1", stage="大学", scheme="生源地信用助学贷款", yuan=8000)
    found = _out(tmp_path, *rows, loan, 学生名册=register)
    assert [(one["kind"], one["pupil_id"]) for one in found["findings"]] == [
        ("does_not_board", "P00002"),
        ("not_registered", "P00004"),
    ]


def test_loans_of_students_stand_apart(tmp_path: Path) -> None:
    loan = _row("D1", stage="大学", scheme="生源地信用助学贷款", yuan=8000)
    found = _out(tmp_path, _row(), loan)
    assert found["totals"]["all"] == {"times": 1, "pupils": 1, "yuan": "625", "unknown": 0}
    assert found["apart"]["all"] == {"times": 1, "pupils": 1, "yuan": "8000", "unknown": 0}


@pytest.mark.parametrize(
    ("rows", "policy", "matter"),
    [
        (None, "cannot_tell", "cannot_tell"),
        ([("政策", "告知书", "2024-03-01", "网站")], "met", "not_met"),
        ([("事项", "流程", "2024-06-30", "网站")], "not_met", "met"),
        ([("政策", "告知书", "2024-07-01", "网站")], "not_met", "not_met"),  # after the day of the figures
    ],
)
def test_whether_policy_and_matters_were_published(
    tmp_path: Path, rows: list[tuple[object, ...]] | None, policy: str, matter: str
) -> None:
    heads = ("种类", "标题", "公开日期", "公开地点")
    sheets = {} if rows is None else {"公开记录": [heads, *rows]}
    found = _out(tmp_path, _row(), **sheets)["publication"]
    assert (found["policy"], found["matter"]) == (policy, matter)
