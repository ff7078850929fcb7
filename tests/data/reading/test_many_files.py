"""A folder with several bad files is refused once, with every reason; equal ones share a line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.data import read_input

MakeBook = Callable[..., Path]
Sheets = dict[str, list[list[Any]]]
MAPPING = """\
sources:
  - file: "*.xlsx"
    sheet: 学校
    tables:
      - table: school
        columns: {school_id: {heading: 学校标识码}, kind: {heading: 办学类型}, county_code: {heading: 县级区划代码}}
"""


@pytest.fixture
def folder(make_book: MakeBook, sheets: Sheets) -> Path:
    """Three sound years; three files that cannot be read, two of them for the same reason."""
    for year in (2022, 2023, 2024):
        make_book(sheets, f"in/{year}.xlsx")
    place = make_book(sheets, "in/2021.xlsm").parent
    (place / "2019.xlsx").write_bytes(b"not a workbook")
    (place / "2020.xlsx").write_bytes(b"nor is this")
    return place


def _refusal(folder: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_input(folder)
    return caught.value


def test_all_bad_files_are_told_together(folder: Path) -> None:
    told = _refusal(folder)
    assert told.what.zh.startswith("有 3 处使数据无法读取")
    assert told.what.en.startswith("3 things keep the input from being read")
    for name in ("2019.xlsx", "2020.xlsx", "2021.xlsm"):
        assert name in told.what.zh
        assert name in told.what.en
    assert "2024.xlsx" not in told.what.zh


def test_the_same_reason_stands_once(folder: Path) -> None:
    lines = _refusal(folder).what.zh.splitlines()[1:]
    assert len(lines) == 2
    assert "2019.xlsx、2020.xlsx" in lines[0]
    assert "宏" in lines[1]


def test_one_bad_file_is_told_as_it_is(folder: Path) -> None:
    for name in ("2019.xlsx", "2021.xlsm"):
        (folder / name).unlink()
    told = _refusal(folder)
    assert "2020.xlsx" in told.where
    assert "处使数据无法读取" not in told.what.zh


def test_very_many_places_are_counted(folder: Path) -> None:
    for year in range(1950, 2000):
        (folder / f"{year}.xlsx").write_bytes(b"nor is this")
    told = _refusal(folder).what.zh
    assert "有 53 处" in told
    assert "…另 22 处" in told


def test_files_read_by_a_mapping_are_told_together_too(folder: Path) -> None:
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    told = _refusal(folder).what.zh
    assert "2019.xlsx、2020.xlsx" in told
