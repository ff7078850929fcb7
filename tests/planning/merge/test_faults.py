"""Causes are told, not consequences: an absent sheet ends the reading; names allowed and places are given."""

from pathlib import Path

import pytest
from tests.planning.merge.test_reading import HEAD, TABLES, written

from junheng.basics import UserError
from junheng.planning.merge import read_problem


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_problem(path)
    return caught.value


@pytest.mark.parametrize("name", ["学校", "撤并", "生源"])
def test_an_absent_or_empty_sheet_is_the_one_fault(name: str, tmp_path: Path) -> None:
    told = refused(written(tmp_path, HEAD.replace(f"{name}.csv, ", ""))).what
    assert told.en.startswith("1 fault:")
    assert f"缺少表“{name}”（现有：" in told.zh
    heading = TABLES[name].splitlines()[0] + "\n"
    told = refused(written(tmp_path, **{name: heading})).what
    assert told.en.startswith("1 fault:")
    assert f"“{name}”表是空的" in told.zh


def test_pupils_that_are_lost_are_told_with_their_row(tmp_path: Path) -> None:
    fault = refused(written(tmp_path, 生源=TABLES["生源"].replace(",2,4,", ",2,5,")))
    assert fault.where == "生源.csv E3"
    assert "撤并 M 的生源合计 8 人，学校在校生 7 人" in fault.what.zh


def test_a_way_to_nowhere_says_which_is_not_there(tmp_path: Path) -> None:
    told = refused(written(tmp_path, 路程="地点,学校标识码,分钟\n丙村,A,3\n甲村,Z,4\n")).what.zh
    assert "路程.csv A2：“生源”表里没有地点“丙村”" in told
    assert "路程.csv B3：“学校”表里没有学校“Z”" in told


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("{grade_minutes: 3}", "不认识的限值；是否 minutes？可写 minutes、no_boarding、notice_days"),
        ("{minutes: {lowe: 20}}", "不认识的限值；是否 low？可写 low、high"),
        ("{minutes: 20}", "应分别写 low、high"),
        ("{notice_days: {a: 1}}", "应写一个数"),
    ],
)
def test_limits_that_are_none(rules: str, words: str, tmp_path: Path) -> None:
    told = refused(written(tmp_path, HEAD + f"rules: {rules}\nsources: 县\n")).what
    assert told.en.startswith("1 fault:")
    assert words in told.zh


def test_a_day_that_is_none_is_told_once(tmp_path: Path) -> None:
    told = refused(written(tmp_path, HEAD.replace("2024-09-01", "2024-09-31"))).what
    assert told.en.startswith("1 fault:")
    assert "“2024-09-31”不是日期" in told.zh
