"""Random counties with everything on an edge: every plan passes the independent check.

Edges: values exactly at the line and at the floor, limits one unit under the need, ceilings of few persons.
"""

import random
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from tests.effort import examples

from junheng.planning.frozen import exact, number
from junheng.planning.invest import check, solve
from junheng.planning.invest.synthetic import set_mode, synthetic_problem

Json = dict[str, Any]
MODES: tuple[Json, ...] = (
    {"kind": "all_by"},
    {"kind": "most_within"},
    {"kind": "least_for", "stages": 3},
)


def edged(seed: int) -> Json:
    """A county of 4 to 12 stages, some of its stocks and limits put exactly on an edge."""
    draw = random.Random(seed)
    mode = draw.choice(MODES)
    factor = draw.choice((0.2, 0.5)) if mode["kind"] == "most_within" else draw.choice((1.2, 2.0, None))
    problem = set_mode(
        synthetic_problem(
            seed,
            draw.randint(4, 12),
            budget_factor=factor,
            with_transfers=draw.random() < 0.7,
            with_cv=mode["kind"] == "all_by" and draw.random() < 0.5,
            with_ceilings=draw.random() < 0.6,
        ),
        **mode,
    )
    problem["carry_over"] = draw.choice((0, 1))
    for school in problem["schools"]:
        for indicator in problem["indicators"]:
            if draw.random() < 0.4:
                _put_on_edge(draw, school, indicator)
        if draw.random() < 0.3:
            need = _need(school["stages"], _indicator(problem, "R7"), "line") - exact(school["stock"]["R7"])
            school["limits"]["equip:R7"] = max(0, floor(need))
    return problem


def _indicator(problem: Json, key: str) -> Json:
    return next(row for row in problem["indicators"] if row["id"] == key)


def _need(stages: list[Json], indicator: Json, kind: str) -> Fraction:
    """What the stages need together; of a school with two, the split makes it the more demanding one's."""
    weights = {"primary": Fraction(1), "junior": Fraction(11, 10)}
    whole = sum(weights[part["stage"]] * part["pupils"]["2028"] for part in stages)
    return max(
        exact(indicator["lines"][part["stage"]][kind])
        * whole
        / weights[part["stage"]]
        / exact(indicator["scale"])
        for part in stages
    )


def _put_on_edge(draw: random.Random, school: Json, indicator: Json) -> None:
    """Stock exactly at the line or the floor: fractions of a room or a square metre, whole persons where that is whole."""
    kind, key = draw.choice(("line", "floor")), indicator["id"]
    if indicator["shared"]:
        school["stock"][key] = number(_need(school["stages"], indicator, kind))
        return
    for part in school["stages"]:
        level = exact(indicator["lines"][part["stage"]][kind])
        part["pupils"]["2028"] = 2000 if draw.random() < 0.3 else part["pupils"]["2028"]
        part["stock"][key] = floor(level * part["pupils"]["2028"] / 100)
        part["full_time"] = max(part["full_time"], part["stock"][key])


@pytest.mark.parametrize("block", range(4))
def test_every_plan_passes_the_check(block: int) -> None:
    seen = set()
    for seed in range(block, examples(16), 4):
        problem = edged(seed)
        outcome = solve(problem, seconds=20)
        assert check(problem, outcome) == (), seed
        seen.add(outcome["status"])
        if outcome["status"] != "infeasible" and problem["mode"]["kind"] != "most_within":
            assert exact(outcome["bound"]["cost_yuan"]) <= exact(outcome["objective"]["cost_yuan"]), seed
    assert seen - {"infeasible"}


def test_two_runs_give_the_same_plan() -> None:
    problem = edged(3)
    assert solve(problem) == solve(problem)


def test_most_stages_never_fall_with_more_money() -> None:
    found = []
    for factor in (0.1, 0.3, 0.6):
        problem = set_mode(synthetic_problem(5, 12, budget_factor=factor), kind="most_within")
        found.append(solve(problem, gap=1e-9)["objective"]["stages"])
    assert found == sorted(found)


def test_least_money_never_falls_with_more_stages() -> None:
    found = []
    for stages in (2, 6, 10):
        problem = set_mode(synthetic_problem(5, 12, budget_factor=None), kind="least_for", stages=stages)
        found.append(exact(solve(problem, gap=1e-9)["objective"]["cost_yuan"]))
    assert found == sorted(found)
