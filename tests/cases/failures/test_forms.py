"""填错的表进不了号池 A faulty form never enters the draw. 曾有年级不对、填了一半的表进了号池。"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from tests.cases.failures.hall import PASSED, REFUSED, Hall, column

FIRST = 3
Edit = Callable[[Any], None]


def put(heading: str, value: Any, row: int = FIRST) -> Edit:
    """An edit that writes ``value`` under ``heading``."""

    def edit(sheet: Any) -> None:
        sheet.cell(row, column(sheet, heading)).value = value

    return edit


@pytest.mark.parametrize(
    ("heading", "value", "cause"),
    [
        ("就读年级", "五年级", "就读年级不符"),
        ("就读年级", "七年级", "就读年级不符"),
        ("出生日期", datetime(2013, 8, 31), "出生日期"),  # noqa: DTZ001 – a spreadsheet's date has no zone
        ("出生日期", "2015-09-01", "出生日期"),
        ("出生日期", "去年夏天", "日期无法识别"),
    ],
)
def test_a_child_of_the_wrong_grade_or_age_is_not_drawn(
    hall: Hall, heading: str, value: Any, cause: str
) -> None:
    """曾经：不是本年级的孩子混进号池，占了学位。现在：年级或出生日期不在范围内的，逐个指出，不能封存。

    Once: a child of another grade took a seat. Now: wrong grade or age is pointed out and blocks the freeze.
    """
    _refused(hall, put(heading, value), cause)


@pytest.mark.parametrize(
    "heading",
    [
        "姓名",
        "证件号码",
        "出生日期",
        "监护人",
        "联系电话",
        "家庭住址",
        "户籍/居住证类别",
        "优先类别",
    ],
)
def test_a_half_filled_form_is_not_drawn(hall: Hall, heading: str) -> None:
    """曾经：没填完的表按空白处理，被排到最后。现在：缺一项就不能封存，指出哪一行缺哪一项。

    Once: a half-filled form was taken as blank and came last. Now: a missing item blocks the freeze, row and item named.
    """
    refused = _refused(hall, put(heading, None), "报名表未填完整")
    assert f"{_letter(hall, heading)}{FIRST}" in refused


@pytest.mark.parametrize(
    ("heading", "value", "cause"),
    [
        ("志愿1", "第九中学", "志愿学校不在招生学校名单"),
        ("志愿2", "=A1", "单元格没有可用的值"),
        ("优先类别", "领导同意", "优先类别不在类别表"),
        ("证件号码", "999901201503220068", "校验位"),
        ("性别", "男", "性别与证件号码不符"),
    ],
)
def test_what_cannot_be_right_is_not_guessed(hall: Hall, heading: str, value: str, cause: str) -> None:
    """曾经：程序把认不出的内容当成别的值。现在：认不出就不封存，不猜。

    Once: what could not be read was taken for something else. Now: nothing is guessed, the freeze waits.
    """
    _refused(hall, put(heading, value), cause)


def _gap(sheet: Any) -> None:
    sheet.cell(FIRST, column(sheet, "志愿1")).value = None
    sheet.cell(FIRST, column(sheet, "志愿2")).value = "102"


def _twice(sheet: Any) -> None:
    first = sheet.cell(FIRST, column(sheet, "志愿1")).value
    sheet.cell(FIRST, column(sheet, "志愿2")).value = first


def _none(sheet: Any) -> None:
    for wish in range(1, 6):
        sheet.cell(FIRST, column(sheet, f"志愿{wish}")).value = None


@pytest.mark.parametrize(
    ("edit", "cause"),
    [(_gap, "志愿之间有空格"), (_twice, "同一学校填报两次"), (_none, "志愿少于规定")],
)
def test_wishes_stand_in_order_and_once(hall: Hall, edit: Edit, cause: str) -> None:
    """曾经：第一志愿空着，第二志愿被当成第一志愿。现在：有空格或重复就不封存，由监护人确认。

    Once: with the first wish blank the second counted as first. Now: gaps and repeats block, the guardian confirms.
    """
    _refused(hall, edit, cause)


def test_a_missing_column_blocks_the_freeze_and_an_unknown_one_is_told(hall: Hall) -> None:
    """曾经：少了一列，整列按空白处理。现在：缺必填列不能封存。

    Once: a missing column was taken as blank throughout. Now: it blocks the freeze.
    """
    _refused(hall, lambda sheet: sheet.delete_cols(column(sheet, "优先类别")), "优先类别")


def test_a_good_form_is_frozen(hall: Hall) -> None:
    """对照：没有问题的申请表可以封存。

    For comparison: forms without a fault are frozen.
    """
    assert hall.freeze().code == PASSED


def _letter(hall: Hall, heading: str) -> str:
    """The letter of the column under ``heading``."""
    return get_column_letter(column(load_workbook(hall.forms)["申请表"], heading))


def _refused(hall: Hall, edit: Edit, cause: str) -> str:
    """Refused with the cause, and nothing was frozen; returns what was said."""
    done = hall.freeze(forms=hall.edit_forms(edit))
    assert done.code == REFUSED, done.out
    assert cause in done.err
    assert not (hall.desk / "draw").exists()
    return done.err
