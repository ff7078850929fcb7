"""The bound from prices: by hand on one school, and below the optimum for every price there could be."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.effort import examples
from tests.planning.invest.brute_force import BruteForce
from tests.planning.invest.tiny_county import tiny_problem

from junheng.planning.invest.check_county import read_county
from junheng.planning.invest.check_cover import Source, cover
from junheng.planning.invest.check_divided import INFINITE, divided
from junheng.planning.invest.check_proof import proven_bound
from junheng.planning.invest.check_rules import unreachable

Json = dict[str, Any]
SOURCES = st.lists(
    st.tuples(
        st.integers(-3, 9),
        st.sampled_from(list(product((0, 1), repeat=3))[1:]),
        st.none() | st.integers(0, 3),
    ),
    min_size=1,
    max_size=4,  # so few that every way is tried
)


def _tried(sources: list[Any], needs: tuple[int, ...]) -> int:
    """The least cost by trying every number of units."""
    ways = [range((max(needs) if limit is None else limit) + 1) for _, _, limit in sources]
    best = INFINITE
    for counts in product(*ways):
        given = [
            sum(n * gives[k] for n, (_, gives, _) in zip(counts, sources, strict=True)) for k in range(3)
        ]
        if all(have >= need for have, need in zip(given, needs, strict=True)):
            best = min(best, sum(n * price for n, (price, _, _) in zip(counts, sources, strict=True)))
    return best


@given(SOURCES, st.tuples(*[st.integers(0, 3)] * 3))
def test_a_cover_is_the_least_of_all(sources: list[Any], needs: tuple[int, ...]) -> None:
    if any(price < 0 and limit is None for price, _, limit in sources):
        return
    made = [
        Source(price, tuple(map(Fraction, gives)), None if limit is None else Fraction(limit), True)
        for price, gives, limit in sources
    ]
    found = cover(made, 3, {}).least(list(map(Fraction, needs)))
    assert (INFINITE if found > INFINITE // 2 else found) == _tried(sources, needs)


@given(SOURCES, st.tuples(*[st.integers(0, 3)] * 3))
def test_divisible_units_cost_what_a_linear_program_says(sources: list[Any], needs: tuple[int, ...]) -> None:
    scaled = [(1000 * abs(price), gives, limit) for price, gives, limit in sources]
    matrix = -np.array([gives for _, gives, _ in scaled]).T
    bounds = [(0, limit) for _, _, limit in scaled]
    found = linprog([price for price, _, _ in scaled], matrix, -np.array(needs), bounds=bounds)
    least = divided(scaled, needs)
    if found.success:
        assert found.fun - 1 <= least <= found.fun + 1e-6
    else:
        assert least == INFINITE


def test_a_price_below_zero_without_a_limit_bounds_nothing() -> None:
    with pytest.raises(ValueError, match="below zero"):
        cover([Source(-1, (Fraction(1),), None, True)], 1, {})


def test_divisible_things_are_bought_at_the_best_value_first() -> None:
    sources = [
        Source(30, (Fraction(2),), Fraction(1), False),
        Source(20, (Fraction(1),), None, False),
    ]
    assert cover(sources, 1, {}).least([Fraction(7, 2)]) == 30 + 30


def _random_prices(problem: Json, seed: int) -> list[Json]:
    """Prices of any size for every row there is, some of the wrong sign."""
    draw = random.Random(seed)
    rows: list[Json] = []
    for year in problem["years"]:
        if "budgets" in problem:
            rows.append({"row": f"budget:{year}", "value": str(round(draw.uniform(-1, 2), 3))})
        for measure in problem["measures"]:
            if str(year) in measure.get("ceilings", {}):
                rows.append(
                    {"row": f"ceiling:{measure['id']}:{year}", "value": draw.randint(-20_000, 90_000)}
                )
    for transfer in problem["transfers"]:
        rows.append({"row": f"balance:{transfer['id']}", "value": draw.randint(-90_000, 90_000)})
    if problem["cv"] != "off":
        points = {row["id"]: str(round(draw.uniform(-0.5, 2.5), 3)) for row in problem["schools"]}
        for stage, key in product(("primary", "junior"), "ABC"):
            if any(part["stage"] == stage for row in problem["schools"] for part in row["stages"]):
                value = draw.choice((0, draw.randint(-10, 1_000_000)))
                rows.append({"row": f"cv:{stage}:{key}:#1", "value": value, "points": points})
    return rows


CASES = [
    ({"kind": "all_by"}, "off", 500_000, 3),
    ({"kind": "all_by"}, "weighted", None, 2),
    ({"kind": "all_by"}, "unweighted", 600_000, 2),
    ({"kind": "least_for", "stages": 2}, "off", None, 3),
    ({"kind": "most_within"}, "off", 150_000, 3),
]
SEEDS = [1, 2, 3, 4, 6, 7]  # of the tiny counties: those quickly tried out


@pytest.mark.parametrize(("mode", "cv", "budget", "stages"), CASES)
def test_no_price_proves_more_than_the_optimum(mode: Json, cv: str, budget: int | None, stages: int) -> None:
    compared = 0
    for seed in SEEDS:
        problem = tiny_problem(seed, mode, cv=cv, budget=budget, stages=stages)
        best = BruteForce(problem).best()
        if best is None:
            continue
        county = read_county(problem)
        outcome: Json = {"objective": {"cost_yuan": best[0], "stages": best[1]}, "complies": []}
        for trial in range(examples(20)):
            outcome["prices"] = _random_prices(problem, 1000 * seed + trial)
            try:
                bound = proven_bound(county, unreachable(county), outcome)
            except ValueError:
                continue
            compared += 1
            if mode["kind"] == "most_within":
                assert bound >= best[1]
            else:
                assert bound <= best[0]
    assert compared > 20
