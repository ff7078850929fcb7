"""A return as an offline workbook: the rules it carries, and what comes back."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from junheng.basics import Text, UserError
from junheng.data import (
    FilledBook,
    ReturnBook,
    ReturnRow,
    load_dictionary,
    read_return_book,
    write_return_book,
    write_template,
)
from junheng.data.template.return_layout import MARK
from junheng.data.template.return_rules import formula_of, rules_of

KNOWN = {"year": "2024", "school_id": "2199000001", "county_code": ""}
ROWS = {
    "school": [
        ReturnRow((), {"name": "甲小学", "kind": "primary", "is_counted": "true"}, {"name": "甲小学"})
    ],
    "stage": [
        ReturnRow(("primary",), {"pupils": "900", "classes": "20"}, {"pupils": "880"}),
        ReturnRow(("junior",), {"pupils": "10"}),
    ],
    "class": [ReturnRow(("primary", "1", "1"), {"pupils": "45"}, {"pupils": "44"})],
    "premises": [ReturnRow((), {"teaching_area_m2": "5000.5", "books": "7.50", "lease_id": "007"})],
    "special_room": [],
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    write_return_book(path, ReturnBook(Text("甲小学", "A"), KNOWN, ROWS, ("sealed",)))
    return path


def _filled(path: Path, cells: Mapping[tuple[str, str], object]) -> FilledBook:
    opened = openpyxl.load_workbook(path)
    for (sheet, address), value in cells.items():
        opened[sheet][address] = value
    opened.save(path)
    return read_return_book(path, KNOWN)


def test_what_was_not_touched_comes_back_as_it_was(book: Path) -> None:
    found = read_return_book(book, KNOWN)
    assert found.seal == ("sealed",)
    assert [cell for cell in found.cells if cell.is_changed] == []
    assert found.not_read == ()
    assert {(table, key): dict(values) for table, key, values in found.given} == {
        (table, row.key): dict(row.values) for table, rows in ROWS.items() for row in rows
    }
    assert _filled(book, {}).cells == found.cells, "another program's saving changes nothing"


def test_what_is_filled_comes_back_with_its_place(book: Path) -> None:
    found = _filled(
        book,
        {
            ("学段", "C2"): 905,
            ("学段", "E2"): None,
            ("学校", "C3"): "九年一贯制学校",
            ("班级", "A3"): "小学",
            ("班级", "B3"): "一年级",
            ("班级", "C3"): 2,
            ("班级", "D3"): 43,
        },
    )
    told = {(one.table, one.key, one.column): one for one in found.cells if one.is_changed}
    assert {place: one.value for place, one in told.items()} == {
        ("stage", ("primary",), "pupils"): "905",
        ("stage", ("junior",), "pupils"): "",
        ("school", (), "kind"): "nine_year",
        ("class", ("primary", "1", "2"), "pupils"): "43",
    }
    pupils = told["stage", ("primary",), "pupils"]
    assert (pupils.base, pupils.sheet, pupils.address, pupils.is_new) == ("900", "学段", "C2", False)
    assert told["class", ("primary", "1", "2"), "pupils"].is_new


@pytest.mark.parametrize(
    ("cell", "value", "said", "address"),
    [
        (("学段", "A2"), "人数", "标题", "A2"),
        (("学段", "C1"), "初中 本年", "标题", "C1"),
        (("学段", "Z9"), 5, "表格以外", "Z9"),
        (("学段", "C99"), "合计", "表格以外", "C99"),
        (("学段", "C2"), "=1+1", "公式", "C2"),
        (("班级", "C2"), "9", "编号被改动", "A2"),
        (("班级", "D5"), 40, "缺少编号", "A5"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    book: Path, cell: tuple[str, str], value: object, said: str, address: str
) -> None:
    found = _filled(book, {cell: value})
    (untold,) = found.not_read
    assert said in untold.what.zh
    assert untold.what.en
    assert (untold.sheet, untold.address) == (cell[0], address)
    assert not [one for one in found.cells if one.is_changed]


def test_sheets_gone_and_sheets_added_are_told(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    del opened["学段"]
    opened.create_sheet("我的表")["A1"] = 1
    opened.save(book)
    found = read_return_book(book, KNOWN)
    assert {(one.sheet, one.what.zh) for one in found.not_read} == {
        ("学段", "缺少这张表"),
        ("我的表", "多出的表，没有读取"),
    }


def test_another_workbook_is_none_of_ours(tmp_path: Path) -> None:
    write_template(tmp_path / "b.xlsx")
    with pytest.raises(UserError, match="不是从本站下载"):
        read_return_book(tmp_path / "b.xlsx", KNOWN)
    (tmp_path / "c.xlsx").write_bytes((tmp_path / "b.xlsx").read_bytes()[:2000])
    with pytest.raises(UserError):
        read_return_book(tmp_path / "c.xlsx", KNOWN)


def test_every_rule_within_a_row_has_its_formula() -> None:
    tables = load_dictionary().tables
    missing = [
        check.rule.id
        for table in ROWS | {"cohort": [], "teacher_count": [], "finance": []}
        for check in rules_of(table)
        if formula_of(check, {name: f"${name}" for name in tables[table].columns}) is None
    ]
    assert missing == []
    assert len(rules_of("teacher_count")) > 5


def test_a_rule_about_a_blank_does_not_hold_and_a_list_is_compared_by_its_words() -> None:
    (largest,) = (one for one in rules_of("stage") if one.rule.id == "stage.largest_class_over_pupils")
    refs = {"max_class_size": "$C$4", "pupils": "$C$2"}
    assert formula_of(largest, refs) == "IFERROR(AND(ISNUMBER($C$4),ISNUMBER($C$2),$C$4>$C$2),FALSE)"
    assert formula_of(largest, {"pupils": "$C$2"}) is None
    (grade,) = (one for one in rules_of("class") if one.rule.id == "class.grade_outside_stage")
    assert '$A2="小学"' in str(formula_of(grade, {"stage": "$A2", "grade": "$B2"}))


def test_it_is_locked_but_for_what_is_filled_and_carries_choices_bounds_and_rules(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened["学段"]
    assert page.protection.sheet
    assert page["A2"].protection.locked
    assert page["D2"].protection.locked, "last year is not to be changed"
    assert not page["C2"].protection.locked
    assert page["D2"].value == 880
    assert opened[MARK].sheet_state == "veryHidden"
    kinds = {one.type for one in opened["学校"].data_validations.dataValidation}
    assert kinds >= {"list", "whole", "decimal"}
    assert len(page.conditional_formatting) > 5
    assert str(page["G3"].value).startswith("=IF(")
    with zipfile.ZipFile(book) as packed:
        assert b"macro" not in packed.read("[Content_Types].xml").lower()
