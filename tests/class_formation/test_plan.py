"""A plan of classes and the problem that a spec freezes of it."""

import pytest
from tests.class_formation.random_intakes import random_intake

from junheng.class_formation import plan_from


@pytest.mark.parametrize("seed", range(40))
def test_the_complete_problem_says_the_same_plan(seed: int) -> None:
    """What a spec freezes leaves nothing to defaults: verifiers need not know them."""
    problem, _ = random_intake(seed)
    plan = plan_from(problem)
    whole = plan.as_json()
    assert plan_from(whole) == plan
    assert plan_from(whole).as_json() == whole
    assert all("teams" in group for group in whole["groups"])
    assert {"method", "sweeps", "polish", "relief", "mark_unit", "covariates", "score"} <= set(whole)
