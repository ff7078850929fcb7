"""Small lists for tests: rows of texts as people, and books of sheets."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from junheng.enrolment.numbers import completed
from junheng.enrolment.people import People, people_of
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll

COLUMNS = ("name", "id_number", "student_number", "sex", "birth", "guardian", "school")
Sheets = Mapping[str, Sequence[Sequence[object]]]
EVIDENCE = "ab" * 32


def number(birth: str, serial: int = 1) -> str:
    """A sound identity number."""
    return completed(f"999902{birth}{serial:03}")


def people(rows: Sequence[Mapping[str, str]], table: str = "register") -> People:
    """Rows as people; problems are dropped."""
    cells = {name: [row.get(name, "") for row in rows] for name in COLUMNS}
    return people_of(Roll(table, table, range(2, len(rows) + 2), cells, {}), Problems())


def write_book(path: Path, sheets: Sheets) -> Path:
    """A workbook with these rows, the first of each its headings; texts as text, numbers as numbers."""
    book = Workbook(str(path), {"strings_to_numbers": False})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    book.close()
    return path


def small_book() -> dict[str, list[list[object]]]:
    """Six children: one found, one with a slip, one not found, one too old, one explained, one without birth."""
    born = ["20150310", "20160711", "20140102", "20050102", "20150909", ""]
    ids = [number(day or "20170101", 3 + 2 * k) for k, day in enumerate(born)]
    ids[5] = ""
    names = ["张梓涵", "李佳怡", "王浩", "赵敏", "陈国强", "刘洋"]
    household = [[n, i, "男", b, "张三"] for n, i, b in zip(names, ids, born, strict=True)]
    slipped = ids[1][:16] + str((int(ids[1][16]) + 1) % 10) + ids[1][17]
    register = [
        [names[0], ids[0], "男", born[0], "张三", "2115000001", "是", "公办", "1"],
        [names[1], slipped, "男", born[1], "张三", "2115000001", "否", "", "0"],
        ["周末", number("20150505"), "女", "20150505", "周五", "2115000002", "否", "", "2"],
    ]
    return {
        "户籍": [["姓名", "身份证号", "性别", "出生日期", "监护人"], *household],
        "学籍": [
            [
                "姓名",
                "证件号",
                "性别",
                "出生日期",
                "监护人",
                "学校标识码",
                "随迁子女",
                "学位类型",
                "留守儿童",
            ],
            *register,
        ],
        "在校": [["姓名", "证件号", "学校标识码", "出生日期"], [names[0], ids[0], "2115000001", born[0]]],
        "帮扶": [["姓名", "证件号"], ["周末", number("20150505")]],
        "情况说明": [
            ["姓名", "证件号", "理由", "日期", "佐证摘要"],
            [names[4], ids[4], "送教上门", "2026-09-10", EVIDENCE],
        ],
    }
