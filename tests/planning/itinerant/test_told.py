"""What an officer reads of an itinerant plan: teachers by name, no praise where nothing could be counted."""

from pathlib import Path

import pytest
from tests.planning.itinerant.test_reading import edit, folder, refused, settings

from junheng.planning.itinerant import read_problem, solve, summary, tables

__all__ = ["folder"]  # the fixture


def test_reasons_name_teachers_and_totals_have_units(folder: Path) -> None:
    problem = read_problem(folder / "problem.yaml")
    outcome = solve(problem)
    found = {table.name.zh: table for table in tables(problem, outcome)}
    words = " ".join(str(row[-1]) for row in found["课时需求与未满足"].rows)
    assert "教师03" in words
    assert "T03" not in words
    assert {str(row[1]) for row in found["汇总"].rows} == {"节 | periods", "千米 | km"}
    assert "等)" not in " ".join(line.en for line in summary(problem, outcome))


def test_nothing_counted_is_not_everything_met(folder: Path) -> None:
    edit(folder, lambda book: book["班级"].delete_rows(2, 999))
    problem = read_problem(folder / "problem.yaml")
    said = " ".join(line.zh for line in summary(problem, solve(problem)))
    assert "能计算的学校没有缺课时" in said
    assert "都已满足" not in said
    assert "没有教师达到" not in said


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        (("主讲课", "F2"), "体育", "需要在场"),
        (("学校", "D2"), 999, "999 应在 -180 与 180 之间"),
        (("班级", "D2"), 1.5, "1.5 应为整数"),
        (("班级", "C2"), "一二", "不是一至九年级"),
    ],
)
def test_cells_are_told_as_written(folder: Path, cell: tuple[str, str], value: object, told: str) -> None:
    edit(folder, lambda book: book[cell[0]].__setitem__(cell[1], value))
    assert told in refused(folder)


def test_a_sheet_of_ways_that_is_absent_is_named(folder: Path) -> None:
    path = folder / "problem.yaml"
    text = path.read_text(encoding="utf-8").replace("by: coordinates", "by: roads")
    path.write_text(text, encoding="utf-8")
    assert "没有“路网”工作表" in refused(folder)


def test_bad_yaml_is_told_by_line(folder: Path) -> None:
    settings(folder, "week： 五天\n")
    said = refused(folder)
    assert "problem.yaml:" in said
    assert "unicode string" not in said
