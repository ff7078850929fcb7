"""The bureau's tables: what is absurd, doubled, contradictory or in the wrong unit, with its cell."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.planning.invest.small_input import COSTS, FORECAST, NINE, YAML, A, write_small

from junheng.basics import UserError
from junheng.planning.gathered import Gathered
from junheng.planning.invest import read_problem
from junheng.planning.invest.library_files import PAGE
from junheng.planning.invest.reading.costs import read_costs
from junheng.planning.invest.reading.limits import read_limits
from junheng.planning.invest.reading.lines import lines_of
from junheng.planning.invest.reading.measures import possible_measures
from junheng.planning.invest.reading.workbook import write_tables
from junheng.standards import resolve, school_year_start

Json = dict[str, Any]
LINES = lines_of(resolve("quality-2017", on=school_year_start(2026)), has_cv=True)
POSSIBLE = possible_measures(LINES)
Rows = list[dict[str, object]]


def costs(
    tmp_path: Path, change: Callable[[Rows], object] = len, money: str = "元"
) -> tuple[list[Json], list[str]]:
    """Measures read from the small county's costs after ``change``, and the faults in words."""
    rows = [dict(row) for row in COSTS]
    change(rows)
    write_tables(tmp_path / "costs.xlsx", {"costs": rows}, money=money)
    faults = Gathered(PAGE)
    found = read_costs(tmp_path / "costs.xlsx", LINES, POSSIBLE, frozenset(), faults)
    return found, [f"{where}: {what}" for where, what in faults.found]


def row(rows: Rows, measure: str) -> dict[str, object]:
    return next(row for row in rows if row["measure"] == measure)


def test_every_measure(tmp_path: Path) -> None:
    found, faults = costs(tmp_path)
    assert not faults
    assert [m["id"] for m in found] == [key for key in POSSIBLE if key in {row["measure"] for row in COSTS}]
    hire = found[0]
    assert (hire["gives"], hire["cost_yuan"], hire["yearly_yuan"]) == ({"R1": 1}, 10000, 90000)
    assert (hire["zh"], hire["unit"], hire["whole"]) == ("招聘小学教师（高学历）", "人", 1)
    rooms = found[-1]
    assert (rooms["id"], rooms["yearly_yuan"], rooms["level"]) == ("equip:R7", 0, "school")


