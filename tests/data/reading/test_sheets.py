"""Sheets for other rooms: every format through the same guards, bad cells told, nothing heavy loaded early."""

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from tests.data.reading.conftest import BOOKS

from junheng.basics import UserError, sha256_file
from junheng.data import hashed_sheets, read_sheets

_HEAVY = """
import sys
from junheng.data import column_letter, read_sheets
print([name for name in ("numpy", "python_calamine", "pyarrow") if name in sys.modules])
"""


def _book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        first = book.add_worksheet("甲")
        first.write_row(1, 1, ["码", 12, 0.5, True])
        first.write_datetime(2, 1, date(2027, 6, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        first.write_formula(3, 1, "=1/0", value="#DIV/0!")
        first.write_formula(3, 2, "=1+1", value="")
        first.write_formula(3, 3, "=1+1", value=2)
        book.add_worksheet("乙").write(0, 0, "x")
    return path


def test_cells_keep_their_types_and_bad_ones_are_named(tmp_path: Path) -> None:
    first, second = read_sheets(_book(tmp_path / "a.xlsx"))
    assert (first.where, first.title, second.sheet) == ("a.xlsx [甲]", "甲", "乙")
    assert list(first.rows[1]) == ["", "码", 12, 0.5, True]
    assert first.rows[2][1] == date(2027, 6, 1)
    assert set(first.broken) == {(3, 1), (3, 2)}
    assert list(first.rows[3][1:4]) == ["", "", 2]
    assert second.broken == {}


@pytest.mark.parametrize("name", ["errors_2024.xls", "errors_2024.ods"])
def test_errors_of_the_older_formats_are_told_too(name: str) -> None:
    sheets = read_sheets(BOOKS / name)
    assert any(sheet.broken for sheet in sheets)


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t"), ("a.txt", ",")])
def test_a_text_table_is_one_sheet_without_a_name(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(f"甲{mark}乙\n1{mark}\n", encoding="gb18030")
    (sheet,) = read_sheets(path)
    assert (sheet.where, sheet.title, sheet.sheet) == (name, "a", "")
    assert sheet.rows == [["甲", "乙"], ["1", ""]]


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    sheets, digest = hashed_sheets(path)
    assert digest == sha256_file(path)
    assert sheets == read_sheets(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsx", b"PK\x03\x04" + bytes(200), "已损坏"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
        ("a.xlsx", b"<html></html>", "网页"),
        ("a.xlsm", b"PK\x03\x04", "宏"),
        ("a.parquet", b"PAR1", "不支持"),
        ("a.csv", b"\x00\x01", "不是文本"),
        ("a.xlsx", None, "无法读取"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=words) as refused:
        read_sheets(tmp_path / name)
    assert refused.value.where == name
    assert refused.value.fix is not None


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", bytes(32 << 20))
    with pytest.raises(UserError, match="压缩炸弹"):
        read_sheets(path)


def test_knowing_the_reader_loads_no_parser() -> None:
    done = subprocess.run([sys.executable, "-c", _HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
