"""Headings: found by name, alias and unit; sheets and files found with and without a year."""

from fractions import Fraction

import pytest

from junheng.basics import UserError
from junheng.data.reading.grid import Grid, column_letter, column_number
from junheng.data.reading.heading_block import heading_paths
from junheng.data.reading.headings import (
    find_column,
    find_heading_row,
    find_table,
    match_headings,
    nearest_heading,
    split_unit,
)
from junheng.data.reading.years import year_of_notes, year_of_path


@pytest.mark.parametrize(
    ("table", "heading", "column", "unit"),
    [
        ("stage", "在校生数", "pupils", ""),
        ("stage", "*在校生数（人）", "pupils", "人"),
        ("stage", "在校生数/合计", "pupils", ""),
        ("premises", "教学仪器设备资产值(万元)", "equipment_value_yuan", "万元"),
        ("premises", "教学仪器设备资产值（单位：万元）", "equipment_value_yuan", "单位:万元"),
        ("premises", "运动场\n地面积 ㎡", "", ""),
        ("premises", "运动场地面积（㎡）", "sports_ground_area_m2", "m2"),
        ("premises", "运动场(馆)面积", "sports_ground_area_m2", ""),
        ("teacher_count", "专任教师/#按学历分/本科", "bachelor", ""),
        ("teacher_count", "full_time", "full_time", ""),
        ("school", "学校（机构）代码", "school_id", ""),
        ("school", "学校(机构)标识码", "school_id", ""),
    ],
)
def test_columns(table: str, heading: str, column: str, unit: str) -> None:
    found = find_column(table, heading)
    assert (found[0].name, found[1]) == (column, unit) if column else found is None


def test_factors_come_from_the_heading() -> None:
    matches, unknown = match_headings(
        "premises", ["学校代码", "教学仪器设备值（万元）", "备注", ""], "a.xlsx"
    )
    assert [(match.column.name, match.factor) for match in matches] == [
        ("school_id", Fraction(1)),
        ("equipment_value_yuan", Fraction(10_000)),
    ]
    assert unknown == [2]


def test_brackets_that_are_no_unit_stay() -> None:
    assert split_unit("县（市、区）") == ("县（市、区）", "")
    assert split_unit("面积（亩）") == ("面积", "亩")


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(UserError, match="万元"):
        match_headings("premises", ["图书册数（万元）"], "a.xlsx")


def test_the_heading_row_is_found_below_titles() -> None:
    rows = [["某县统计表"], ["2024 年"], ["学校标识码", "学段", "在校生数"], ["1", "小学", 3]]
    assert find_heading_row("stage", rows) == 2
    assert find_heading_row("stage", rows[3:]) is None


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("学段", "stage"),
        ("stage_2024", "stage"),
        ("2024年学校", "school"),
        ("PREMISES", "premises"),
        ("随便", None),
    ],
)
def test_tables(name: str, table: str | None) -> None:
    found = find_table(name)
    assert (found.name if found else None) == table


def test_suggestions() -> None:
    assert nearest_heading("stage", "在校学生人数") == "在校生数"
    assert nearest_heading("stage", "qqqq") == ""


def test_letters() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letter(index)) == index for index in range(2000))


def test_merged_headings() -> None:
    rows = [["在校生数", "", "班数"], ["合计", "#女", ""]]
    merged = [((0, 0), (0, 1)), ((0, 2), (1, 2))]
    assert heading_paths(Grid("a", "s", rows, {}, merged), 0, 1) == ["在校生数/合计", "在校生数/#女", "班数"]
    assert heading_paths(Grid("a", "", rows), 0, 1) == ["在校生数/合计", "在校生数/#女", "班数"]


def test_a_heading_never_reaches_past_the_one_above() -> None:
    rows = [["A", "", "B", ""], ["x", "", "", "y"], ["1", "2", "3", "4"]]
    assert heading_paths(Grid("a", "", rows), 0, 2) == ["A/x/1", "A/x/2", "B/3", "B/y/4"]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2024.xlsx", 2024),
        ("return_2023.xlsx", 2023),
        ("2022/return_2024.xlsx", 2022),
        ("year=2021/stage/part-0.parquet", 2021),
        ("2019学年/a.csv", 2019),
        ("2023-2024.xlsx", None),
        ("20240901.xlsx", None),
        ("a.xlsx", None),
    ],
)
def test_years_of_paths(name: str, year: int | None) -> None:
    assert year_of_path(name) == year


def test_the_year_of_the_notes_sheet() -> None:
    rows = [["x"], ["", "年份", 2024.0]]
    assert year_of_notes([Grid("a", "说明", rows)]) == 2024
    assert year_of_notes([Grid("a", "学校", rows)]) is None
