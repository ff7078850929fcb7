"""What reading and checking load: only what they need, so that a county's answer does not wait for imports."""

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

import junheng.data

_READ = """
import sys
from pathlib import Path
from junheng.data import check_snapshot, read_input
checked = check_snapshot(read_input(Path(sys.argv[1])))
heavy = ("pandas", "pydantic", "sqlglot", "yaml", "openpyxl", "xlsxwriter", "pyarrow.parquet", "pyarrow.dataset")
print(len(checked.problems), [name for name in heavy if name in sys.modules])
"""


def _book(path: Path) -> Path:
    """A wide sheet in which a school of two stages says one thing twice, which takes every path of the reader."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("全区")
        sheet.write_row(
            0, 0, ["学校标识码", "学校名称", "办学类型", "县级区划代码", "学段", "在校生数", "班数"]
        )
        sheet.write_row(1, 0, ["3115000002", "乙学校", "九年一贯制学校", "150102", "小学", 400, -1])
        sheet.write_row(2, 0, ["3115000002", "乙学校", "九年一贯制学校", "150102", "初中", "３００人", 7.5])
        sheet.write_row(3, 0, ["2115000001", "甲小学", "小学", "150102", "小学", "不明", "—"])
    return path


def test_reading_loads_no_library_it_does_not_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _READ, str(_book(tmp_path / "2024.xlsx"))]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split(" ", 1)
    assert int(found[0]) > 0
    assert found[1].strip() == "[]"


def test_the_door_knows_only_what_it_offers() -> None:
    with pytest.raises(AttributeError, match="no attribute 'read_everything'"):
        _ = junheng.data.read_everything  # type: ignore[attr-defined]  # that is what is tested
    assert all(hasattr(junheng.data, name) for name in junheng.data.__all__)


def test_a_room_that_is_named_like_a_function_does_not_hide_it() -> None:
    import junheng.data.annotate.listing

    assert callable(junheng.data.annotate)
