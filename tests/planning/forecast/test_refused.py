"""Settings and tables that cannot be meant are refused with their place; what may be left out may be."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.planning.forecast.made import SCHOOLS, births, pupils, write, write_county

from junheng.basics import UserError
from junheng.planning.forecast import check, read_problem, solve, tables

ESTATES = [
    ("小区编号", "小区名称", "片区", "户数", "交付年", "建成曲线"),
    ("e1", "东苑", "Z2", 1000, 2021, "0.5 1"),
]


def _refused(path: Path) -> str:
    with pytest.raises(UserError) as error:
        read_problem(path)
    return str(error.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("scenarios: {mid: {flow: 0.01}, high: {flow: 0.02}}\n", "中情景不能加减"),
        ("interruptions: [{year: 2018, why: 甲, zonne: Z1}]\n", "zonne"),
        ("interruptions: [{year: 2018, why: 甲, zone: Z9}]\n", "不在表中"),
        ("interruptions: [{year: 2018, why: 甲, school: 九小}]\n", "不在表中"),
        ("warnings: {levels: [{id: red, scenario: mid, abov: 1}]}\n", "是否 above"),
        ("warnings: {surplus: {belw: 0.5}}\n", "是否 below"),
        ("duty: {least_classes: {primry: 12}}\n", "是否 primary"),
        ("yields: {senior: 0.1}\n", "没有学段 senior"),
        ('method: {lags: {"6": 1}, outlier: 1}\n', "应大于 1"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, more: str, words: str) -> None:
    assert words in _refused(write_county(tmp_path, more=more))


def test_a_place_of_a_policy_year_may_be_named(tmp_path: Path) -> None:
    more = "interruptions: [{year: 2018, why: 甲, school: 三小}]\n"
    (row,) = read_problem(write_county(tmp_path, more=more))["interruptions"]
    assert row["school"] == "p3"


def test_a_school_that_will_close_is_sent_to_the_merger_plan(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    heading = ("学校标识码", "学校名称", "学段", "片区", "教室数", "停办年")
    write(tmp_path / "schools.csv", heading, [(*row, 2022 if row[0] == "p2" else "") for row in SCHOOLS])
    said = _refused(path)
    assert "junheng plan merge" in said
    assert "2022" in said


def test_births_of_a_zone_without_schools_are_refused(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    with (tmp_path / "births.csv").open("a", encoding="utf-8") as stream:
        stream.write("2020,Z3,50\n")
    assert "片区 Z3 没有学校" in _refused(path)


def test_a_zone_of_two_codes_is_refused(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    heading = ("学校标识码", "学校名称", "学段", "片区编号", "片区", "教室数")
    rows = [(*row[:3], row[3], {"Z1": "甲街道", "Z2": "乙镇"}[row[3]], row[4]) for row in SCHOOLS]
    rows[1] = (*rows[1][:3], "Z7", *rows[1][4:])
    write(tmp_path / "schools.csv", heading, rows)
    assert "片区 甲街道 有两个编号 Z1、Z7" in _refused(path)


def test_births_may_name_the_zone(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    names = {"Z1": "甲街道", "Z2": "乙镇"}
    heading = ("学校标识码", "学校名称", "学段", "片区编号", "片区", "教室数")
    write(tmp_path / "schools.csv", heading, [(*row[:4], names[row[3]], row[4]) for row in SCHOOLS])
    born = [(year, names[zone], births(zone, year)) for year in range(2000, 2021) for zone in names]
    write(tmp_path / "births.csv", ("年", "片区", "出生人数"), born)
    assert {row["zone"] for row in read_problem(path)["births"]} == {"Z1", "Z2"}


@pytest.mark.parametrize("more", ["", "yields: {}\n"])
def test_a_county_with_primary_alone_and_estates(tmp_path: Path, more: str) -> None:
    stages = 'stages: {primary: ["1", "2", "3", "4", "5", "6"]}\nlast_year: 2025\n'
    primary = [row for row in SCHOOLS if row[2] == "小学"]
    path = write_county(tmp_path, schools=primary, tables={"estates": ESTATES}, more=stages + more)
    rows = [
        (year, school, grade, n)
        for year in range(2014, 2021)
        for (school, grade), n in pupils(year).items()
        if grade <= 6
    ]
    write(tmp_path / "history.csv", ("年", "学校标识码", "年级", "在校生"), rows)
    problem = read_problem(path)
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert {*outcome["estates"][0]["needed"]} == (set() if more else {"primary"})


def _adding(path: Path, line: str) -> str:
    with (path.parent / "history.csv").open("a", encoding="utf-8") as stream:
        stream.write(line)
    return _refused(path)


def test_a_mistyped_year_is_told_with_its_cell(tmp_path: Path) -> None:
    said = _adding(write_county(tmp_path), "20203,p1,一年级,60\n")
    assert "不是年份" in said
    assert "history.csv A149" in said


def test_a_last_year_of_one_row_is_asked_about(tmp_path: Path) -> None:
    said = _adding(write_county(tmp_path), "2021,p1,一年级,60\n")
    assert "2021 年只有 1 行" in said
    assert "history.csv A149" in said


@pytest.mark.parametrize(("homes", "curve", "words"), [(0, "1", "应在 1 与"), (10, "30 60 100", "须写 %")])
def test_estates_without_homes_or_per_cent_signs_are_refused(
    tmp_path: Path, homes: int, curve: str, words: str
) -> None:
    rows = [ESTATES[0], ("e1", "东苑", "Z2", homes, 2021, curve)]
    assert words in _refused(write_county(tmp_path, tables={"estates": rows}))


def test_an_empty_history_is_said_to_be_empty(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    write(tmp_path / "history.csv", ("年", "学校标识码", "年级", "在校生"), [])
    said = _refused(path)
    assert "没有一行写了年份" in said
    assert "基准年" not in said


def test_figures_shown_have_the_digits_of_their_column(tmp_path: Path) -> None:
    more = 'last_year: 2025\nmethod: {lags: {"6": 2/3, "7": 1/3}}\n'
    problem = read_problem(write_county(tmp_path, more=more))
    for table in tables(problem, solve(problem)):
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                if isinstance(cell, Fraction):
                    assert (cell * 10**column.digits).denominator == 1, (table.name, column.heading)
