"""Every model agrees with trying all sets of sites; problems without a plan included."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.site.classical.brute_force import best

from junheng.planning.frozen import exact
from junheng.planning.site.classical import check, solve, summary, tables
from junheng.planning.site.classical.synthetic import random_problem

MODELS = ("p_median", "p_centre", "set_covering", "maximal_covering", "capacitated")


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=examples(25))
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 6), st.sampled_from([0.0, 0.2, 0.5]))
def test_the_optimum_is_that_of_trying_everything(
    model: str, seed: int, demand: int, sites: int, gaps: float
) -> None:
    problem = random_problem(model, seed, demand, sites, gaps=gaps)
    outcome, value = solve(problem, gap=0.0), best(problem)
    if value is None:
        assert outcome["status"] == "infeasible"
        assert outcome["reasons"]
        return
    assert outcome["status"] == "optimal"
    assert [exact(found) for found in outcome["objective"].values()] == [value]
    assert check(problem, outcome) == ()
    assert summary(problem, outcome)
    assert tables(problem, outcome)


@pytest.mark.parametrize("model", MODELS)
def test_two_runs_give_the_same_bytes(model: str) -> None:
    problem = random_problem(model, 7, 30, 12)
    assert solve(problem) == solve(problem)
