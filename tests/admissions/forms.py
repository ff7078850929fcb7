"""Application workbooks for tests: good rows, spoiled one cell at a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from junheng.admissions import Applications, Fault, IntakeRule, check_applications, read_applications
from junheng.basics import identity_check_character

Json = dict[str, Any]

PROBLEM: Json = {
    "band_width": 1,
    "classes": [{"code": 0, "name": "优先"}, {"code": 1, "name": "其他"}],
    "schools": [
        {"id": "101", "name": "甲中学", "plan": 2, "pools": [{"id": "all", "seats": 2}]},
        {"id": "102", "name": "乙中学", "plan": 2, "pools": [{"id": "all", "seats": 2}]},
        {"id": "103", "name": "丙中学", "plan": 2, "pools": [{"id": "all", "seats": 2}]},
    ],
    "stages": [{"id": "main", "schools": ["101", "102", "103"]}],
}
RULE_CONTENT: Json = {
    "format": "junheng/intake-rule/1",
    "id": "test",
    "name": {"zh": "测试", "en": "test"},
    "source": {"document": "made up"},
    "year": 2027,
    "stage": "junior",
    "birth": {"first": date(2014, 9, 1), "last": date(2015, 8, 31)},
    "grade": {"name": "六年级", "aliases": ["6"]},
    "required": ["name", "id_number", "sex", "birth_date", "guardian", "phone"],
    "wishes": {"least": 1, "most": 2},
    "default_class": 1,
    "families": {"largest": 3, "days_apart": 1},
    "residences": [{"code": 1, "name": "本区户籍"}, {"code": 2, "name": "居住证", "aliases": ["随迁"]}],
    "identity": ["name", "id_number", "guardian"],
    "flags": ["sex", "residence"],
}
RULE = IntakeRule.model_validate(RULE_CONTENT)
SURNAMES = "赵钱孙李周吴郑王冯陈"


def id_number(birth: str, serial: int) -> str:
    """A well-formed identity number of the region that is assigned to nobody."""
    first = f"999901{birth.replace('-', '')}{serial:03d}"
    return first + identity_check_character(first)


def good_row(number: int = 0, **changes: Any) -> Json:
    """A row without faults, different from every other ``number`` (0 to 99)."""
    birth = f"2015-0{number % 8 + 1}-{number // 8 + 1:02d}"
    row: Json = {
        "姓名": SURNAMES[number % 10] + f"小{'一二三四五六七八九十'[number // 10]}",
        "证件类型": "居民身份证",
        "证件号码": id_number(birth, 2 * number + 1),
        "性别": "男",
        "出生日期": birth,
        "监护人": f"{SURNAMES[number % 10]}家长{number}",
        "联系电话": f"140{number:08d}",
        "家庭住址": f"梧桐路{number + 1}号",
        "户籍/居住证类别": "本区户籍",
        "毕业小学": "第一小学",
        "学籍号": f"G{number:04d}",
        "就读年级": "六年级",
        "双胞胎编号": "",
        "优先类别": "其他",
        "志愿1": "101",
        "志愿2": "102",
        "备注": "",
    }
    return {**row, **changes}


def write_book(path: Path, rows: Sequence[Mapping[str, Any]], sheet: str = "申请表") -> Path:
    """A workbook of ``rows``; headings are the keys of all rows, in order."""
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return write_grid(path, [headings, *[[row.get(key) for key in headings] for row in rows]], sheet)


def write_grid(path: Path, grid: Sequence[Sequence[Any]], sheet: str = "申请表") -> Path:
    """A workbook of plain cells; dates as dates, numbers as numbers, "=…" as a formula without a value."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(grid):
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                page.write_formula(number, index, cell, None, "")
            elif isinstance(cell, date):
                page.write_datetime(number, index, cell)
            elif cell not in ("", None):
                page.write(number, index, cell)
    book.close()
    return path


def faults_of(path: Path, rows: Sequence[Mapping[str, Any]], **others: Any) -> list[Fault]:
    """The faults of a workbook of ``rows`` at ``path`` under ``RULE`` and ``PROBLEM``, in the order of the file."""
    return faults_in(read_applications(write_book(path, rows)), **others)


def faults_in(applications: Applications, **others: Any) -> list[Fault]:
    """The standing faults, in the order of the groups."""
    review = check_applications(
        applications, others.get("rule", RULE), others.get("problem", PROBLEM), others.get("exceptions", ())
    )
    return [fault for group in review.groups for fault in group.faults]
