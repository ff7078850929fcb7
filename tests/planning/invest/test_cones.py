"""CV limits: the official worked example, exact test, tangents that cut only what breaks the limit, and met by the plan."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.frozen import exact
from junheng.planning.invest import check, solve
from junheng.planning.invest.cones import Limit, limits, variation
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.synthetic import synthetic_problem


def _limit(pupils: list[int], *, theta: str = "0.5") -> Limit:
    heavy = np.array(pupils, float)
    size = len(pupils)
    return Limit(
        "primary", "R6", Fraction(theta), np.arange(size), heavy / heavy.sum(), np.zeros(size), 1 / heavy
    )


def test_the_official_worked_example() -> None:
    """Published pupils and books of five schools: 0.52 weighted (0.515257), 0.488771 where weights are left out."""
    pupils, books = [45, 37, 89, 76, 55], np.array([279, 137, 935, 160, 402.0])
    limit = _limit(pupils)
    assert variation(limit, books * limit.unit) == pytest.approx(0.515257, abs=1e-6)
    plain = Limit("primary", "R6", limit.theta, limit.rows, np.full(5, 0.2), limit.stock, limit.unit)
    assert variation(plain, books * limit.unit) == pytest.approx(0.488771, abs=1e-6)


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_every_tangent_holds_where_the_limit_is_kept(data: st.DataObject) -> None:
    """Σ w(2q·r - q²·R) ≤ (1+θ²)·R for any q, whenever CV ≤ θ; at q = r/R it says exactly CV ≤ θ."""
    size = data.draw(st.integers(2, 6))
    pupils = data.draw(st.lists(st.integers(20, 900), min_size=size, max_size=size))
    limit = _limit(pupils)
    found = np.array(data.draw(st.lists(st.floats(0.1, 5), min_size=size, max_size=size)))
    mean, theta = float(limit.weights @ found), variation(limit, found)
    q = np.array(data.draw(st.lists(st.floats(-3, 6), min_size=size, max_size=size)))
    row = limit.weights @ (2 * q * found - q**2 * mean)
    assert row <= (1 + theta**2) * mean + 1e-9
    q = found / mean
    assert limit.weights @ (2 * q * found - q**2 * mean) == pytest.approx((1 + theta**2) * mean)


@pytest.mark.parametrize("kind", ["weighted", "unweighted"])
def test_a_plan_keeps_every_limit_exactly(kind: str) -> None:
    """A county whose richest school breaks a limit: the plan brings the others up, and the check agrees."""
    problem = synthetic_problem(5, 30, budget_factor=None) | {"cv": kind}
    richest = max(problem["schools"], key=lambda school: school["stock"]["R6"])
    richest["stock"]["R6"] *= 6
    before = solve(problem | {"cv": "off"})
    outcome = solve(problem, seconds=20)
    assert check(problem, outcome) == ()
    assert exact(outcome["objective"]["cost_yuan"]) > exact(before["objective"]["cost_yuan"])
    assert all(exact(row["after"]) <= exact(row["limit"]) for row in outcome["cv"])
    assert any(exact(row["before"]) > exact(row["limit"]) for row in outcome["cv"])
    assert any(row["row"].startswith("cv:") for row in outcome["prices"])
    assert exact(outcome["bound"]["cost_yuan"]) >= exact(outcome["objective"]["cost_yuan"]) * exact("0.99")


def test_the_smallest_reachable_cv_is_told_with_its_school() -> None:
    """Nobody else may build: one school has ten times the ground, whatever is spent."""
    problem = synthetic_problem(6, 12, budget_factor=None)
    for school in problem["schools"]:
        school["limits"] = {"build:R5": 0}
        school["stock"]["R5"] = 400_000 if school["id"] == "S00003" else 60_000
    outcome = solve(problem, seconds=20)
    assert outcome["status"] == "infeasible"
    assert check(problem, outcome) == ()
    told = [row for row in outcome["smallest_cv"] if row["indicator"] == "R5"]
    assert "S00003" in {row["school_id"] for row in told}
    assert all(exact(row["value"]) > exact("0.45") for row in told)


def test_stages_with_one_school_have_no_limit() -> None:
    problem = synthetic_problem(1, 8)
    junior = [part for school in problem["schools"] for part in school["stages"] if part["stage"] == "junior"]
    for part in junior[1:]:
        part["judged"] = 0
    assert {limit.stage for limit in limits(read_county(problem))} == {"primary"}
