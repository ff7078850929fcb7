"""Years: ceilings and budgets of every year, the least dear split, weak schools first, moves paired."""

from typing import Any

import numpy as np
import pytest
from tests.planning.invest.by_hand import hand_county

from junheng.planning.invest import solve
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.polish import Plan
from junheng.planning.invest.synthetic import synthetic_problem
from junheng.planning.invest.timing import schedule


def _plan(problem: dict[str, Any], posts: list[int]) -> Plan:
    county = read_county(problem)
    steps = np.zeros((len(county.rows), len(county.offers)), np.int64)
    steps[:, [offer.id for offer in county.offers].index("hire:primary:R2")] = posts
    flags = np.zeros((len(county.rows), len(county.indicators)), bool)
    return Plan(county, steps, np.zeros_like(steps), flags, np.ones(len(county.rows), bool))


def test_posts_wait_for_the_last_year_unless_ceilings_forbid() -> None:
    problem = hand_county()
    dated = schedule(_plan(problem, [2, 1]))
    assert dated is not None
    assert {row.year for row in dated.purchases} == {2026}
    problem["measures"][0]["ceilings"] = {"2025": 2, "2026": 2}
    dated = schedule(_plan(problem, [2, 1]))
    assert dated is not None
    assert dated.cost_yuan == 3 * 15 + 5
    assert {year: int(money) for year, money in dated.spending.items()} == {2025: 15, 2026: 35}


def test_weak_schools_are_served_first() -> None:
    problem = hand_county()
    problem["measures"][0]["ceilings"] = {"2025": 1, "2026": 2}
    dated = schedule(_plan(problem, [2, 1]))
    assert dated is not None
    assert [(row.at, row.steps) for row in dated.purchases if row.year == 2025] == [(1, 1)]


def test_no_dates_within_the_money() -> None:
    problem = hand_county() | {"budgets": {"2025": 0, "2026": 44}}
    assert schedule(_plan(problem, [2, 1])) is None
    dated = schedule(_plan(problem | {"budgets": {"2025": 0, "2026": 45}}, [2, 1]))
    assert dated is not None
    assert dated.cost_yuan == 45


@pytest.mark.parametrize(("carries", "fits"), [(1, True), (0, False)])
def test_money_left_over_may_be_used_later_if_it_is_said(carries: int, fits: bool) -> None:
    problem = hand_county() | {"budgets": {"2025": 45, "2026": 5}, "carry_over": carries}
    assert (schedule(_plan(problem, [2, 1])) is not None) is fits


def test_what_costs_the_same_in_every_year_is_bought_early() -> None:
    outcome = solve(hand_county())
    assert {row["year"] for row in outcome["actions"] if row["measure"] == "equip:R7"} == {2025}


def test_moves_have_a_giver_and_a_taker() -> None:
    problem = synthetic_problem(4, 24, budget_factor=1.6, with_cv=False)
    outcome = solve(problem, seconds=20)
    assert outcome["moves"]
    assert all(row["from"] != row["to"] for row in outcome["moves"])
