"""What an officer reads of a pairing plan: names and words, no ids of the program."""

from pathlib import Path

import pytest
from tests.planning.pair.test_problem import HEAD, TABLES, _said, _write

from junheng.planning.pair import read_problem, solve, summary, tables


def _cells(path: Path) -> str:
    problem = read_problem(path)
    outcome = solve(problem)
    found = tables(problem, outcome)
    return " ".join(str(cell) for table in found for row in table.rows for cell in row)


def test_tables_hold_words_not_ids(tmp_path: Path) -> None:
    cells = _cells(_write(tmp_path))
    assert "小学的需要（点）" in cells
    for word in ("need:", "partners:", "999901"):
        assert word not in cells
    assert "XX区" in cells


@pytest.mark.parametrize(
    ("head", "sheets", "told"),
    [
        (HEAD, {"学校": TABLES["学校"] + "X,又乙校,999901,220,强校,3\n"}, "X 出现两次"),
        (HEAD, {"学段": TABLES["学段"] + "X,小学,80,7\n"}, "X 小学 出现两次"),
        (HEAD + "published: libary\n", {}, "应写 library"),
    ],
)
def test_slips_are_refused(tmp_path: Path, head: str, sheets: dict[str, str], told: str) -> None:
    assert told in _said(_write(tmp_path, head, **sheets))


def test_what_cannot_be_paired_or_compared_is_said(tmp_path: Path) -> None:
    head = (
        HEAD
        + "rules: {most_km: 1}\nchanges: {before: 2010, after: 2024}\nmode: {kind: groups, most_groups: 0}\n"
    )
    problem = read_problem(_write(tmp_path, head))
    said = " ".join(line.zh for line in summary(problem, solve(problem)))
    assert "没有可以新提出的对" in said
    assert "上限 0 个" in said
    assert "平均路程 –" not in said


def test_every_school_wanted_names_the_schools(tmp_path: Path) -> None:
    problem = read_problem(_write(tmp_path, HEAD + "rules: {most_km: 1, serve: all}\n"))
    said = " ".join(line.zh for line in summary(problem, solve(problem)))
    assert "没有强校：乙校" in said
