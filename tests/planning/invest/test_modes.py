"""The modes beside each other, and the first plan of large counties."""

import numpy as np
import pytest

from junheng.planning.clock import Clock
from junheng.planning.frozen import exact
from junheng.planning.invest import check, rounding, solve
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.rounding import first_plan
from junheng.planning.invest.screen import screen
from junheng.planning.invest.search import Search
from junheng.planning.invest.synthetic import set_mode, synthetic_problem


def test_the_modes_agree() -> None:
    """What brings in the most is the most that the least cost for so many can pay for."""
    problem = synthetic_problem(7, 24, budget_factor=0.6, with_cv=False, weak_share=0)
    most = solve(set_mode(problem, kind="most_within"), seconds=20)
    number = most["objective"]["stages"]
    least = solve(set_mode(problem, kind="least_for", stages=number), seconds=20)
    assert exact(least["objective"]["cost_yuan"]) == pytest.approx(
        float(exact(most["objective"]["cost_yuan"])), rel=2e-4
    )
    assert solve(set_mode(problem, kind="least_for", stages=number + 1))["status"] == "infeasible"
    assert most["bound"]["solver_stages"] == number


def test_all_is_the_last_point_of_cost_against_number() -> None:
    problem = synthetic_problem(8, 24, budget_factor=None, with_cv=False)
    frontier = solve(set_mode(problem, kind="pareto", points=4), seconds=20)
    costs = [float(exact(row["cost_yuan"])) for row in frontier["pareto"]]
    assert costs == sorted(costs)
    assert all(row["bound_yuan"] <= exact(row["cost_yuan"]) for row in frontier["pareto"])
    every = solve(problem)
    assert costs[-1] == pytest.approx(float(exact(every["objective"]["cost_yuan"])), rel=2e-4)
    assert check(set_mode(problem, kind="pareto", points=4), frontier) == ()


def test_the_first_plan_of_a_large_county_is_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "_ENOUGH", 10)
    county = read_county(synthetic_problem(3, 60, budget_factor=0.6, with_cv=False))
    search = Search(county, screen(county), [], Clock(1e-4, 20))
    search.model.block.aim([(search.model.comply, -1.0)])
    relaxed = search.relaxed()
    values = first_plan(search, relaxed)
    assert values is not None
    stages = values[search.model.comply].sum()
    assert stages <= -relaxed.objective + 1e-6
    assert stages >= -relaxed.objective * 0.95
    assert np.abs(values[search.model.bought[search.model.bought >= 0]]).max() < 1e6
    best = search.best(start=values, is_dated=False)
    assert best is not None
    assert best.plan.comply.sum() >= stages - 1e-6
