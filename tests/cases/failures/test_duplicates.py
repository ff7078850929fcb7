"""同一个孩子只能报一次 One child, one application. 曾有重复的名字进了号池，一个孩子得到两个号。"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cases.failures.hall import REFUSED, Hall, column

FIRST = 3  # row of the first child; below the example
Edit = Callable[[Any], None]


def _cells(sheet: Any, row: int) -> dict[str, Any]:
    return {str(head.value).strip("*"): sheet.cell(row, head.column) for head in sheet[1] if head.value}


def _append_copy(sheet: Any, **changes: str) -> None:
    """The first child once more at the end, with some cells otherwise."""
    last = sheet.max_row + 1
    for name, cell in _cells(sheet, FIRST).items():
        sheet.cell(last, cell.column).value = changes.get(name, cell.value)


def _twins(sheet: Any) -> list[int]:
    """The rows of one pair that shares a number."""
    place = column(sheet, "双胞胎编号")
    rows: dict[str, list[int]] = {}
    for row in range(FIRST, sheet.max_row + 1):
        if value := sheet.cell(row, place).value:
            rows.setdefault(str(value), []).append(row)
    return next(pair for pair in rows.values() if len(pair) == 2)


def _same_row_twice(sheet: Any) -> None:
    _append_copy(sheet)


def _same_number_other_name(sheet: Any) -> None:
    _append_copy(sheet, 姓名="王某某", 监护人="王大", 学籍号="")


def _number_typed_with_spaces(sheet: Any) -> None:
    number = str(sheet.cell(FIRST, column(sheet, "证件号码")).value)
    _append_copy(
        sheet, 证件号码=f" {number[:6]} {number[6:14]} {number[14:].lower()} ", 学籍号="", 姓名="王某某"
    )


def _same_person_new_document(sheet: Any) -> None:
    _append_copy(sheet, 证件类型="居民户口簿", 证件号码="999901201503229990", 学籍号="")


def _same_register_number(sheet: Any) -> None:
    register = column(sheet, "学籍号")
    sheet.cell(FIRST + 1, register).value = sheet.cell(FIRST, register).value


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        (_same_row_twice, "同一儿童报名两次"),
        (_same_number_other_name, "同一儿童报名两次"),
        (_number_typed_with_spaces, "同一儿童报名两次"),
        (_same_person_new_document, "姓名、出生日期、监护人都相同"),
        (_same_register_number, "学籍号重复"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_a_child_entered_twice_blocks_the_freeze(hall: Hall, edit: Edit, cause: str) -> None:
    """曾经：同一个孩子报了两次，号池里有两个号。现在：不能封存，并说明是哪一行、什么原因。

    Once: a child entered twice had two numbers. Now: the roll is not frozen, and the rows and the cause are named.
    """
    _refused(hall, hall.edit_forms(edit), cause)


def _apart(sheet: Any) -> None:
    sheet.cell(_twins(sheet)[1], column(sheet, "双胞胎编号")).value = None
    sheet.cell(_twins_left(sheet), column(sheet, "双胞胎编号")).value = None


def _twins_left(sheet: Any) -> int:
    """The twin who still bears the number."""
    place = column(sheet, "双胞胎编号")
    counts: dict[str, list[int]] = {}
    for row in range(FIRST, sheet.max_row + 1):
        if value := sheet.cell(row, place).value:
            counts.setdefault(str(value), []).append(row)
    return next(rows[0] for rows in counts.values() if len(rows) == 1)


def _alone(sheet: Any) -> None:
    sheet.cell(_twins(sheet)[1], column(sheet, "双胞胎编号")).value = None


def _other_wishes(sheet: Any) -> None:
    row, place = _twins(sheet)[1], column(sheet, "志愿1")
    first, second = sheet.cell(row, place), sheet.cell(row, place + 1)
    first.value, second.value = second.value, first.value


def _strangers(sheet: Any) -> None:
    for row in (FIRST, FIRST + 1):
        sheet.cell(row, column(sheet, "双胞胎编号")).value = "T9"


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        (_apart, "疑似双胞胎未用同一编号"),
        (_alone, "双胞胎编号只有一人"),
        (_other_wishes, "双胞胎志愿或类别不一致"),
        (_strangers, "同一双胞胎编号下不像一家"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_twins_are_bound_together_or_the_freeze_waits(hall: Hall, edit: Edit, cause: str) -> None:
    """曾经：双胞胎分开登记，各摇各的，一个录取一个没有。现在：分开登记的挡住封存，核实后才放行。

    Once: twins listed apart drew apart. Now: such a pair blocks the freeze until it is settled.
    """
    _refused(hall, hall.edit_forms(edit), cause)


def test_a_child_in_two_districts_files_blocks_the_freeze(hall: Hall) -> None:
    """曾经：同一个孩子在两个区各报一次，两边都录取。现在：两区文件放在一起核对，指出另一处在哪个文件。

    Once: a child applied in two districts and was admitted in both. Now: the files are checked together.
    """
    both = hall.desk / "两区"
    both.mkdir()

    def other_district(sheet: Any) -> None:
        sheet.delete_rows(FIRST + 1, sheet.max_row)
        sheet.cell(FIRST, column(sheet, "区县")).value = "YY区"
        sheet.cell(FIRST, column(sheet, "双胞胎编号")).value = None

    hall.edit_forms(lambda sheet: None, "两区/XX区.xlsx")
    hall.edit_forms(other_district, "两区/YY区.xlsx")
    _refused(hall, both, "同一儿童在两个区县报名")


def test_a_confirmed_exception_names_who_confirmed_it_or_does_not_count(hall: Hall) -> None:
    """曾经：重复的被口头放行。现在：只有写明谁、为什么、哪天核实的例外才放行；没用上的例外也要删去。

    Once: a duplicate was waved through. Now: an exception counts only in writing, and one that lifts nothing blocks.
    """
    exceptions = (hall.folder / "exceptions.yaml").read_text("utf-8")
    (hall.folder / "exceptions.yaml").write_text(
        exceptions.replace("twins_apart", "same_person"), encoding="utf-8"
    )
    _refused(hall, hall.forms, "疑似双胞胎未用同一编号")


def _refused(hall: Hall, forms: Path, cause: str) -> None:
    """Refused with the cause and a place in the workbook, and nothing was frozen."""
    done = hall.freeze(forms=forms)
    assert done.code == REFUSED, done.out
    assert cause in done.err
    assert ".xlsx [申请表]" in done.err
    assert not (hall.desk / "draw").exists()
