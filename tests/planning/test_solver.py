"""The block builder: textbook models, labelled prices, a start, an interrupt."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.solver import INFINITY, Block, Places, Step


def _knapsack(values: list[int], sizes: list[int], room: int) -> tuple[Block, Places]:
    block = Block(is_maximised=True)
    take = block.var(len(values), upper=1, cost=values, whole=True)
    block.rows(1, -INFINITY, room, (take[None, :], np.array(sizes)[None, :]))
    return block, take


def test_a_knapsack() -> None:
    block, take = _knapsack([60, 100, 120], [10, 20, 30], 50)
    found = block.solve()
    assert (found.status, found.objective, found.gap) == ("optimal", 220, 0)
    assert found.values[take].tolist() == [0, 1, 1]
    assert block.activity(found.values).tolist() == [50]


def test_prices_of_a_linear_program() -> None:
    """Wyndor: max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18; prices 0, 3/2, 1 (Hillier & Lieberman)."""
    block = Block(is_maximised=True)
    x = block.var(2, cost=[3, 5])
    rows = block.rows(3, -INFINITY, [4, 12, 18], (x, np.array([[1, 0], [0, 2], [3, 2]])))
    found = block.solve(relaxed=True)
    assert found.objective == pytest.approx(36)
    assert np.abs(found.prices[rows]).tolist() == pytest.approx([0, 1.5, 1])


def test_a_transport_problem_by_axes() -> None:
    supply, demand = np.array([20, 30]), np.array([10, 25, 15])
    cost = np.array([[2, 3, 1], [5, 4, 8]])
    block = Block()
    flow = block.var((2, 3), cost=cost)
    block.rows(2, supply, supply, (flow, 1))
    block.rows(3, demand, demand, (flow.T, 1))
    found = block.solve()
    assert found.objective == pytest.approx(5 * 2 + 15 * 1 + 5 * 5 + 25 * 4)


def test_entries_of_one_variable_in_a_row_are_added() -> None:
    block = Block(is_maximised=True)
    x = block.var((), cost=1)
    block.rows((), -INFINITY, 6, (x, 1), (x, 2))
    assert block.solve().objective == pytest.approx(2)


@pytest.mark.parametrize(("low", "status"), [(3, "infeasible"), (1, "optimal")])
def test_what_cannot_be_is_said(low: int, status: str) -> None:
    block = Block()
    x = block.var(2, upper=1, whole=True)
    block.rows((), low, 2, (x, 1))
    found = block.solve()
    assert found.status == status
    assert found.is_found == (status == "optimal")


def test_a_model_without_rows() -> None:
    block = Block()
    block.var(3, lower=[1, 2, 3], cost=1)
    assert block.solve().objective == 6


@settings(max_examples=examples(30))
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 20)), min_size=1, max_size=8), st.integers(0, 80)
)
def test_small_knapsacks_equal_brute_force(items: list[tuple[int, int]], room: int) -> None:
    values, sizes = [v for v, _ in items], [s for _, s in items]
    best = max(
        sum(v for k, v in enumerate(values) if pick >> k & 1)
        for pick in range(1 << len(items))
        if sum(s for k, s in enumerate(sizes) if pick >> k & 1) <= room
    )
    block, _ = _knapsack(values, sizes, room)
    assert block.solve(gap=0).objective == pytest.approx(best)


def _hard(size: int = 60) -> Block:
    """Strongly correlated multi-row knapsack: no solver is done with it in a second."""
    random = np.random.default_rng(7)
    weights = random.integers(10, 1000, (10, size))
    block = Block(is_maximised=True)
    take = block.var(size, upper=1, cost=weights.sum(0) / 10 + random.integers(0, 50, size), whole=True)
    block.rows(10, -INFINITY, weights.sum(1) // 2, (take[None, :], weights))
    return block


def test_progress_is_heard_and_a_stop_keeps_the_best() -> None:
    block, stop, steps = _hard(), threading.Event(), list[Step]()

    def watch(step: Step) -> None:
        steps.append(step)
        if step.incumbent is not None:
            stop.set()

    found = block.solve(gap=0, seconds=20, watch=watch, stop=stop)
    assert found.status == "interrupted"
    assert found.is_found
    assert found.bound >= found.objective
    assert steps


def test_a_known_solution_is_taken_up() -> None:
    block = _hard()
    best = block.solve(gap=0.05, seconds=20)
    again = block.solve(gap=0.5, seconds=20, start=best.values)
    assert again.objective >= best.objective - 1e-6


def test_two_runs_are_the_same() -> None:
    first, second = (_hard(24).solve(gap=0.02, seconds=30) for _ in range(2))
    assert first.values.tolist() == second.values.tolist()
