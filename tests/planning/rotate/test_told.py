"""What an officer reads of a rotation: shares as percent, what is missing by name, no price with a sign."""

from pathlib import Path

import pytest
from tests.planning.rotate.test_reading import GOOD, HEAD, SCHOOLS, refused, write

from junheng.planning.rotate import read_problem, solve, summary, tables


def test_shares_are_told_as_percent(tmp_path: Path) -> None:
    problem = read_problem(write(tmp_path, GOOD))
    outcome = solve(problem)
    said = " ".join(line.zh for line in summary(problem, outcome))
    assert "≥10%" in said
    assert "≥0.1" not in said
    sources = next(table for table in tables(problem, outcome) if table.name.zh == "参数与依据")
    assert "10%" in [row[1] for row in sources.rows]


@pytest.mark.parametrize(
    ("rows", "more", "told"),
    [
        (GOOD, {"head": HEAD.replace("教师资格证学段", "备注")}, "t.csv 第 1 行"),
        (GOOD, {"head": HEAD.replace("教师资格证学段", "备注")}, "缺少列 教师资格证学段"),
        (["T1,A,大学,语文,8,是,初中,,,"], {}, "应为 小学、初中、高中 之一"),
        (["T1,A,小学,语文,-8,是,初中,,,"], {}, "-8 应在 0 与"),
        (GOOD, {"schools": [*SCHOOLS, SCHOOLS[0]]}, "学校 A 出现两次"),
    ],
)
def test_what_is_amiss_is_told_in_full(
    tmp_path: Path, rows: list[str], more: dict[str, object], told: str
) -> None:
    said = refused(tmp_path, rows, **more)
    assert told in said
    assert "学段没有填" not in said


def test_a_home_nobody_can_reach_names_who_lives_there(tmp_path: Path) -> None:
    assert "教师 T1" in refused(tmp_path, GOOD, "rule: {home_km: 10}\n")


def test_bad_yaml_is_told_by_line(tmp_path: Path) -> None:
    said = refused(tmp_path, GOOD, "objective： gap\n")
    assert "problem.yaml:" in said
    assert "unicode string" not in said
