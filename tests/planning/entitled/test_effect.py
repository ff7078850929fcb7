"""Operating funds before and after a plan: sums by hand, what follows of groups, what cannot be told."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.planning.entitled.made import ASKED, OUTCOME, PROBLEM, YEARS, Json, merged, rows

from junheng.basics import UserError
from junheng.planning.entitled import (
    FundingAsked,
    funding_effect,
    funding_table,
    funding_words,
    moved_pupils,
    read_funding,
)

BASE, SMALL = 720, 100  # yuan for a primary pupil in 2025; a smaller village school is paid as 100 pupils
MOVED = moved_pupils(PROBLEM, OUTCOME)


def of(found: Json, key: str) -> Json:
    """The entry of a school."""
    return next(one for one in found["schools"] if one["school_id"] == key)


def test_a_merger_costs_what_made_two_schools_up_to_a_hundred() -> None:
    found = funding_effect(*merged(), YEARS, ASKED, MOVED)
    sums = found["sums"]
    assert (sums["changed"], sums["told"]) == (2, 2)  # c does not change
    assert sums["before"]["slots"] == {"base": 110 * BASE, "small_school": 90 * BASE}
    assert sums["after"]["slots"] == {"base": 110 * BASE, "boarding": 4 * 300}
    assert sums["change_yuan"] == 4 * 300 - 90 * BASE
    assert of(found, "b")["due_after"] is None
    assert of(found, "b")["change_yuan"] == -SMALL * BASE
    assert of(found, "c")["change_yuan"] == 0


def test_the_words_tell_both_sums_and_each_kind() -> None:
    found = funding_effect(*merged(), YEARS, ASKED, MOVED)
    (words,) = funding_words(found)
    assert "可判定 2 所，年应拨由 144,000 元变为 80,400 元，每年减少 63,600 元" in words.zh
    assert "不足100人补足 64,800→0" in words.zh
    assert "63,600 less" in words.en
    table = funding_table(found)
    assert [row[0] for row in table.rows[:2]] == ["a小学", "b小学"]
    assert table.rows[0][6] == "小学基准定额 70×720=50,400；不足100人补足 30×720=21,600"
    assert (table.rows[1][3], table.rows[1][4], table.rows[1][5]) == (72000, 0, -72000)
    assert table.rows[-1][3:6] == (144000, 80400, -63600)


def test_groups_that_do_not_follow_leave_the_school_untold() -> None:
    """Without knowing who moves nothing is known of the groups; b's own end is told all the same."""
    found = funding_effect(*merged(), YEARS, ASKED)
    assert of(found, "a")["change_yuan"] is None
    assert (found["sums"]["changed"], found["sums"]["told"]) == (2, 1)
    assert "未计入的 1 所：a小学：" in funding_words(found)[1].zh


@pytest.mark.parametrize(("inclusive", "splits", "known"), [(0, True, 0), (2, False, 5), (2, True, None)])
def test_a_group_comes_along_unless_its_school_splits(
    inclusive: int, splits: bool, known: int | None
) -> None:
    before, after = merged()
    before["stage"][0]["inclusive_pupils"], before["stage"][1]["inclusive_pupils"] = (
        3 if inclusive else 0,
        inclusive,
    )
    moved = MOVED
    if splits:  # ten of b's pupils go to c
        after["stage"][0]["pupils"], after["stage"][1]["pupils"] = 100, 130
        after["stage"][1]["inclusive_pupils"] = None
        moved = [{**MOVED[0], "pupils": 30, "boards": 0}, {**MOVED[0], "to": "c", "pupils": 10, "boards": 4}]
    found = funding_effect(before, after, YEARS, ASKED, moved)
    (stage,) = of(found, "a")["after"]["stages"]
    assert stage["inclusive_pupils"] == known
    assert (of(found, "a")["change_yuan"] is None) is (known is None)


def test_pupils_that_do_not_add_up_fill_nothing_in() -> None:
    before, after = merged()
    after["stage"][0]["pupils"] = 111
    assert funding_effect(before, after, YEARS, ASKED, MOVED)["filled"] == []


def test_as_at_the_base_is_an_assumption_that_is_told() -> None:
    before = rows(("a", 120), boarders=10)
    after = rows(("a", 150), ("new", 200), boarders=None, inclusive_pupils=None, home_taught_pupils=None)
    found = funding_effect(before, after, YEARS, replace(ASKED, groups="as_base"))
    assert found["sums"]["change_yuan"] == (150 - 120 + 200) * BASE
    assert {row["value"] for row in found["filled"] if row["school_id"] == "new"} == {0}
    assert any("其中 2 所的寄宿、随班就读等人数没有预测" in words.zh for words in funding_words(found))
    untold = funding_effect(before, after, YEARS, ASKED)
    assert untold["sums"]["told"] == 0


def test_nothing_changes_where_no_school_does_even_if_untold() -> None:
    before = rows(("a", None), ("b", 200))
    found = funding_effect(before, before, YEARS, ASKED)
    assert [one["change_yuan"] for one in found["schools"]] == [0, 0]
    assert "应拨不变" in funding_words(found)[0].zh


def test_the_budget_year_is_the_next_unless_stated() -> None:
    before = rows(("a", 200))
    found = funding_effect(before, before, (2024, 2027), FundingAsked(None, "", ()))
    assert found["budget_year"] == 2028
    assert found["rules"]["150999"]["on"] == "2028-01-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("funding: 2025", "budget_year"),
        ("funding: {budget_years: 2025}", "budget_year"),
        ("funding: {budget_year: 25}", "应为年份"),
        ("funding: {groups: as_now}", "as_base"),
        ("funding: {overlays: [none.yaml]}", "没有文件 none.yaml"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text(f"kind: merge\n{text}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_funding(path)
    assert said in " ".join(str(line) for line in caught.value.lines())


def test_nobody_asked(tmp_path: Path) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text("kind: merge\n", encoding="utf-8")
    assert read_funding(path) is None
    path.write_text("kind: merge\nfunding: {}\n", encoding="utf-8")
    assert read_funding(path) == FundingAsked(None, "", ())
