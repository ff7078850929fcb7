"""Figures of the ledger by hand: unit costs, outliers, funds, totals, published texts."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.planning.frozen import FORMAT, exact
from junheng.planning.ledger import check, read_problem, solve, summary, tables
from junheng.planning.ledger.problem import library

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "merge" / "ledger.yaml"
Json = dict[str, Any]


def ledger(*projects: Json, **more: Any) -> Json:
    """A ledger of made-up projects."""
    base: Json = {
        "format": FORMAT, "kind": "ledger", "name": "小样", "county": {"code": "1", "name": "甲"}, "on": "2024-09-01",
        "outlier": library("rules")["outlier"], "sources": {"outlier": "", "published": ""},
        "projects": [{"id": f"P{at}", "name": f"P{at}", **row} for at, row in enumerate(projects)],
        "funds": [], "totals": [], "claims": [],
    }  # fmt: skip
    return base | more


def test_unit_costs_by_hand_and_absent_is_not_zero() -> None:
    outcome = solve(
        ledger(
            {"invest_yuan": 3_000_000, "seats": 90, "area_m2": 500},
            {"seats": 0, "invest_yuan": 5},
            {"seats": 10},
        )
    )
    first, second, third = outcome["projects"]
    assert (exact(first["yuan_per_seat"]), first["yuan_per_m2"]) == (Fraction(100_000, 3), 6000)
    assert exact(first["m2_per_seat"]) == Fraction(50, 9)
    assert "yuan_per_seat" not in second
    assert "yuan_per_seat" not in third
    (batch,) = outcome["batches"]
    assert (batch["invest_yuan"], batch["untold"]["invest_yuan"], batch["seats"]) == (3_000_005, 1, 100)


def test_outliers_need_both_distances() -> None:
    """Median 100.5, MAD 1: beyond 3.5 MAD / 0.6745 both are, but only 120.61 is 20 % away (more than 120.6)."""
    costs = [99, 100, 101, 99, 101, 100, "120.6", "120.61"]
    projects = [{"invest_yuan": cost, "seats": 1} for cost in costs]
    outcome = solve(ledger(*projects))
    assert [row["outliers"] for row in outcome["projects"]] == [[]] * 7 + [["yuan_per_seat"]]
    (spread,) = outcome["spreads"]
    assert (spread["median"], spread["mad"], spread["low"], spread["high"]) == ("100.5", 1, "80.4", "120.6")
    few = solve(ledger(*projects[-4:]))
    assert {row["judged"] for row in few["spreads"]} == {0}
    assert not any(row["outliers"] for row in few["projects"])


def test_groups_are_not_mixed() -> None:
    dear = [{"invest_yuan": 900, "seats": 1, "group": "新建"}] * 5
    cheap = [{"invest_yuan": 100, "seats": 1, "group": "改扩建"}] * 5
    assert not any(row["outliers"] for row in solve(ledger(*dear, *cheap))["projects"])
    odd = {"invest_yuan": 900, "seats": 1, "group": "改扩建"}
    assert solve(ledger(*dear, *cheap[:4], odd))["projects"][-1]["outliers"] == ["yuan_per_seat"]


def test_funds_promises_and_lateness() -> None:
    funds = [
        {"project": "P0", "origin": "市", "planned_yuan": 60, "arrived_yuan": 50},
        {"project": "P0", "origin": "省", "planned_yuan": 30, "arrived_yuan": 0},
        {"project": "P1", "origin": "省", "planned_yuan": 10},
    ]
    first: Json = {"invest_yuan": 100, "arrived_yuan": 50, "seats": 90, "delivered": 60, "due": 2022}
    outcome = solve(ledger(first, {"due": 2023, "open": 2023}, funds=funds))
    row, other = outcome["projects"]
    assert (row["arrived_share"], exact(row["delivered_share"]), row["late_years"]) == (
        "0.5",
        Fraction(2, 3),
        2,
    )
    assert (row["sources_planned_yuan"], row["differs_planned_yuan"], row["sources_arrived_yuan"]) == (
        90,
        10,
        50,
    )
    assert "differs_arrived_yuan" not in row
    assert "sources_arrived_yuan" not in other
    assert "late_years" not in other
    province = next(row for row in outcome["origins"] if row["origin"] == "省")
    assert (province["planned_yuan"], province["arrived_yuan"], province["untold_arrived_yuan"]) == (40, 0, 1)


@pytest.mark.parametrize(
    ("value", "step", "about", "word"),
    [(100, 1, 0, "agrees"), ("100.4", 1, 0, "agrees_rounded"), (101, 1, 0, "differs"), (110, 1, 1, "about")],
)
def test_published_totals(value: Any, step: Any, about: int, word: str) -> None:
    total = {"batch": "", "measure": "seats", "value": value, "step": step, "about": about}
    outcome = solve(ledger({"seats": 60}, {"seats": 40}, totals=[total]))
    assert outcome["totals"][0]["verdict"] == word
    lacking = solve(ledger({"seats": 60}, {}, totals=[total]))
    assert (lacking["totals"][0]["verdict"], lacking["totals"][0]["untold"]) == ("cannot_tell", 1)


def test_the_figures_of_the_published_documents() -> None:
    """mission.md, rows M10 and M11: sums agree, unit costs as computed, what counts other things is not forced."""
    problem = read_problem(EXAMPLE)
    outcome = solve(problem)
    found = {row["id"]: row for row in outcome["claims"]}
    for key, value in {"d2_past": 39940, "d2_plan": 25000, "d2_preschool": 3190}.items():
        assert (found[key]["value"], found[key]["verdict"]) == (value, "agrees")
    assert round(exact(found["d0_m2"]["value"])) == 5904
    assert round(exact(found["d2_past_seat"]["value"])) == 38257
    assert found["d2_plan_seat"]["value"] == 45380
    assert round(exact(found["d3_class"]["value"]), 2) == Fraction("44.77")
    assert found["d2_campus"]["value"] == 1673
    assert (found["d2_sources"]["verdict"], found["d2_sources"]["difference"]) == ("beside", 251_000_000)
    assert {row["verdict"] for row in outcome["totals"]} == {"agrees"}
    assert len([p for p in problem["projects"] if p["batch"].startswith("公布材料一")]) == 28
    assert 3 <= len(summary(problem, outcome)) <= 8
    assert {"项目台账", "单价", "公布合计核对", "公布数字复算"} <= {
        table.name.zh for table in tables(problem, outcome)
    }
    assert all(len(row) == len(table.columns) for table in tables(problem, outcome) for row in table.rows)


def test_every_kind_of_figure_is_guarded() -> None:
    problem = read_problem(EXAMPLE)
    outcome = solve(problem)
    for part, key in [("spreads", "median"), ("projects", "yuan_per_seat"), ("batches", "seats"), ("origins", "planned_yuan"),
                      ("totals", "sum"), ("claims", "value")]:  # fmt: skip
        row = next(row for row in outcome[part] if key in row)
        kept, row[key] = row[key], str(exact(row[key]) + 1)
        assert check(problem, outcome)
        row[key] = kept
    assert check(problem, outcome) == ()
    assert check(problem | {"name": "x"}, outcome)
    assert check(problem, {})
    assert check(problem, {key: value for key, value in outcome.items() if key != "totals"})


def test_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "项目.csv").write_text(
        "项目编号,项目名称,新增学位,总投资（元）,总投资（万元）\n1,甲,十,1,2\n1,乙,-3,,\n", encoding="utf-8"
    )
    (tmp_path / "p.yaml").write_text("kind: ledger\ntables: 项目.csv\nbatch: x\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_problem(tmp_path / "p.yaml")
    told = caught.value.what.zh
    for words in ("batch", "county", "“十”不是数", "不相等", "重复", "应在 0 与"):
        assert words in told
