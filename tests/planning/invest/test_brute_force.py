"""Tiny counties: the plan found is as good as the best of all there are, in every mode."""

from typing import Any

import pytest
from tests.effort import examples
from tests.planning.invest.brute_force import BruteForce
from tests.planning.invest.tiny_county import tiny_problem

from junheng.planning.invest import solve

Json = dict[str, Any]
CASES = [
    ({"kind": "all_by"}, "off", None, 3),
    ({"kind": "all_by"}, "off", 400_000, 3),
    ({"kind": "all_by"}, "weighted", None, 2),
    ({"kind": "all_by"}, "unweighted", 600_000, 2),
    ({"kind": "most_within"}, "off", 150_000, 3),
    ({"kind": "least_for", "stages": 2}, "off", None, 3),
]
SLOW = {5, 10, 13, 17, 21}  # seeds with so many ways that trying all takes long


@pytest.mark.parametrize(("mode", "cv", "budget", "stages"), CASES)
def test_no_plan_is_better(mode: Json, cv: str, budget: int | None, stages: int) -> None:
    for seed in range(examples(8)):
        if seed in SLOW:
            continue
        problem = tiny_problem(seed, mode, cv=cv, budget=budget, stages=stages)
        best, outcome = BruteForce(problem).best(), solve(problem, gap=1e-9)
        if best is None:
            assert outcome["status"] == "infeasible", seed
            continue
        assert outcome["status"] == "optimal", seed
        assert outcome["objective"]["cost_yuan"] == best[0], seed
        if mode["kind"] == "most_within":
            assert outcome["objective"]["stages"] == best[1], seed


def test_pareto_points_are_each_the_least_money() -> None:
    problem = tiny_problem(1, {"kind": "pareto", "points": 4}, budget=600_000)
    for point in solve(problem, gap=1e-9)["pareto"]:
        part = problem | {"mode": {"kind": "least_for", "stages": point["stages"]}}
        assert BruteForce(part).best()[0] == point["cost_yuan"]  # type: ignore[index] # there is a plan: it was found


def test_the_brute_force_itself_on_a_county_worked_by_hand() -> None:
    """One school of 100 pupils has 3 A of 4 (floor 3.4) and 1 B of 2 (floor 1.7): neither may stay as it is.

    One hire of A in the last year, 10,000 + 60,000 yuan, and one training to B, 15,000; a person with both is 90,000.
    """
    problem = tiny_problem(1, {"kind": "all_by"})
    problem["schools"] = [
        {
            "id": "S0", "name": "S0", "weak": 0, "stock": {"C": 3}, "limits": {},
            "stages": [{
                "stage": "primary", "pupils": {"2028": 100}, "judged": 1, "stock": {"A": 3, "B": 1},
                "full_time": 5, "limits": {}, "movable": {},
            }],
        }
    ]  # fmt: skip
    for row in problem["measures"]:
        row.pop("ceilings", None)
        if row["id"] == "train:primary:B":
            row["cost_yuan"] = 15_000
    assert BruteForce(problem).best() == (85_000, 1)
    assert solve(problem)["objective"] == {"cost_yuan": 85_000, "stages": 1}
