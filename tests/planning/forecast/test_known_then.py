"""The back-test knows what was known then; intervals only of a school's own size; fans by gravity."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.planning.forecast.made import SCHOOLS, write_county

from junheng.planning.forecast import check, fans, read_problem, solve, tables
from junheng.planning.frozen import exact

Json = dict[str, Any]


def test_births_after_the_origin_are_not_used(tmp_path: Path) -> None:
    """Entrants of seven years ahead were not born at the origin: primary cannot be tested there, junior can."""
    more = 'last_year: 2025\nmethod: {lags: {"6": 1}, leads: [1, 6, 7]}\n'
    problem = read_problem(write_county(tmp_path, range(2008, 2021), more=more))
    outcome = solve(problem)
    stages = {
        lead: {row["stage"] for row in outcome["tests"] if row["lead"] == lead and "stage" in row}
        for lead in (1, 6, 7)
    }
    assert stages == {1: {"primary", "junior"}, 6: {"primary", "junior"}, 7: {"junior"}}
    assert check(problem, outcome) == ()


def test_an_estates_school_is_not_open_before_it_was(tmp_path: Path) -> None:
    """The school p4 stands from 2019. Seen from 2016, the estate's pupils go to p3, which is what came."""
    estates = [
        ("小区编号", "小区名称", "片区", "户数", "交付年", "建成曲线", "批准年", "配建学校"),
        ("e1", "东苑", "Z2", 100, 2017, "1", 2015, "p4"),
    ]
    schools = [*SCHOOLS, ("p4", "四小", "小学", "Z2", 6)]
    more = 'last_year: 2025\nyields: {primary: "0.6", junior: 0}\n'
    path = write_county(tmp_path, tables={"estates": estates}, schools=schools, more=more)
    with (tmp_path / "history.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{year},p4,{grade},10\n" for year in (2019, 2020) for grade in range(1, 7))
    problem = read_problem(path)
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    alone = solve(problem | {"estates": []})
    errors = [
        {
            row["lead"]: exact(row["model"])
            for row in o["tests"]
            if row["scope"] == "zone" and row.get("stage") == "primary"
        }
        for o in (outcome, alone)
    ]
    assert errors[0] != errors[1]  # the estate is seen at p3, where it was to be seen then


def test_a_size_with_too_few_tests_has_no_interval(tmp_path: Path) -> None:
    """Three primary schools and a junior school of four sizes: no size has 30 tests, though all together have."""
    problem = read_problem(write_county(tmp_path, range(2004, 2021), born=range(1990, 2021)))
    outcome = solve(problem)
    points = next(r for r in outcome["tests"] if r["lead"] == 1 and "stage" not in r and "size" not in r)[
        "points"
    ]
    assert points >= 30
    sizes = {band["size"] for band in outcome["bands"] if band["lead"] == 1}
    assert -1 not in sizes
    for row in outcome["pupils"]:
        now = sum(
            sum(h["grades"].values())
            for h in problem["history"]
            if h["school"] == row["school"] and h["year"] == 2020
        )
        if sum(now >= bound for bound in problem["method"]["sizes"]) not in sizes:
            assert "from" not in row


def test_fans_stand_by_gravity_and_tables_too(tmp_path: Path) -> None:
    problem = read_problem(write_county(tmp_path))
    outcome = solve(problem)
    found = fans(problem, outcome)
    assert [fan.scope for fan in found] == ["zone"] * (len(found) - 2) + ["county"] * 2
    first = outcome["warnings"][0]
    levels = {(r["zone"], r["stage"], r["level"]) for r in outcome["warnings"]}
    assert (found[0].key, found[0].stage, first["level"]) in levels
    zones = next(table for table in tables(problem, outcome) if table.name.zh == "片区余缺")
    shown = [getattr(row[3], "zh", "") for row in zones.rows]
    order = ["红色", "橙色", "黄色", "无法判断", "富余", "够用"]
    assert shown == sorted(shown, key=order.index)
    for table in tables(problem, outcome):
        heads = [column.heading.zh for column in table.columns][:8]
        for name, must in (("滚动回测", "结论"), ("学校预测", "区间上限"), ("片区余缺", "余缺（中）")):
            assert table.name.zh != name or must in heads


@pytest.mark.parametrize(
    "change",
    [
        {"note": "x"},
        {"reasons": []},
        {"gap": False},
        {"bands": None},
    ],
)
def test_keys_and_kinds_are_strict(tmp_path: Path, change: Mapping[str, Any]) -> None:
    problem = read_problem(write_county(tmp_path))
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert check(problem, outcome | dict(change))


def test_order_true_and_reasons_are_strict(tmp_path: Path) -> None:
    problem = read_problem(write_county(tmp_path))
    outcome = solve(problem)
    assert check(problem, outcome | {"pupils": outcome["pupils"][::-1]})
    ratios = outcome["ratios"]
    assert ratios["county"][0]["ratio"] == 1
    wrong = [ratios["county"][0] | {"ratio": True}, *ratios["county"][1:]]
    assert check(problem, outcome | {"ratios": ratios | {"county": wrong}})
    wrong[0] = ratios["county"][0] | {"ratio": "1.0"}
    assert check(problem, outcome | {"ratios": ratios | {"county": wrong}})
    short = read_problem(write_county(tmp_path, [2020]))
    none = solve(short)
    assert check(short, none) == ()
    assert check(short, none | {"reasons": []})
    assert check(short, {key: value for key, value in none.items() if key != "reasons"})
