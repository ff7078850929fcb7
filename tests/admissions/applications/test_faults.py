"""Every way a form can be wrong: cause, cell, wording, and that it blocks the freeze."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.forms import PROBLEM, RULE, RULE_CONTENT, faults_of, good_row, id_number

from junheng.admissions import IntakeRule, check_applications, read_applications
from junheng.admissions.applications.vocabulary import causes

# cause, changes of the second row, column letter of the cell, words of the message
SPOILED: list[tuple[str, dict[str, Any], str, str]] = [
    ("blank_required", {"监护人": ""}, "F3", "“监护人”没有填"),
    ("blank_required", {"联系电话": "  "}, "G3", "联系电话"),
    ("value_unknown", {"证件类型": "驾驶证"}, "B3", "证件类型"),
    ("value_unknown", {"性别": "？"}, "D3", "性别"),
    ("value_unknown", {"户籍/居住证类别": "本区户口"}, "I3", "最接近的是“本区户籍”"),
    ("date_unreadable", {"出生日期": "2015-02-30"}, "E3", "2015-02-30"),
    ("number_form", {"证件号码": "12345"}, "C3", "居民身份证"),
    ("check_digit", {"证件号码": id_number("2015-02-01", 3)[:17] + "?"}, "C3", "不像"),
    ("birth_differs", {"出生日期": "2015-02-02"}, "E3", "证件号码中为 2015-02-01"),
    ("sex_differs", {"性别": "女"}, "D3", "证件号码中为男"),
    ("phone_form", {"联系电话": "0471-1234567"}, "G3", "11 位"),
    (
        "born_outside",
        {"出生日期": "2016-02-01", "证件号码": id_number("2016-02-01", 3)},
        "E3",
        "2014-09-01 – 2015-08-31",
    ),
    ("grade_differs", {"就读年级": "五年级"}, "L3", "六年级"),
    ("no_wish", {"志愿1": "", "志愿2": ""}, "O3", "至少 1 个"),
    ("wish_gap", {"志愿1": ""}, "P3", "“志愿2”"),
    ("too_many_wishes", {"志愿3": "103"}, "R3", "最多 2 个"),
    ("unknown_school", {"志愿2": "甲中"}, "P3", "最接近的是“甲中学”"),
    ("wished_twice", {"志愿2": "甲中学"}, "P3", "“志愿1”"),
    ("class_unknown", {"优先类别": "特别"}, "N3", "特别"),
    ("family_alone", {"双胞胎编号": "7"}, "M3", "“7”"),
    ("same_student_number", {"学籍号": "G0000"}, "K3", "第 2 行"),
]


@pytest.mark.parametrize(("cause", "changes", "cell", "words"), SPOILED)
def test_every_fault_is_told_with_its_place(
    tmp_path: Path, cause: str, changes: dict[str, Any], cell: str, words: str
) -> None:
    if cause == "check_digit":  # the right character is known, any other is wrong
        right = id_number("2015-02-01", 3)
        changes = {"证件号码": right[:17] + ("1" if right[17] != "1" else "2")}
        words = "校验位"
    found = faults_of(tmp_path / "a.xlsx", [good_row(0), good_row(1, **changes)])
    assert [fault.cause for fault in found] == [cause]
    assert str(found[0].place) == f"a.xlsx [申请表] {cell}"
    assert words in found[0].what.zh
    assert found[0].what.en
    assert found[0].rule.fix.zh
    assert found[0].rule.blocks is (cause != "phone_form")


def test_good_forms_have_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "a.xlsx", [good_row(n) for n in range(40)]) == []


@pytest.mark.parametrize("typed", ["2015年2月1日", "20150201", "2015/2/1", "2015.02.01", date(2015, 2, 1)])
def test_dates_are_read_as_officers_write_them(tmp_path: Path, typed: object) -> None:
    assert faults_of(tmp_path / "a.xlsx", [good_row(1, 出生日期=typed)]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"姓名": "钱　小 一"},
        {"证件号码": id_number("2015-02-01", 3).lower()},
        {"证件号码": " " + id_number("2015-02-01", 3)[:6] + " " + id_number("2015-02-01", 3)[6:]},
        {"志愿1": "101 甲中学"},
        {"志愿1": "乙中学", "志愿2": 103},
        {"优先类别": 0},
        {"就读年级": 6},
    ],
)
def test_harmless_typing_is_understood(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert faults_of(tmp_path / "a.xlsx", [good_row(1, **changes)]) == []


def test_the_same_child_twice_blocks(tmp_path: Path) -> None:
    found = faults_of(tmp_path / "a.xlsx", [good_row(1), good_row(2), good_row(1, 志愿1="103")])
    assert [fault.cause for fault in found] == ["same_number"]
    assert str(found[0].place) == "a.xlsx [申请表] C4"
    assert "第 2 行" in found[0].what.zh


def test_the_same_child_in_two_districts_blocks(tmp_path: Path) -> None:
    from tests.admissions.forms import faults_in, write_book

    write_book(tmp_path / "东区.xlsx", [good_row(1), good_row(2)])
    write_book(tmp_path / "西区.xlsx", [good_row(3), good_row(1, 学籍号="G9")])
    found = faults_in(read_applications(tmp_path))
    assert [fault.cause for fault in found] == ["two_districts"]
    assert str(found[0].place) == "西区.xlsx [申请表] C3"
    assert "东区.xlsx" in found[0].what.zh


def test_the_same_child_under_another_number_is_found_by_name_birth_and_guardian(tmp_path: Path) -> None:
    other = {"证件号码": "E12345678", "证件类型": "护照", "学籍号": "", "家庭住址": "别处5号"}
    found = faults_of(tmp_path / "a.xlsx", [good_row(1), good_row(1, **other)])
    assert [(fault.cause, str(fault.place)) for fault in found] == [("same_person", "a.xlsx [申请表] A3")]


def test_a_number_typed_as_a_figure_has_lost_its_end(tmp_path: Path) -> None:
    found = faults_of(tmp_path / "a.xlsx", [good_row(1, 证件号码=int(id_number("2015-02-01", 5)[:17] + "0"))])
    assert "digits_lost" in {fault.cause for fault in found}


def test_a_formula_without_a_value_is_no_blank(tmp_path: Path) -> None:
    found = faults_of(tmp_path / "a.xlsx", [good_row(0), good_row(1, 双胞胎编号="=1+1")])
    assert [(fault.cause, str(fault.place)) for fault in found] == [("cell_broken", "a.xlsx [申请表] M3")]
    assert "双胞胎编号" in found[0].what.zh


def test_no_default_class_makes_a_blank_one_a_fault(tmp_path: Path) -> None:
    rule = IntakeRule.model_validate({**RULE_CONTENT, "default_class": None})
    found = faults_of(tmp_path / "a.xlsx", [good_row(1, 优先类别="")], rule=rule)
    assert [fault.cause for fault in found] == ["class_missing", "class_missing"]
    assert faults_of(tmp_path / "b.xlsx", [good_row(1, 优先类别="")]) == []


def test_groups_put_blocking_causes_and_large_groups_first(tmp_path: Path) -> None:
    from tests.admissions.forms import write_book

    rows = [good_row(n, 联系电话="1") for n in range(5)] + [good_row(n, 志愿2="甲校") for n in range(5, 8)]
    rows += [good_row(9, 优先类别="x")]
    review = check_applications(read_applications(write_book(tmp_path / "a.xlsx", rows)), RULE, PROBLEM)
    assert [group.cause.id for group in review.groups] == ["unknown_school", "class_unknown", "phone_form"]
    assert review.groups[0].title.zh == "志愿中的学校不在招生学校名单：3 处".replace(
        "志愿中的学校", "志愿学校"
    )
    assert review.blocks
    assert review.as_json()["groups"][0]["faults"][0]["where"] == "a.xlsx [申请表] P7"


def test_every_cause_is_worded_in_both_languages() -> None:
    for cause in causes().values():
        for text in (cause.title, cause.what, cause.fix):
            assert text.zh, cause.id
            assert text.en, cause.id
    covered = {case[0] for case in SPOILED} | {"cell_broken", "digits_lost", "same_number", "two_districts"}
    covered |= {"same_person", "twins_apart", "family_unrelated", "family_large", "family_differs"}
    covered |= {"class_missing", "exception_unused", "heading_unknown", "rows_unread"}
    assert set(causes()) == covered, "every cause is played by a test"
