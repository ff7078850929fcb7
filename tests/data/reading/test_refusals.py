"""What is refused: unreadable, ambiguous or dangerous input, each with message and place."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.basics import UserError
from junheng.data import read_input
from junheng.data.reading.guards import MAX_FILE_BYTES, MIB, check_parquet_rows

MakeBook = Callable[..., Path]
Sheets = dict[str, list[list[Any]]]


def refusal(path: Path) -> UserError:
    """The error of reading ``path``; both languages and the place are there."""
    with pytest.raises(UserError) as caught:
        read_input(path)
    error = caught.value
    assert error.exit_code == 2
    assert error.what.zh
    assert error.what.en
    assert error.where
    assert error.fix is not None
    return error


def test_nothing_there(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "none.xlsx").what.zh


def test_an_empty_folder_and_an_unknown_kind_of_file(tmp_path: Path) -> None:
    assert "没有可读取" in refusal(tmp_path).what.zh
    (tmp_path / "a.doc").write_bytes(b"x")
    assert "不支持" in refusal(tmp_path / "a.doc").what.zh


def test_an_empty_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv", "a.parquet"):
        (tmp_path / name).touch()
        assert "空" in refusal(tmp_path / name).what.zh


def test_a_workbook_without_data(make_book: MakeBook) -> None:
    assert "没有任何数据" in refusal(make_book({"Sheet1": []})).what.zh


@pytest.mark.parametrize("missing", ["学校", "学段"])
def test_a_required_sheet_missing(make_book: MakeBook, sheets: Sheets, missing: str) -> None:
    del sheets[missing]
    assert missing in refusal(make_book(sheets)).what.zh


def test_headings_only(make_book: MakeBook, sheets: Sheets) -> None:
    assert "缺少" in refusal(make_book({name: rows[:1] for name, rows in sheets.items()})).what.zh


def test_a_required_heading_renamed(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"][0][2] = "办学的类型"
    error = refusal(make_book(sheets))
    assert "办学类型" in error.what.zh
    assert "办学的类型" in error.what.zh
    assert "学校" in error.where


def test_no_heading_row(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"] = [["a", "b"], [1, 2]]
    assert "标题行" in refusal(make_book(sheets)).what.zh


def test_a_heading_doubled(make_book: MakeBook, sheets: Sheets) -> None:
    for row in sheets["学段"]:
        row.append(row[2])
    sheets["学段"][0][-1] = "在校学生数"
    error = refusal(make_book(sheets))
    assert "在校学生数" in error.what.zh


def test_a_unit_that_does_not_convert(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["校舍与设施"][0][1] = "教学及辅助用房面积（万元）"
    assert "单位" in refusal(make_book(sheets)).what.zh


def test_two_schools_with_one_code(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"][2][0] = " 2115000001 "
    error = refusal(make_book(sheets))
    assert "2115000001" in error.what.zh
    assert "2024.xlsx [学校] 行 row 2, 3" in error.where


def test_a_school_stage_twice(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"][3][1] = "小学"
    assert "行 row 3, 4" in refusal(make_book(sheets)).where


def test_the_same_year_in_two_files(make_book: MakeBook, sheets: Sheets, tmp_path: Path) -> None:
    make_book(sheets, "input/a_2024.xlsx")
    make_book(sheets, "input/b_2024.xlsx")
    error = refusal(tmp_path / "input")
    assert "a_2024.xlsx" in error.where
    assert "b_2024.xlsx" in error.where


def test_a_stage_without_its_school(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"][1][0] = "2115000009"
    error = refusal(make_book(sheets))
    assert "2115000009" in error.what.zh
    assert "行 row 2" in error.where


@pytest.mark.parametrize("code", ["", "无", "2.115E+09"])
def test_a_row_without_a_usable_code(make_book: MakeBook, sheets: Sheets, code: str) -> None:
    sheets["学段"][2][0] = code
    assert "学校标识码" in refusal(make_book(sheets)).what.zh


def test_no_year_anywhere(make_book: MakeBook, sheets: Sheets) -> None:
    assert "年份" in refusal(make_book(sheets, "book.xlsx")).what.zh


def test_a_year_of_another_calendar(make_book: MakeBook, sheets: Sheets) -> None:
    for row, cell in zip(sheets["学校"], ["年份", 113, 113], strict=True):
        row.append(cell)
    assert "113" in refusal(make_book(sheets)).what.zh


def test_a_row_with_a_stray_separator(make_folder: Callable[..., Path], sheets: Sheets) -> None:
    folder = make_folder(sheets)
    path = folder / "学段_2024.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("860,20", "1,860,20"), encoding="utf-8")
    assert "格数" in refusal(folder).what.zh


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b'a,"b\n1,2', b"\xff\xff\xff\xff"])
def test_text_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "学段_2024.csv").write_bytes(content)
    refusal(tmp_path / "学段_2024.csv")


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short(make_book: MakeBook, sheets: Sheets, keep: float) -> None:
    path = make_book(sheets)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert "损坏" in refusal(path).what.zh


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_workbooks_cut_short(books: Path, tmp_path: Path, suffix: str) -> None:
    content = (books / f"county_2024.{suffix}").read_bytes()
    path = tmp_path / f"2024.{suffix}"
    path.write_bytes(content[: len(content) // 3])
    refusal(path)


@pytest.mark.parametrize("keep", [0.2, 0.7, 0.99])
def test_parquet_cut_short(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "stage.parquet"
    pq.write_table(pa.table({"year": [2024] * 100}), path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert "Parquet" in refusal(path).what.zh


def test_parquet_of_the_wrong_type(tmp_path: Path) -> None:
    path = tmp_path / "stage.parquet"
    rows = {"year": [2024], "school_id": ["1"], "stage": ["primary"], "pupils": ["many"]}
    pq.write_table(pa.table(rows), path)
    error = refusal(path)
    assert "many" in error.what.zh


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    with path.open("wb") as stream:
        stream.truncate(300 * MIB)  # a hole: it takes no room on the disk
    assert str(MAX_FILE_BYTES // MIB) in refusal(path).what.zh


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(40):
                part.write(bytes(MIB))
    assert path.stat().st_size < MIB
    assert "炸弹" in refusal(path).what.zh


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"{number}", "")
    assert "炸弹" in refusal(path).what.zh


def _with_part(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)


def test_macros(make_book: MakeBook, sheets: Sheets, tmp_path: Path) -> None:
    path = make_book(sheets)
    _with_part(path, "xl/vbaProject.bin", b"x")
    assert "宏" in refusal(path).what.zh
    other = make_book(sheets, "2023.xlsm")
    assert "宏" in refusal(other).what.zh
    old = tmp_path / "2022.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"))
    assert "宏" in refusal(old).what.zh


def test_a_locked_workbook(tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert "加密" in refusal(path).what.zh


def test_a_web_page_named_like_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "2024.xls"
    path.write_bytes("<html><table><tr><td>学校</td></tr></table></html>".encode("gb18030"))
    assert "网页" in refusal(path).what.zh


def test_a_cell_at_the_far_corner(make_book: MakeBook, sheets: Sheets) -> None:
    path = make_book(sheets)
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'<c r="C2">', b'<c r="XFD1048576">')
            target.writestr(name, content)
    assert "过大" in refusal(path).what.zh


def test_a_parquet_file_that_claims_too_much() -> None:
    check_parquet_rows(2_000_000, 4_000_000, "a.parquet")
    with pytest.raises(UserError, match="声称"):
        check_parquet_rows(2_000_000_000, 4_000, "a.parquet")


def test_a_folder_with_one_bad_file_gives_no_half_input(
    make_folder: Callable[..., Path], sheets: Sheets
) -> None:
    folder = make_folder(sheets)
    (folder / "经费_2024.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert "经费_2024.xlsx" in refusal(folder).where


def test_parquet_with_texts_that_are_no_utf8_is_refused(tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\x80b")]
    )
    pq.write_table(pa.table({"school_id": broken}), tmp_path / "school.parquet")
    assert "已损坏" in refusal(tmp_path / "school.parquet").what.zh
