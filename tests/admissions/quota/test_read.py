"""Reading the quota workbook: the template reads back, bad cells are told with their place."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.office import write_ods

from junheng.admissions import QuotaInput, read_quota_input, read_quota_numbers, write_quota_template
from junheng.basics import UserError

SENIORS = [
    {"year": 2027, "id": "3499000001", "name": "甲高中", "plan": 600, "share": "60%", "level": "市级"},
    {
        "year": 2027,
        "id": "3499000002",
        "name": "乙高中",
        "quota": 90,
        "districts": "乙县、丙县",
        "control_line": 512.5,
    },
]
JUNIORS = [
    {"id": "3199000001", "name": "一中", "district": "甲区", "graduates": 210, "is_rural": False},
    {
        "id": "3199000002",
        "name": "二中",
        "district": "乙县",
        "graduates": 90,
        "is_rural": True,
        "pack": "山区组",
    },
    {"id": "3199000003", "name": "三中", "district": "丙县", "graduates": 0, "coefficient": 1.05},
]
PUPILS = [
    {"id": "270001", "junior": "3199000001", "score": 612.5, "years": 3, "ties": [345, 120.5], "wishes": ["3499000001"]},
    {"id": "270002", "junior": "3199000002", "score": 600, "years": 2.5, "ties": [300, 100],
     "wishes": ["3499000002", "3499000001"]},
]  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def _book(tmp_path: Path, change: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
    path = tmp_path / "指标.xlsx"
    write_quota_template(path, {"senior": SENIORS, "junior": JUNIORS, "pupil": PUPILS})
    if change is not None:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    return path


def _set(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return change


def _heading(sheet: str, words: str, value: object, row: int = 3) -> Callable[[openpyxl.Workbook], None]:
    """Set the cell of ``row`` below the heading that begins with ``words``."""

    def change(book: openpyxl.Workbook) -> None:
        for cell in book[sheet][1]:
            if str(cell.value).startswith(words):
                book[sheet].cell(row, cell.column).value = value
                return
        raise AssertionError(words)

    return change


def test_the_template_reads_back(tmp_path: Path) -> None:
    found = read_quota_input(_book(tmp_path))
    assert found.year == 2027
    first, second = found.seniors
    assert (first.plan, first.share, first.level, first.districts) == (600, Fraction(3, 5), "city", ())
    assert (second.quota, second.plan, second.districts, second.control_line) == (
        90, None, ("乙县", "丙县"), Fraction(1025, 2),
    )  # fmt: skip
    assert [row.is_rural for row in found.juniors] == [False, True, None]
    assert found.juniors[2].graduates == 0
    assert found.juniors[2].coefficient == Fraction("1.05")
    assert found.pupils[1].wishes == ("3499000002", "3499000001")
    assert found.pupils[0].ties == (Fraction(345), Fraction(241, 2))
    assert found.files[0][0] == "指标.xlsx"


def test_an_empty_template_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "样表.xlsx"
    write_quota_template(path)
    with pytest.raises(UserError, match="没有数据"):
        read_quota_input(path)


def test_a_folder_of_csv_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "senior.csv").write_text(
        '年份,高中代码,高中名称,计划数\n2027,A,甲高中,"1,200"\n', encoding="utf-8-sig"
    )
    (tmp_path / "初中学校.csv").write_bytes(
        "初中代码,初中名称,毕业生数（人）\nJ,一中,120\n".encode("gb18030")
    )
    found: QuotaInput = read_quota_input(tmp_path)
    assert (found.seniors[0].plan, found.juniors[0].graduates) == (1200, 120)


def test_columns_that_are_not_understood_are_listed(tmp_path: Path) -> None:
    found = read_quota_input(_book(tmp_path, _set("初中学校", "N1", "合并分组")))
    assert found.unused == ("初中学校：合并分组",)
    assert read_quota_input(_book(tmp_path)).unused == ()


def test_the_pupils_may_be_left_out(tmp_path: Path) -> None:
    assert read_quota_input(_book(tmp_path, lambda book: book.remove(book["考生"]))).pupils == ()


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (lambda book: book.remove(book["初中学校"]), "缺少工作表“初中学校”", "指标.xlsx"),
        (_heading("初中学校", "毕业生数", -3), "负数", "[初中学校] 第3行"),
        (_heading("初中学校", "毕业生数", "九十"), "不是数字", "[初中学校] 第3行"),
        (_heading("初中学校", "毕业生数", 90.5), "不是整数", "row 3"),
        (_heading("初中学校", "毕业生数", 1e12), "过大", "row 3"),
        (_heading("初中学校", "初中学校标识码", "3199000001"), "重复", "第3行"),
        (_heading("高中计划", "高中学校标识码", "3499000001"), "重复", "第3行"),
        (_heading("高中计划", "分配比例", "120%", 2), "超过 100%", "[高中计划] 第2行 F列"),
        (_heading("高中计划", "分配比例", 60, 2), "超过 100%", "column F"),
        (_heading("高中计划", "分配比例", 0, 2), "为 0", "column F"),
        (_heading("高中计划", "招生计划数", 50), "超过 100%", "第3行"),
        (_heading("高中计划", "招生区县", "丁县"), "丁县 不在表中", "第3行"),
        (_heading("高中计划", "层级", "国家级"), "不是层级", "第3行"),
        (_heading("高中计划", "年份", 2026), "年份不一致", "第3行"),
        (_heading("高中计划", "高中名称", None), "没有填", "第3行"),
        (_heading("初中学校", "是否农村初中", "大概"), "不是“是”或“否”", "第3行"),
        (_heading("考生", "同分比较2", "=1+1"), "没有算出的公式", "[考生] 第3行"),
        (_heading("初中学校", "是否农村初中", "#N/A"), "没有算出的公式", "第3行"),
        (_heading("初中学校", "区县", None), "没有填区县", "第3行"),
        (_heading("初中学校", "合并组", "3199000001"), "不能与学校标识码同名", "第3行"),
        (_heading("初中学校", "初中名称", "=1+1"), "没有算出的公式", "第3行"),
        (_heading("初中学校", "初中名称", "一中|二中"), "含有 |", "第3行"),
        (_heading("考生", "初中学校标识码", "3199000009"), "不在表中", "[考生] 第3行"),
        (_heading("考生", "志愿1", "3499000001"), "同一志愿", "[考生] 第3行"),
        (_heading("考生", "志愿1", "3499000009"), "不在表中", "[考生] 第3行"),
        (_heading("考生", "同分比较2", None), "同分比较有空格", "[考生] 第3行"),
        (_heading("考生", "连续在籍年数", None), "没有填", "[考生] 第3行"),
        (_heading("考生", "考生号", "270001"), "重复", "[考生] 第3行"),
        (_set("初中学校", "B1", "初中名字"), "缺少列：初中名称", "[初中学校]"),
        (_set("初中学校", "C1", "毕业生数"), "出现两次", "[初中学校] 第1行"),
    ],
)
def test_bad_cells_are_told_with_their_place(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None], what: str, where: str
) -> None:
    with pytest.raises(UserError) as refused:
        read_quota_input(_book(tmp_path, change))
    assert what in refused.value.what.zh
    assert where in refused.value.where
    assert "指标.xlsx" in refused.value.where


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"<html></html>"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        read_quota_input(path)
    assert refused.value.where == "bad.xlsx"


def test_absent_and_foreign_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        read_quota_input(tmp_path / "nothing.xlsx")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(UserError, match="不支持"):
        read_quota_input(tmp_path / "a.pdf")


def test_numbers_drawn_in_the_hall_are_read(tmp_path: Path) -> None:
    path = tmp_path / "号码.csv"
    path.write_text("编号,号码\nJ001,12\nJ002,3\n", encoding="utf-8")
    assert read_quota_numbers(path).numbers == {"J001": 12, "J002": 3}


def test_a_number_that_is_an_error_is_no_blank_row(tmp_path: Path) -> None:
    path = tmp_path / "号码.xlsx"
    book = openpyxl.Workbook()
    for row in (["编号", "号码"], ["J001", 12], ["=A2", "#N/A"]):
        book.active.append(row)
    book.save(path)
    with pytest.raises(UserError, match="没有算出的公式"):
        read_quota_numbers(path)


def test_in_ods_a_number_never_calculated_is_no_blank_row_either(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "号码.ods", {"号码": [["编号", "号码"], ["J001", 12], ["=A2", "=B2"]]})
    with pytest.raises(UserError, match="没有算出的公式") as refused:
        read_quota_numbers(path)
    assert "第3行" in refused.value.where


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("单位名,号\nJ001,1\n", "编号"),
        ("编号,号码\nJ001,\n", "没有填"),
        ("编号,号码\nJ001,一号\n", "不是号码"),
        ("编号,号码\nJ001,1\nJ002,1\n", "重复"),
        ("编号,号码\nJ001,1\nJ001,2\n", "两个号码"),
        ("编号,号码\nJ001,1\nJ002,7c9e6679-7425-40de-944b-e07fc1f90ae7\n", "混用"),
    ],
)
def test_bad_numbers_are_refused_with_their_row(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "号码.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_quota_numbers(path)
    assert what in refused.value.what.zh
    assert "号码.csv" in refused.value.where
