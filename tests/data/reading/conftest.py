"""A small valid input, and ways to write it as workbook or text files, to be spoilt by tests."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

Rows = list[list[Any]]
Sheets = dict[str, Rows]
MakeBook = Callable[..., Path]
BOOKS = Path(__file__).parent / "books"


@pytest.fixture
def sheets() -> Sheets:
    """Two schools, three school-stages, with headings as officers write them."""
    return {
        "学校": [
            ["学校标识码", "学校名称", "办学类型", "县级区划代码", "是否计校数"],
            ["2115000001", "甲小学", "小学", "150102", "是"],
            ["3115000002", "乙学校", "九年一贯制学校", "150102", "是"],
        ],
        "学段": [
            ["学校标识码", "学段", "在校生数（人）", "班数"],
            ["2115000001", "小学", 860, 20],
            ["3115000002", "小学", 400, 10],
            ["3115000002", "初中", 300, 7],
        ],
        "校舍与设施": [
            ["学校标识码", "教学及辅助用房面积（平方米）", "教学仪器设备资产值（万元）", "图书册数"],
            ["2115000001", 5200.5, 198.35, 26000],
            ["3115000002", "", "-", "无"],
        ],
    }


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Write sheets of rows as a workbook named like a year."""

    def make(sheets: Mapping[str, Sequence[Sequence[Any]]], name: str = "2024.xlsx") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(book_bytes(sheets))
        return path

    return make


def book_bytes(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """The bytes of a workbook with these rows."""
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell)
    return sink.getvalue()


def text_of(rows: Rows) -> str:
    """Rows as CSV text."""
    sink = io.StringIO()
    csv.writer(sink).writerows(rows)
    return sink.getvalue()


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets as CSV files in a folder, in an encoding."""

    def make(sheets: Sheets, encoding: str = "utf-8", suffix: str = "_2024.csv") -> Path:
        folder = tmp_path / "input"
        folder.mkdir(exist_ok=True)
        for name, rows in sheets.items():
            (folder / f"{name}{suffix}").write_bytes(text_of(rows).encode(encoding))
        return folder

    return make


@pytest.fixture
def books() -> Path:
    """Workbooks of other formats, written by LibreOffice from the sheets above."""
    return BOOKS
