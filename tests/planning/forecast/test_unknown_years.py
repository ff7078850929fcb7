"""What is not known stays out of every sum and is said; a school that fills up is not compounded."""

from pathlib import Path
from typing import Any

from tests.planning.forecast.made import SCHOOLS, pupils, write, write_county

from junheng.planning.forecast import check, fans, read_problem, solve, summary, tables
from junheng.planning.frozen import exact

Json = dict[str, Any]


def _edit(path: Path, old: str, new: str) -> None:
    """Change the rows of history that begin with ``old``; a ``new`` of "" drops them."""
    table = path.parent / "history.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert any(line.startswith(old) for line in lines)
    kept = [new if line.startswith(old) else line for line in lines]
    table.write_text("\n".join(line for line in kept if line), encoding="utf-8-sig")


def _entry(outcome: Json) -> dict[tuple[str, str], Any]:
    return {(row["stage"], row["pool"]): row["ratio"] for row in outcome["ratios"]["entry"]}


def test_a_blank_leaves_out_its_year_and_changes_no_ratio(tmp_path: Path) -> None:
    """Everybody stays, so every ratio is 1 whatever year is left out; a blank read as 0 would lower them."""
    path = write_county(tmp_path)
    _edit(path, "2018,p3,三年级", "2018,p3,三年级,")
    problem = read_problem(path)
    outcome = solve(problem)
    assert problem["blanks"] == [{"school": "p3", "stage": "primary", "year": 2018, "why": "blank"}]
    assert set(_entry(outcome).values()) == {1}
    assert all(one["ratio"] == 1 for one in outcome["ratios"]["county"])
    assert any("1 个学校学年没有分年级的数" in line.zh for line in summary(problem, outcome))
    (told,) = [table for table in tables(problem, outcome) if table.name.zh == "未报在校生"]
    assert len(told.rows) == 1
    county = next(fan for fan in fans(problem, outcome) if (fan.scope, fan.stage) == ("county", "primary"))
    assert 2018 not in dict(county.history)
    assert check(problem, outcome) == ()


def test_a_school_silent_in_the_base_year_keeps_its_share(tmp_path: Path) -> None:
    """p2 takes 40 % of Z1: p1 must not get them, and neither the zone's entrants nor junior can be told."""
    path = write_county(tmp_path)
    whole = solve(read_problem(path))
    _edit(path, "2020,p2,一年级", "2020,p2,一年级,")
    problem = read_problem(path)
    outcome = solve(problem)
    for year in range(2021, 2026):
        one, other = (
            next(exact(r["mid"]) for r in o["pupils"] if (r["school"], r["year"]) == ("p1", year))
            for o in (whole, outcome)
        )
        assert one == other
    assert {row["zone"] for row in outcome["entrants"]} == {"Z2"}
    assert {row["school"]: row["missing"] for row in outcome["cannot"]} == {
        "p2": ["base_year"],
        "j1": ["feeders"],
    }
    assert any("全县合计不给出" in line.zh for line in summary(problem, outcome))


def test_a_grade_forgotten_between_two_years_is_a_hole_not_0(tmp_path: Path) -> None:
    path = write_county(tmp_path)
    _edit(path, "2018,p3,三年级", "")
    problem = read_problem(path)
    assert [(row["year"], row["why"]) for row in problem["blanks"]] == [(2018, "hole")]
    assert all(row["ratio"] == 1 for row in solve(problem)["ratios"]["county"])


def test_a_year_without_any_row_is_told(tmp_path: Path) -> None:
    problem = read_problem(write_county(tmp_path, [2014, 2015, 2016, 2018, 2019, 2020]))
    outcome = solve(problem)
    assert any("整年缺 2017 年" in line.zh for line in summary(problem, outcome))
    (told,) = [table for table in tables(problem, outcome) if table.name.zh == "未报在校生"]
    assert told.rows[0][0] == 2017


def _with_new_school(folder: Path) -> Path:
    """p4 opens in 2019 in Z2 with 20 in each grade and doubles in 2020 by newcomers: that will not go on."""
    path = write_county(folder, schools=[*SCHOOLS, ("p4", "四小", "小学", "Z2", 6)])
    rows = [
        (year, school, grade, n)
        for year in range(2014, 2021)
        for (school, grade), n in sorted(pupils(year).items())
    ]
    rows += [(year, "p4", grade, n) for year, n in ((2019, 20), (2020, 40)) for grade in range(1, 7)]
    write(folder / "history.csv", ("年", "学校标识码", "年级", "在校生"), rows)
    return path


def test_a_school_that_fills_up_takes_the_countys_ratios(tmp_path: Path) -> None:
    problem = read_problem(_with_new_school(tmp_path))
    outcome = solve(problem)
    assert all(row["ratio"] == 1 for row in outcome["ratios"]["county"])
    (row,) = [r for r in outcome["pupils"] if (r["school"], r["year"]) == ("p4", 2021)]
    entered = exact(next(r["share"] for r in outcome["ratios"]["share"] if r["school"] == "p4"))
    assert exact(row["mid"]) < 5 * 40 + 200 * entered + 1  # five grades moved up by 1, not by 2
    assert "young" in row["marks"]
    assert "from" not in row
    assert any("新开办" in line.zh for line in summary(problem, outcome))
    assert check(problem, outcome) == ()


def test_a_mark_that_is_taken_away_is_found(tmp_path: Path) -> None:
    problem = read_problem(_with_new_school(tmp_path))
    outcome = solve(problem)
    bare = [{key: value for key, value in row.items() if key != "marks"} for row in outcome["pupils"]]
    assert check(problem, outcome | {"pupils": bare})


def test_assumed_ratios_are_said_to_be_assumed(tmp_path: Path) -> None:
    more = 'last_year: 2022\nmethod: {lags: {"6": 1}, progression: 1}\n'
    problem = read_problem(write_county(tmp_path, [2020], more=more))
    outcome = solve(problem)
    assert all(row["assumed"] == 1 for row in outcome["ratios"]["county"])
    assert any("这是假设" in line.zh for line in summary(problem, outcome))
    (told,) = [table for table in tables(problem, outcome) if table.name.zh == "升级率"]
    assert {getattr(row[-1], "zh", "") for row in told.rows} == {"问题文件所设，是假设"}


def test_low_to_high_is_called_scenarios(tmp_path: Path) -> None:
    problem = read_problem(write_county(tmp_path))
    outcome = solve(problem)
    assert any("情景" in line.zh and "不是区间" in line.zh for line in summary(problem, outcome))
    assert all("不是区间" in fan.name.zh for fan in fans(problem, outcome))
    notes = {table.name.zh: table.note.zh for table in tables(problem, outcome) if table.note}
    assert all("不是区间" in notes[name] for name in ("片区余缺", "学校预测"))
