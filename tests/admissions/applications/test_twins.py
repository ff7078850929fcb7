"""Twins: apart they block until confirmed; under one number they are one family with one list."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.forms import PROBLEM, RULE, faults_of, good_row, id_number, write_book

from junheng.admissions import make_entrants, read_applications, read_exceptions
from junheng.admissions.applications.rule import IntakeException
from junheng.basics import UserError

HOME = {"监护人": "赵父", "家庭住址": "梧桐路1号", "联系电话": "14000000001"}


def twin(serial: int, birth: str = "2015-03-05", **changes: Any) -> dict[str, Any]:
    number = id_number(birth, serial)
    sex = "男" if serial % 2 else "女"
    child = {"姓名": f"赵小{serial}", "证件号码": number, "出生日期": birth, "性别": sex, "学籍号": number}
    return good_row(1, **{**child, **HOME, **changes})


def causes_of(path: Path, rows: list[dict[str, Any]], **others: Any) -> list[str]:
    return [fault.cause for fault in faults_of(path, rows, **others)]


def test_twins_under_one_number_are_bound(tmp_path: Path) -> None:
    rows = [twin(1, 双胞胎编号="1"), good_row(9), twin(2, 双胞胎编号="1")]
    found = make_entrants(read_applications(write_book(tmp_path / "a.xlsx", rows)), RULE, PROBLEM)
    assert [entrant.family for entrant in found] == ["a/1", "", "a/1"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"双胞胎编号": "2"},
        {"监护人": "赵母"},  # the surname and the home remain
        {"姓名": "钱小二"},  # the guardian and the home remain
        {"家庭住址": "别处9号"},  # guardian and telephone remain
        {"家庭住址": "梧桐路１号"},  # full-width
    ],
)
def test_twins_listed_apart_block(tmp_path: Path, changes: dict[str, Any]) -> None:
    first = twin(1, 双胞胎编号="1") if "双胞胎编号" in changes else twin(1)
    found = faults_of(tmp_path / "a.xlsx", [first, twin(2, **changes)])
    apart = [fault for fault in found if fault.cause == "twins_apart"]
    assert len(apart) == 1
    assert str(apart[0].place) == "a.xlsx [申请表] M3"
    assert "第 2 行" in apart[0].what.zh
    with pytest.raises(UserError, match="疑似双胞胎未用同一编号"):
        make_entrants(read_applications(tmp_path / "a.xlsx"), RULE, PROBLEM)


def test_twins_born_either_side_of_midnight_are_twins(tmp_path: Path) -> None:
    assert causes_of(tmp_path / "a.xlsx", [twin(1), twin(1, "2015-03-06")]) == ["twins_apart"]
    assert causes_of(tmp_path / "b.xlsx", [twin(1), twin(1, "2015-03-07")]) == []


def test_neighbours_born_on_one_day_are_no_twins(tmp_path: Path) -> None:
    other = {"家庭住址": "梧桐路3号", "监护人": "赵叔", "联系电话": "14000000002"}
    assert causes_of(tmp_path / "a.xlsx", [twin(1), twin(2, **other)]) == []
    housemates = {"姓名": "钱小二", "监护人": "钱叔", "联系电话": "14000000002"}
    assert causes_of(tmp_path / "b.xlsx", [twin(1), twin(2, **housemates)]) == []


def test_a_confirmed_exception_lifts_the_block_and_is_kept(tmp_path: Path) -> None:
    numbers = [id_number("2015-03-05", serial) for serial in (1, 2)]
    exception = IntakeException(
        cause="twins_apart",
        children=[number.lower() for number in numbers],
        reason="堂亲",
        confirmed_by="甲、乙",
        confirmed_on=date(2027, 6, 1),
    )
    rows = [twin(1), twin(2)]
    assert causes_of(tmp_path / "a.xlsx", rows, exceptions=[exception]) == []
    found = make_entrants(read_applications(tmp_path / "a.xlsx"), RULE, PROBLEM, [exception])
    assert [entrant.family for entrant in found] == ["", ""]


def test_an_exception_about_others_lifts_nothing_and_is_told(tmp_path: Path) -> None:
    exception = IntakeException(
        cause="twins_apart",
        children=[id_number("2015-03-05", 1), id_number("2015-03-05", 4)],
        reason="x",
        confirmed_by="x",
        confirmed_on=date(2027, 6, 1),
    )
    assert causes_of(tmp_path / "a.xlsx", [twin(1), twin(2)], exceptions=[exception]) == [
        "twins_apart",
        "exception_unused",
    ]


@pytest.mark.parametrize("cause", ["same_number", "blank_required", "no_such_cause"])
def test_what_must_be_mended_cannot_be_excepted(tmp_path: Path, cause: str) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(
        "format: junheng/exceptions/1\nexceptions:\n"
        f"  - {{cause: {cause}, children: [x], reason: r, confirmed_by: c, confirmed_on: 2027-06-01}}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="cannot be confirmed"):
        read_exceptions(path)


def test_exceptions_without_a_reason_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(
        "format: junheng/exceptions/1\nexceptions:\n"
        "  - {cause: twins_apart, children: [x], reason: '', confirmed_by: c, confirmed_on: 2027-06-01}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError):
        read_exceptions(path)


def test_members_of_a_family_must_wish_alike(tmp_path: Path) -> None:
    rows = [twin(1, 双胞胎编号="1"), twin(2, 双胞胎编号="1", 志愿1="103")]
    assert causes_of(tmp_path / "a.xlsx", rows) == ["family_differs"]
    by_name = [twin(1, 双胞胎编号="1"), twin(2, 双胞胎编号="1", 志愿1="甲中学")]
    assert causes_of(tmp_path / "b.xlsx", by_name) == []


def test_a_number_filled_down_is_noticed(tmp_path: Path) -> None:
    found = causes_of(tmp_path / "a.xlsx", [good_row(n, 双胞胎编号="1") for n in range(4)])
    assert sorted(set(found)) == ["family_large", "family_unrelated"]


def test_twins_numbers_of_two_districts_are_two_families(tmp_path: Path) -> None:
    write_book(tmp_path / "东区.xlsx", [twin(1, 双胞胎编号="1"), twin(2, 双胞胎编号="1")])
    other = {"监护人": "钱父", "家庭住址": "白杨路1号", "联系电话": "14000000009"}
    pair = [twin(3, "2015-05-05", 双胞胎编号="1", **other), twin(4, "2015-05-05", 双胞胎编号="1", **other)]
    write_book(tmp_path / "西区.xlsx", pair)
    found = make_entrants(read_applications(tmp_path), RULE, PROBLEM)
    assert [entrant.family for entrant in found] == ["东区/1", "东区/1", "西区/1", "西区/1"]


def test_a_lone_number_confirmed_binds_nobody(tmp_path: Path) -> None:
    exception = IntakeException(
        cause="family_alone",
        children=[id_number("2015-03-05", 1)],
        reason="另一名在外地就读",
        confirmed_by="甲",
        confirmed_on=date(2027, 6, 1),
    )
    applications = read_applications(write_book(tmp_path / "a.xlsx", [twin(1, 双胞胎编号="1"), good_row(5)]))
    assert [e.family for e in make_entrants(applications, RULE, PROBLEM, [exception])] == ["", ""]
