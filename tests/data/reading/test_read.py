"""Every readable form of one input gives the same tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot, read_input
from junheng.data.dictionary import load_dictionary

MakeBook = Callable[..., Path]
Sheets = dict[str, list[list[Any]]]


def figures(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """The tables without the service columns and without nulls."""
    return {
        name: [
            {key: value for key, value in row.items() if value is not None}
            for row in table.drop_columns([SOURCE_COLUMN, ROW_COLUMN]).to_pylist()
        ]
        for name, table in snapshot.tables.items()
    }


EXPECTED = {
    "school": [
        {
            "year": 2024,
            "school_id": "2115000001",
            "name": "甲小学",
            "kind": "primary",
            "county_code": "150102",
            "is_counted": True,
        },
        {
            "year": 2024,
            "school_id": "3115000002",
            "name": "乙学校",
            "kind": "nine_year",
            "county_code": "150102",
            "is_counted": True,
        },
    ],
    "stage": [
        {"year": 2024, "school_id": "2115000001", "stage": "primary", "pupils": 860, "classes": 20},
        {"year": 2024, "school_id": "3115000002", "stage": "primary", "pupils": 400, "classes": 10},
        {"year": 2024, "school_id": "3115000002", "stage": "junior", "pupils": 300, "classes": 7},
    ],
    "premises": [
        {
            "year": 2024,
            "school_id": "2115000001",
            "teaching_area_m2": 5200.5,
            "books": 26000,
            "equipment_value_yuan": 1_983_500.0,
        },
        {"year": 2024, "school_id": "3115000002"},
    ],
}


def test_a_workbook(make_book: MakeBook, sheets: Sheets) -> None:
    snapshot = read_input(make_book(sheets))
    assert figures(snapshot) == EXPECTED
    assert snapshot.problems == ()
    assert snapshot.years() == (2024,)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_workbooks_of_other_formats(books: Path, suffix: str) -> None:
    assert figures(read_input(books / f"county_2024.{suffix}")) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_of_every_encoding(
    make_folder: Callable[..., Path], sheets: Sheets, encoding: str
) -> None:
    assert figures(read_input(make_folder(sheets, encoding))) == EXPECTED


def test_parquet_with_canonical_names(tmp_path: Path, make_book: MakeBook, sheets: Sheets) -> None:
    first = read_input(make_book(sheets))
    folder = tmp_path / "parquet"
    for name, table in first.tables.items():
        (folder / name).mkdir(parents=True)
        data = table.drop_columns([SOURCE_COLUMN, ROW_COLUMN])
        pq.write_table(data.slice(0, 1), folder / name / "part-0.parquet")
        pq.write_table(data.slice(1), folder / name / "part-1.parquet")
    again = read_input(folder)
    assert figures(again) == EXPECTED
    assert again.raw == {}
    assert len(again.inputs) == 6


def test_parquet_with_other_types_is_cast(tmp_path: Path) -> None:
    pq.write_table(
        pa.table(
            {
                "year": pa.array([2024], pa.int64()),
                "school_id": pa.array(["1"]).dictionary_encode(),
                "办学类型": ["小学"],
                "county_code": [150102],
                "parent_school_id": pa.array([""], pa.large_string()),
            }
        ),
        tmp_path / "school.parquet",
    )
    pq.write_table(
        pa.table({"year": [2024], "school_id": ["1"], "stage": ["小学"], "pupils": [12.0]}),
        tmp_path / "stage.parquet",
    )
    found = figures(read_input(tmp_path))
    assert found["school"] == [{"year": 2024, "school_id": "1", "kind": "primary", "county_code": "150102"}]
    assert found["stage"] == [{"year": 2024, "school_id": "1", "stage": "primary", "pupils": 12}]


def test_a_folder_of_years(tmp_path: Path, make_book: MakeBook, sheets: Sheets) -> None:
    make_book(sheets, "input/2023/return.xlsx")
    make_book(sheets, "input/county_2024.xlsx")
    snapshot = read_input(tmp_path / "input")
    assert snapshot.years() == (2023, 2024)
    assert [file.name for file in snapshot.inputs] == ["2023/return.xlsx", "county_2024.xlsx"]
    assert snapshot.inputs[0].rows == {"school": 2, "stage": 3, "premises": 2}


def test_one_wide_sheet_holds_several_tables(make_book: MakeBook) -> None:
    rows = [
        ["某区学校情况一览表"],
        [
            "年份",
            "学校标识码",
            "学校名称",
            "办学类型",
            "县级区划代码",
            "学段",
            "在校生数",
            "图书册数",
            "备注",
        ],
        [2024, "1", "甲", "小学", "150102", "小学", 100, 500, "x"],
        [2024, "2", "乙", "九年一贯制学校", "150102", "小学", 200, 900, ""],
        [2024, "2", "乙", "九年一贯制学校", "150102", "初中", 150, 900, ""],
    ]
    snapshot = read_input(make_book({"Sheet1": rows}, "book.xlsx"))
    counts = {name: table.num_rows for name, table in snapshot.tables.items()}
    assert counts == {"school": 2, "stage": 3, "premises": 2}
    assert [problem.value for problem in snapshot.problems] == ["备注"]
    assert snapshot.tables["school"].column(ROW_COLUMN).to_pylist() == [3, 4]


def test_every_dictionary_column_is_there_and_absent_stays_null(make_book: MakeBook, sheets: Sheets) -> None:
    snapshot = read_input(make_book(sheets))
    for name, table in snapshot.tables.items():
        expected = [*load_dictionary().tables[name].columns, SOURCE_COLUMN, ROW_COLUMN]
        assert table.column_names == expected
    assert snapshot.tables["premises"].column("books").to_pylist() == [26000, None]
    assert snapshot.tables["stage"].column("boarders").null_count == 3


def test_every_cell_knows_its_place_and_its_text(make_book: MakeBook, sheets: Sheets) -> None:
    snapshot = read_input(make_book(sheets))
    premises = snapshot.tables["premises"]
    source = snapshot.sources[premises.column(SOURCE_COLUMN)[0].as_py()]
    place = source.columns["equipment_value_yuan"][0]
    assert (source.file, source.sheet) == ("2024.xlsx", "校舍与设施")
    assert (place.letter, place.heading, place.unit) == ("C", "教学仪器设备资产值（万元）", "万元")
    assert premises.column(ROW_COLUMN).to_pylist() == [2, 3]
    raw = snapshot.raw["premises"]
    assert raw.column("equipment_value_yuan").to_pylist() == ["198.35", "-"]
    assert raw.column("books").to_pylist() == ["26000", "无"]
    assert raw.num_rows == premises.num_rows


def test_titles_remarks_and_blank_rows_are_passed_over(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"][0:0] = [["某县 2024 年学段情况"], []]
    sheets["学段"][3:3] = [["#示例 不是数据"], [" ", "", ""]]
    snapshot = read_input(make_book(sheets))
    assert snapshot.tables["stage"].column(ROW_COLUMN).to_pylist() == [6, 7, 8]


def test_the_input_is_not_touched(make_book: MakeBook, sheets: Sheets) -> None:
    path = make_book(sheets)
    before = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(0o444)
    read_input(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
