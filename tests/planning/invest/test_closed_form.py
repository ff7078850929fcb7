"""The closed form: known answers by hand, plain enumeration on small demands, and the same cost as the solver's."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.invest.closed_form import choices, plain_prices
from junheng.planning.invest.county import exempt_sets
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.covering import NEVER, Columns, linear_values, whole_amounts, whole_values
from junheng.planning.invest.direct import picked_choices
from junheng.planning.invest.model import build
from junheng.planning.invest.screen import screen
from junheng.planning.invest.synthetic import synthetic_problem

_KINDS = np.array([kind for kind in product((0.0, 1.0), repeat=3) if any(kind)])
_BARE = {"budget_factor": None, "with_transfers": False, "with_cv": False, "with_ceilings": False}


def _by_enumeration(columns: Columns, demand: list[int]) -> float:
    """Least cost over every number of units, one column after another."""
    reached = {tuple(max(0, lacking) for lacking in demand): 0.0}
    most = max(reached)[0] if not demand else max(0, *demand)
    for vector, price, cap in zip(columns.vectors, columns.prices, columns.caps[0], strict=True):
        after: dict[tuple[int, ...], float] = {}
        for left, paid in reached.items():
            for units in range(int(min(cap, most)) + 1):
                rest = tuple(
                    max(0, need - units * int(gives)) for need, gives in zip(left, vector, strict=True)
                )
                after[rest] = min(after.get(rest, np.inf), paid + units * price)
        reached = after
    return reached.get((0,) * len(demand), np.inf)


@settings(max_examples=examples(12), deadline=None)
@given(
    st.lists(st.integers(1, 12), min_size=9, max_size=9),
    st.lists(st.one_of(st.just(np.inf), st.integers(0, 3)), min_size=9, max_size=9),
    st.lists(st.integers(-2, 5), min_size=3, max_size=3),
)
def test_whole_persons_equal_enumeration(prices: list[int], caps: list[float], demand: list[int]) -> None:
    vectors = np.concatenate([_KINDS, [[1.0, 0, 0], [0, 1.0, 0]]])
    columns = Columns(vectors, np.array(prices, float), np.array([caps], float))
    wanted = _by_enumeration(columns, demand)
    demands = np.array([[demand]], float)
    found, linear = whole_values(columns, demands)[0, 0], linear_values(columns, demands)[0, 0]
    if np.isinf(wanted):
        assert found > NEVER
        return
    assert found == pytest.approx(wanted)
    assert linear <= found + 1e-6
    amounts = whole_amounts(columns, demands[0])
    assert float(amounts[0] @ columns.prices) == pytest.approx(wanted)
    assert (amounts[0] @ vectors >= np.array(demand) - 1e-9).all()


def test_a_person_of_three_attributes_counts_once() -> None:
    """One person at 5 covers all three; three single ones cost 3 each: two needed of each kind → 10, not 18."""
    columns = Columns(_KINDS, np.array([3.0, 3, 4, 3, 4, 4, 5]), np.full((1, 7), np.inf))
    assert whole_values(columns, np.array([[[2.0, 2, 2]]]))[0, 0] == 10


def test_half_persons_are_not_bought() -> None:
    """Pairs at 2, all else dear: one of each kind costs 3 in halves, 4 in whole persons (the odd cycle)."""
    prices = np.array([2.0 if sum(kind) == 2 else 9.0 for kind in _KINDS])
    columns, demand = Columns(_KINDS, prices, np.full((1, 7), np.inf)), np.array([[[1.0, 1, 1]]])
    assert linear_values(columns, demand)[0, 0] == pytest.approx(3)
    assert whole_values(columns, demand)[0, 0] == pytest.approx(4)


def test_what_is_worth_having_is_had_to_its_cap() -> None:
    """A surplus worth 4 a person, at 3 a person with a cap of 2: two are bought, 2·(3 - 4) = -2."""
    columns = Columns(np.eye(3)[:1], np.array([3.0]), np.array([[2.0]]))
    found = linear_values(columns, np.array([[[0.0, -1.0, -1.0]]]), np.array([[-4.0, 0, 0]]))
    assert found[0, 0] == pytest.approx(-2)


def test_exempt_sets() -> None:
    assert exempt_sets(3, 2) == ((), (0,), (1,), (2,))
    assert len(exempt_sets(7, 5)) == 1 + 7 + 21


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_closed_form_costs_what_the_solver_finds(seed: int) -> None:
    """Coupled stages of one school, person types and exempt indicators included."""
    county = read_county(synthetic_problem(seed, 60, **_BARE))
    screened = screen(county)
    tables = choices(county, plain_prices(county))
    picked = picked_choices(county, tables, screened.is_open)
    total = sum(
        float(table.costs[(np.arange(len(table.rows)), *picked[table.rows].T)].sum()) for table in tables
    )
    model = build(county, screened)
    model.block.bound(model.comply, lower=screened.is_open.astype(float))
    model.block.aim(model.cost_terms)
    assert model.block.solve(gap=0).objective == pytest.approx(total, rel=1e-7)
