"""Bad input is told at once with its place; what is missing stays unknown and is said."""

from pathlib import Path

import pytest
from tests.planning.forecast.made import SCHOOLS, write, write_county

from junheng.basics import UserError
from junheng.planning.forecast import read_problem, solve, summary


def _refused(path: Path) -> str:
    with pytest.raises(UserError) as error:
        read_problem(path)
    return str(error.value)


def test_all_faults_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    with (tmp_path / "history.csv").open("a", encoding="utf-8") as stream:
        stream.write("2019,p1,一年级,7\n2019,p9,一年级,7\n2019,p1,十三年级,7\n2019,p1,二年级,-3\n")
    said = _refused(path)
    for words in ("同一年、学校、年级有两行", "学校表没有 p9", "“十三年级”不是年级", "-3"):
        assert words in said, words
    assert "history.csv" in said


def test_a_grade_of_another_stage_is_refused(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    write(
        tmp_path / "history.csv",
        ("年", "学校标识码", "学段", "年级", "在校生"),
        [(2020, "p1", "小学", "七年级", 5)],
    )
    assert "学段与年级不符" in _refused(path)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("last_year: 2019\n", "预测年须在基准年之后"),
        ("lastyear: 2025\n", "last_year"),
        ('method: {lags: {"6": 1/2}}\n', "各份额之和应为 1"),
        ("interruptions: [{year: 2018}]\n", "缺少原因"),
        ('method: {lags: {"6": 1}, least_years: 2}\n', "至少 3 年"),
        ("scenarios: {low: {entrants: 0.2}}\n", "低 ≤ 中 ≤ 高"),
    ],
)
def test_settings_that_make_no_sense_are_refused(tmp_path: Path, more: str, words: str) -> None:
    assert words in _refused(write_county(tmp_path, more=more))


def test_missing_births_are_listed_and_nothing_rests_on_them(tmp_path: Path) -> None:
    """Children born up to 2016 only: first grades to 2022, then primary schools cannot be told; junior can."""
    problem = read_problem(write_county(tmp_path, born=range(2000, 2017)))
    outcome = solve(problem)
    assert max(row["year"] for row in outcome["entrants"]) == 2022
    gaps = {row["school"]: row for row in outcome["cannot"]}
    assert set(gaps) == {"p1", "p2", "p3"}
    assert (gaps["p1"]["from"], gaps["p1"]["missing"]) == (2023, ["births"])
    levels = {r["level"] for r in outcome["zones"] if r["stage"] == "primary" and r["year"] >= 2023}
    assert levels == {"cannot_tell"}
    assert any("不能预测" in line.zh for line in summary(problem, outcome))


@pytest.mark.parametrize("years", [[2020], []])
def test_too_short_a_history_cannot_be_forecast(tmp_path: Path, years: list[int]) -> None:
    problem = read_problem(write_county(tmp_path, years, more="base_year: 2020\nlast_year: 2025\n"))
    outcome = solve(problem)
    assert outcome["status"] == "infeasible"
    assert outcome["pupils"] == []
    assert outcome["reasons"]
    assert summary(problem, outcome)[0].zh.startswith("不能预测")
    assert {m for row in outcome["cannot"] for m in row["missing"]} <= {"history", "grades", "base_year"}


def test_two_years_are_too_few_unless_ratios_are_assumed(tmp_path: Path) -> None:
    problem = read_problem(write_county(tmp_path, [2019, 2020]))
    assert solve(problem)["status"] == "infeasible"  # least_years is 3: two years are no history
    more = 'last_year: 2025\nmethod: {lags: {"6": 1}, progression: 1}\n'
    problem = read_problem(write_county(tmp_path, [2019, 2020], more=more))
    outcome = solve(problem)
    assert (outcome["status"], outcome["tests"]) == ("computed", [])
    assert any("没有回测" in line.zh for line in summary(problem, outcome))


def test_a_blank_cell_is_not_0(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    text = (tmp_path / "history.csv").read_text(encoding="utf-8-sig")
    first = next(line for line in text.splitlines() if line.startswith("2020,p3,一年级"))
    (tmp_path / "history.csv").write_text(text.replace(first, "2020,p3,一年级,"), encoding="utf-8-sig")
    outcome = solve(read_problem(path))
    (gap,) = [row for row in outcome["cannot"] if row["school"] == "p3"]
    assert "base_year" in gap["missing"]
    assert not [row for row in outcome["pupils"] if row["school"] == "p3"]


def test_totals_without_grades_cannot_be_forecast(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    rows = [(year, school, stage, 100) for year in range(2014, 2021) for school, _, stage, *_ in SCHOOLS]
    write(tmp_path / "history.csv", ("年", "学校标识码", "学段", "在校生"), rows)
    outcome = solve(read_problem(path))
    assert outcome["status"] == "infeasible"
    assert {"grades"} <= {m for row in outcome["cannot"] for m in row["missing"]}


def test_a_curve_that_falls_is_refused(tmp_path: Path) -> None:
    head = ("小区编号", "小区名称", "片区", "户数", "交付年", "建成曲线")
    path = write_county(tmp_path, tables={"estates": [head, ("e1", "东苑", "Z2", 10, 2021, "0.9 0.5")]})
    assert "逐年不减" in _refused(path)