def test_in_wan_yuan(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        row(rows, "build:R4").update({"cost": 0.35, "low": 0.2, "high": 0.5})

    found, faults = costs(tmp_path, change, "万元")
    assert not faults
    assert next(m for m in found if m["id"] == "build:R4")["cost_yuan"] == 3500


@pytest.mark.parametrize(
    ("measure", "change", "told"),
    [
        ("build:R4", {"cost": 0}, "build:R4 不花钱，单价须大于 0"),
        ("build:R4", {"cost": -3}, "“一次性单价”是负数：-3"),
        ("build:R4", {"cost": None}, "“一次性单价”没有填"),
        ("build:R4", {"cost": "3.5万元"}, "“3.5万元”不是数"),
        ("build:R4", {"low": 100, "high": 200}, "不在本表的合理区间 100～200 元之内"),
        ("build:R4", {"low": 9000}, "build:R4 首年 4000 元"),
        ("build:R4", {"low": 9000, "high": 8000}, "低值 9000 元高于高值 8000 元"),
        ("build:R4", {"source": None}, "“来源”没有填"),
        ("hire:primary:R1", {"yearly": None}, "“每年单价”没有填"),
        ("equip:R6", {"unit": "元"}, "equip:R6 按“万元原值”计，表中写的是“元”"),
        ("equip:R7", {"measure": "equip:R8"}, "没有措施 equip:R8"),
        ("equip:R7", {"measure": "build:R4"}, "措施 build:R4 写了两次"),
    ],
)
def test_one_absurd_cell(tmp_path: Path, measure: str, change: Mapping[str, object], told: str) -> None:
    _, faults = costs(tmp_path, lambda rows: row(rows, measure).update(change))
    assert any(told in fault for fault in faults)
    assert all(fault.startswith("costs.xlsx") for fault in faults)


def test_the_cell_is_named(tmp_path: Path) -> None:
    _, faults = costs(tmp_path, lambda rows: row(rows, "build:R4").update({"cost": -3}))
    number = [r["measure"] for r in COSTS].index("build:R4") + 4
    assert faults == [
        f"costs.xlsx [单价] D{number}: “一次性单价”是负数：-3。请改正 | cost is negative: -3. mend it"
    ]


def test_an_indicator_nobody_priced(tmp_path: Path) -> None:
    _, faults = costs(tmp_path, lambda rows: rows.remove(row(rows, "equip:R7")))
    assert len(faults) == 2  # primary and junior
    assert "没有任何有单价的措施能提高小学的 R7" in faults[0]


def test_mixed_units(tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text(
        "措施编号,一次性单价（元）,每年单价（万元）,低值（元）,高值（元）,来源\nbuild:R4,1,,1,2,x\n", "utf-8"
    )
    faults = Gathered(PAGE)
    read_costs(path, LINES, POSSIBLE, frozenset(POSSIBLE) | {f"R{n}" for n in range(1, 8)}, faults)
    assert [what.zh.partition("。")[0] for _, what in faults.found] == ["同一张表混用元和万元"]
    path.write_text("措施编号,一次性单价,每年单价,低值,高值,来源\nbuild:R4,1,,1,2,x\n", "utf-8")
    faults = Gathered(PAGE)
    read_costs(path, LINES, POSSIBLE, frozenset({f"R{n}" for n in range(1, 8)}), faults)
    assert [what.zh.partition("。")[0] for _, what in faults.found] == ["金额列的标题没有写明元或万元"]


def limits(tmp_path: Path, **tables: Rows) -> tuple[Any, list[str]]:
    write_tables(tmp_path / "limits.xlsx", tables)
    goods = POSSIBLE | {
        "move:primary:R1": {
            "id": "move:primary:R1",
            "kind": "move",
            "stage": "primary",
            "whole": 1,
            "unit": "人",
        }
    }
    faults = Gathered(PAGE)
    found = read_limits(tmp_path / "limits.xlsx", goods, (2025, 2026), frozenset(FORECAST), faults)
    return found, [f"{where}: {what.zh}" for where, what in faults.found]


def test_limits(tmp_path: Path) -> None:
    ceilings: Rows = [{"measure": "train:primary:R2", "year": year, "most": 9} for year in (2025, 2026)]
    own: Rows = [
        {"school_id": A, "measure": "build:R4", "most": 120.5},
        {"school_id": A, "stage": "小学", "measure": "hire:primary:R1", "most": 3},
    ]
    found, faults = limits(tmp_path, ceilings=ceilings, limits=own)
    assert not faults
    assert found.ceilings == {"train:primary:R2": {"2025": 9, "2026": 9}}
    assert found.at_school == {(A, "", "build:R4"): Fraction(241, 2), (A, "primary", "hire:primary:R1"): 3}


@pytest.mark.parametrize(
    ("table", "rows", "told"),
    [
        (
            "ceilings",
            [{"measure": "build:R4", "year": 2025, "most": n} for n in (5, 6)],
            "C5: 上限互相矛盾：这里是 6",
        ),
        ("ceilings", [{"measure": "build:R4", "year": 2031, "most": 5}], "2031 不是规划年份"),
        ("ceilings", [{"measure": "build:R9", "year": 2025, "most": 5}], "单价表里没有措施 build:R9"),
        ("ceilings", [{"measure": "build:R4", "year": 2025, "most": -5}], "上限“-5”不是 0 或正数"),
        ("ceilings", [{"measure": "train:primary:R2", "year": 2025, "most": 1.5}], "1.5人不是整数"),
        ("ceilings", [{"measure": "move:primary:R1", "year": 2025, "most": 1}], "调动没有全县上限"),
        ("limits", [{"school_id": "1", "measure": "build:R4", "most": 5}], "数据中没有学校 1"),
        ("limits", [{"school_id": A, "stage": "幼儿", "measure": "build:R4", "most": 5}], "没有学段“幼儿”"),
        (
            "limits",
            [{"school_id": A, "stage": "初中", "measure": "hire:junior:R1", "most": 5}],
            "这一行的学段是“junior”",
        ),
        ("limits", [{"school_id": NINE, "measure": "hire:junior:R1", "most": 5}], "这一行的学段是“”"),
        ("limits", [{"school_id": A, "measure": "build:R4", "most": 5}] * 2, "同一上限写了两次"),
        ("limits", [{"school_id": A, "measure": "build:R4"}], "“最多”没有填"),
    ],
)
def test_one_bad_limit(tmp_path: Path, table: str, rows: Rows, told: str) -> None:
    _, faults = limits(tmp_path, **{table: rows})
    assert any(told in fault for fault in faults), faults


def test_moving_more_than_are_there(tmp_path: Path) -> None:
    yaml = (
        YAML
        + "limits: limits.xlsx\ntransfers:\n  - {stage: primary, gives: [R2], cost: 0, unit: 元, at_most: 10%}\n"
    )
    own: Rows = [{"school_id": A, "stage": "小学", "measure": "move:primary:R2", "most": 40}]
    with pytest.raises(UserError, match=r"上限互相矛盾.*最多调出 40 人，但这类教师只有 6 人"):
        read_problem(write_small(tmp_path, yaml, limits=own))


def forecast_rows() -> Rows:
    return [
        {"year": 2026, "school_id": school, "stage": stage, "pupils": pupils}
        for (school, stage), pupils in FORECAST.items()
    ]


def test_forecast_faults_all_at_once(tmp_path: Path) -> None:
    rows = forecast_rows()[1:]  # the first school has none
    rows += [
        {"year": 2026, "school_id": "2100000000", "stage": "primary", "pupils": 9},
        {"year": 2026, "school_id": NINE, "stage": "senior", "pupils": 9},
        {"year": 2026, "school_id": NINE, "stage": "junior", "pupils": 9},
    ]
    rows[0]["pupils"] = "many"
    with pytest.raises(UserError) as told:
        read_problem(write_small(tmp_path, forecast=rows))
    for words in (
        "“many”不是年份或人数",
        "甲小学（2199000001）小学没有 2026 年的预测学生数",
        "数据中没有学校 2100000000",
        f"学校 {NINE} 没有这个学段：senior",
        f"{NINE} junior 2026 年写了两次",
    ):
        assert words in str(told.value)
    assert "forecast.xlsx [学生预测] E4" in told.value.where


@pytest.mark.parametrize(
    ("budgets", "told"),
    [
        ("{unit: 万元, 2025: 100}", "没有 2026 年的预算"),
        ("{2025: 100, 2026: 100, carry_over: yes}", "预算没有写明元或万元"),
        ("{unit: 万元, 2025: 100, 2026: 100}", "没有写明当年未用完的钱能否结转"),
        ("{unit: 万元, 2025: 100, 2026: 100, 2031: 5, carry_over: yes}", "2031 不是规划年份"),
        ("{unit: 万元, total: 100, 2025: 100}", "既有总额又有分年预算"),
        ("{unit: 万元, total: -1}", "预算“-1”不是 0 或正数"),
        ("{unit: 元, total: 300}", "预算合计 300 元，买不起最便宜的一项（build:R5，600 元）"),
    ],
)
def test_bad_budget(tmp_path: Path, budgets: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_problem(write_small(tmp_path, YAML + f"budgets: {budgets}\n"))


def test_most_within_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="most_within 要有预算"):
        read_problem(write_small(tmp_path, YAML.replace("all_by", "most_within")))


def test_budgets(tmp_path: Path) -> None:
    found = read_problem(write_small(tmp_path / "a", YAML + "budgets: {unit: 万元, total: 1134.5}\n"))
    assert (found["budgets"], found["carry_over"]) == ({"2025": 11345000, "2026": 0}, 1)
    yearly = "budgets: {unit: 万元, 2025: 10, 2026: 20.5, carry_over: no}\n"
    found = read_problem(write_small(tmp_path / "b", YAML + yearly))
    assert (found["budgets"], found["carry_over"]) == ({"2025": 100000, "2026": 205000}, 0)
