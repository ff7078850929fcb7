"""Special groups: the published shares, both retentions, blanks that stay blank."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.enrolment.made import small_book, write_book

from junheng.basics import UserError
from junheng.enrolment import run_report

ON = date(2026, 10, 1)
COHORT = ["学校", "三年前初一在校生", "转入", "转出", "死亡", "毕业生"]


def _report(folder: Path, sheets: dict[str, list[list[object]]]) -> dict[str, Any]:
    return run_report(write_book(folder / "groups.xlsx", sheets), ON)


def test_the_migrant_share_of_a_published_city(tmp_path: Path) -> None:
    """G7: 66,000 + 32,000 of 275,000."""
    rows: list[list[object]] = [
        ["学段", "在校生数", "随迁子女数"],
        ["小学", 186000, 66000],
        ["初中", 89000, 32000],
    ]
    found = _report(tmp_path, {"汇总": rows})
    share = found["shares"]["migrant"]
    assert (share["numerator"], share["denominator"], share["value"]) == (98000, 275000, "98/275")
    assert share["percent"] == "35.64"  # printed 35.6 %
    assert found["counts"]["left_behind.1"]["value"] is None
    assert found["shares"]["migrant_public"]["percent"] is None


def test_retention_by_both_formulas(tmp_path: Path) -> None:
    """G11: initial 300, in 10, out 20, deaths 1, graduates 285."""
    found = _report(tmp_path, {"毕业队列": [COHORT, ["甲", 300, 10, 20, 1, 285]]})["retention"]
    assert [(row["a"], row["b"], row["a_percent"], row["b_percent"]) for row in found] == [
        ("295/299", "57/58", "98.66", "98.28")
    ] * 2


@pytest.mark.parametrize(
    ("row", "a", "b"),
    [
        (["甲", 100, 0, 0, 0, 101], "101/100", "1/1"),  # (b) is capped, (a) tells what was reported
        (["甲", 0, 0, 0, 0, 0], None, None),
        (["甲", 100, "", 0, 0, 99], None, None),
        (["甲", 100, "三", 0, 0, 99], None, None),
    ],
)
def test_retention_at_its_ends(tmp_path: Path, row: list[object], a: str | None, b: str | None) -> None:
    found = _report(tmp_path, {"毕业队列": [COHORT, row]})["retention"]
    assert [(one["a"], one["b"]) for one in found] == [(a, b)] * 2


def test_a_school_without_figures_makes_the_total_unknown(tmp_path: Path) -> None:
    rows: list[list[object]] = [COHORT, ["甲", 300, 10, 20, 1, 285], ["乙", 100, 0, 0, "", 99]]
    assert [one["a"] for one in _report(tmp_path, {"毕业队列": rows})["retention"]] == ["295/299", None, None]


def test_a_register_is_counted_child_by_child(tmp_path: Path) -> None:
    book = small_book()
    heads = [*book["学籍"][0], "残疾类型", "安置方式"]
    more = [["", ""], ["听力", "随班就读"], ["智力", "送教"]]
    rows = [heads, *([*row, *extra] for row, extra in zip(book["学籍"][1:], more, strict=True))]
    counts = _report(tmp_path, {"学籍": rows})["counts"]
    told = {name: cell["value"] for name, cell in counts.items()}
    assert told["pupils"] == 3
    assert [told[f"left_behind.{code}"] for code in "012"] == [1, 1, 1]
    assert [told[f"placement.{kind}"] for kind in ("special_school", "inclusive", "home_taught")] == [0, 1, 1]
    assert (told["migrant.all"], told["migrant.public"], told["migrant.purchased"]) == (1, 1, 0)


def test_unknown_words_are_told_and_make_the_group_unknown(tmp_path: Path) -> None:
    book = small_book()
    book["学籍"][1][8] = "3"
    book["学籍"][2][6] = "也许"
    found = _report(tmp_path, {"学籍": book["学籍"]})
    assert found["counts"]["left_behind.1"]["value"] is None
    assert found["counts"]["migrant.all"] == {
        "value": None,
        "reason": {"zh": "1 格没有填或读不懂", "en": "1 cells blank or unreadable"},
    }
    assert {place for problem in found["problems"] for place in problem["places"]} == {
        "groups.xlsx [学籍] I2",
        "groups.xlsx [学籍] G3",
    }


def test_a_book_without_such_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none of the sheets"):
        _report(tmp_path, {"户籍": small_book()["户籍"]})


def _public(folder: Path, *counts: int) -> dict[str, Any]:
    """What is public of 120 pupils, of whom so many are migrant: in public, in purchased seats."""
    row: list[object] = ["小学", 120, sum(counts), *counts]
    headings: list[object] = ["学段", "在校生数", "随迁子女数", "公办就读随迁", "购买学位随迁"]
    found = _report(folder, {"汇总": [headings, row]})["public"]
    assert found["small_cell"] == 5
    return dict(found)


@pytest.mark.parametrize(
    ("counts", "shown", "shares"),
    [
        ((25, 5), (30, 25, 5), {"migrant", "migrant_public", "migrant_purchased"}),
        ((25, 4), (29, None, None), {"migrant"}),  # the other part would tell it
        ((4, 0), (None, None, 0), set()),
        ((116, 0), (None, None, 0), set()),  # four pupils are left
    ],
)
def test_small_counts_leave_the_office_in_no_way(
    tmp_path: Path, counts: tuple[int, ...], shown: tuple[int | None, ...], shares: set[str]
) -> None:
    found = _public(tmp_path, *counts)
    names = ("migrant.all", "migrant.public", "migrant.purchased")
    assert tuple(found["counts"][name] for name in names) == shown
    assert set(found["shares"]) == shares
