"""Bounds from any prices at all: never above the optimum, in the check and in the arrays alike."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.site.classical.brute_force import best

from junheng.planning.site.classical import facility_prices, median_prices
from junheng.planning.site.classical.check_bounds import bound_of
from junheng.planning.site.classical.check_scene import Scene
from junheng.planning.site.classical.instance import read_instance
from junheng.planning.site.classical.models import median_costs
from junheng.planning.site.classical.synthetic import random_problem
from junheng.planning.site.classical.tree import Branch

PRICED = ("p_median", "set_covering", "maximal_covering", "capacitated")


def _vector(scene: Scene, seed: int) -> dict[str, object]:
    draw = np.random.default_rng(seed)
    scale = int(draw.choice([3, 30, 300]))
    demand = {name: str(draw.integers(0, 1000 * scale) / 1000) for name in scene.demand}
    sites = {name: str(draw.integers(0, 20 * scale) / 100) for name in scene.sites}
    return {"demand": demand, "sites": sites, "cover": str(draw.integers(0, 100) / 10)}


@pytest.mark.parametrize("model", PRICED)
@settings(max_examples=examples(40))
@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 5), st.sampled_from([0.0, 0.3]))
def test_a_bound_of_random_prices_is_never_above_the_optimum(
    model: str, seed: int, demand: int, sites: int, gaps: float
) -> None:
    problem = random_problem(model, seed, demand, sites, gaps=gaps)
    value = best(problem)
    if value is None:
        return
    scene = Scene(problem)
    bound = bound_of(scene, _vector(scene, seed), None)([], [])
    assert bound is not None
    if model == "maximal_covering":
        value = sum(scene.weight) - value
    assert bound <= value


@settings(max_examples=examples(30))
@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(2, 7))
def test_the_arrays_and_the_check_give_the_same_bound_of_a_median(seed: int, demand: int, sites: int) -> None:
    problem = random_problem("p_median", seed, demand, sites)
    own, scene = read_instance(problem), Scene(problem)
    costs = median_costs(own)
    prices = np.random.default_rng(seed).integers(0, 500_000, demand)
    branch = Branch((0,), (1,))
    priced = median_prices.exactly(costs, own.count, prices, branch)
    told = {
        name: str(Fraction(int(price), 1000)) for name, price in zip(own.demand, priced.prices, strict=True)
    }
    assert bound_of(scene, {"demand": told}, None)([0], [1]) == priced.bound


@settings(max_examples=examples(30))
@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(2, 7))
def test_the_arrays_and_the_check_give_the_same_bound_of_a_capacitated_plan(
    seed: int, demand: int, sites: int
) -> None:
    problem = random_problem("capacitated", seed, demand, sites)
    own, scene = read_instance(problem), Scene(problem)
    market = facility_prices.Market(own.ways, own.weight, own.cost, own.capacity, own.barred)
    draw = np.random.default_rng(seed)
    serve, room = draw.uniform(0, 90, demand), draw.uniform(0, 4, sites)
    priced = facility_prices.exactly(market, serve, room, 0.75, Branch((0,), (1,)))
    vector = {
        "demand": {n: str(Fraction(int(p), 1000)) for n, p in zip(own.demand, priced.serve, strict=True)},
        "sites": {n: str(Fraction(int(p), 1000)) for n, p in zip(own.sites, priced.room, strict=True)},
        "cover": "0.75",
    }
    assert bound_of(scene, vector, None)([0], [1]) == priced.bound


@settings(max_examples=examples(30))
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_knapsacks_agree_with_packing_one_by_one(seed: int, demand: int) -> None:
    draw = np.random.default_rng(seed)
    sizes, costs = draw.integers(1, 9, demand), draw.integers(0, 50, (demand, 1))
    room, prices = int(draw.integers(1, 40)), draw.uniform(0, 60, demand)
    market = facility_prices.Market(
        costs, sizes, np.zeros(1, np.int64), np.array([room]), np.zeros((demand, 1), bool)
    )
    value, _, served = facility_prices.knapsacks(market, prices, np.array([0]))
    gains = np.maximum(prices - costs[:, 0], 0)
    left, total = float(room), 0.0
    for row in sorted(range(demand), key=lambda row: (-gains[row] / sizes[row], row)):
        part = min(1.0, left / sizes[row])
        total, left = total + part * gains[row], left - part * sizes[row]
    assert value[0] == pytest.approx(-total)
    assert float(served[:, 0] @ sizes) <= room + 1e-9
