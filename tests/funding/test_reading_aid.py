"""Reading an archive of aid: pseudonyms only, words by the rules, cells named."""

from datetime import date
from pathlib import Path

import pytest
from tests.funding.books import ARCHIVE, write_book

from junheng.basics import UserError, identity_check_character
from junheng.funding import read_aid, work_out_aid

ON = date(2024, 6, 30)
ROW = ("P00001", "2199990001", "小学", "建档立卡", "寄宿生生活补助", "2024春", 625, "2024-05-20")


def _book(folder: Path, *rows: tuple[object, ...], heads: tuple[str, ...] = ARCHIVE) -> Path:
    return write_book(folder / "aid.xlsx", {"资助档案": [heads, *rows]})


def test_rows_keep_their_place_and_words_become_keys(tmp_path: Path) -> None:
    problem = read_aid(_book(tmp_path, ROW), on=ON)
    row = dict(zip(problem["columns"], problem["archive"][0], strict=True))
    assert (row["category"], row["scheme"], row["stage"], row["yuan"]) == (
        "registered_poor",
        "living_boarder",
        "primary",
        "625",
    )
    assert (problem["sheets"][row["sheet"]], row["row"]) == ("aid.xlsx [资助档案]", 2)
    assert problem["terms"] == {"2024春": ["2024-03-01"]}


def test_a_school_year_is_autumn_and_spring(tmp_path: Path) -> None:
    """1,000 a year until spring 2024, 1,250 from then: 500 and 625."""
    rows = [
        ("P00001", None, "小学", "残疾", "寄宿生生活补助", "2023学年", yuan, None) for yuan in (1125, 1250)
    ]
    found = work_out_aid(read_aid(_book(tmp_path, rows[0]), on=ON))
    assert found["findings"] == []
    found = work_out_aid(read_aid(_book(tmp_path, rows[1]), on=ON))
    assert [(one["kind"], one["wanted_yuan"]) for one in found["findings"]] == [("above_rate", "1125")]


@pytest.mark.parametrize("heading", ["姓名", "身份证号", "银行卡号", "联系电话"])
def test_names_and_numbers_of_children_are_refused(tmp_path: Path, heading: str) -> None:
    with pytest.raises(UserError, match=heading):
        read_aid(_book(tmp_path, (*ROW, "x"), heads=(*ARCHIVE, heading)), on=ON)


def test_an_identity_number_is_refused_and_not_repeated(tmp_path: Path) -> None:
    number = "15990219990101001"
    number += identity_check_character(number)
    with pytest.raises(UserError) as refused:
        read_aid(_book(tmp_path, (number, *ROW[1:])), on=ON)
    assert "A2" in str(refused.value.where)
    assert number not in "".join(str(line) for line in refused.value.lines())


@pytest.mark.parametrize(
    ("place", "cell", "cause"),
    [
        (4, "补助", "unknown_scheme:补助"),
        (3, "困难", "unknown_category:困难"),
        (5, "去年", "not_a_term"),
        (6, -5, "negative_sum"),
        (2, "大班", "not_one_of_preschool_primary_junior_senior_vocational_university"),
    ],
)
def test_what_is_no_such_word_is_named_and_counted_as_unknown(
    tmp_path: Path, place: int, cell: object, cause: str
) -> None:
    row = (*ROW[:place], cell, *ROW[place + 1 :])
    found = work_out_aid(read_aid(_book(tmp_path, row), on=ON))
    assert [(one["cause"], one["count"]) for one in found["problems"]] == [(cause, 1)]
    assert found["totals"]["all"]["times"] == 1
    assert found["totals"]["all"]["unknown"] == (1 if place == 6 else 0)


def test_a_book_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="资助档案"):
        read_aid(write_book(tmp_path / "b.xlsx", {"别的": [("甲",), ("乙",)]}), on=ON)
