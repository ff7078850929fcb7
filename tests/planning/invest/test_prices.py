"""The certificate: below the optimum for any prices, close to it for the relaxation's, and read back as written."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.clock import Clock
from junheng.planning.invest.cones import limits
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.model import build
from junheng.planning.invest.prices import Prices, bound, from_relaxation, proven, read_prices
from junheng.planning.invest.screen import screen
from junheng.planning.invest.search import Search
from junheng.planning.invest.synthetic import synthetic_problem

COUNTY = read_county(synthetic_problem(4, 24, budget_factor=1.6))
SCREEN = screen(COUNTY)
NOBODY = np.zeros(len(COUNTY.rows), bool)


def _search(*, with_cv: bool = True) -> Search:
    search = Search(COUNTY, SCREEN, limits(COUNTY) if with_cv else [], Clock(0.0, 20.0))
    search.model.block.bound(search.model.comply, lower=SCREEN.is_open.astype(float))
    search.model.block.aim(search.model.cost_terms)
    return search


SEARCH = _search()
RELAXED = SEARCH.relaxed()
BEST = SEARCH.best()


@settings(max_examples=examples(25), deadline=None)
@given(st.data())
def test_no_prices_prove_more_than_the_optimum(data: st.DataObject) -> None:
    """Weak duality: the relaxation's prices, each scaled at will, and tangent points moved at will."""
    prices = from_relaxation(SEARCH.model, RELAXED, SEARCH.limits, counts_stages=False)
    share = st.floats(0, 3)
    values = {name: value * data.draw(share) for name, value in prices.values.items()}
    points = {
        name: {school: q * data.draw(st.floats(0.5, 1.5)) for school, q in by.items()}
        for name, by in prices.points.items()
    }
    assert BEST is not None
    assert BEST.schedule is not None
    found = bound(COUNTY, Prices(False, values, points), SCREEN.is_open, SCREEN.is_open)
    assert found <= float(BEST.schedule.cost_yuan) / 1e4 + 1e-6


def test_the_relaxations_prices_come_close() -> None:
    prices, found = SEARCH.certificate(RELAXED, SCREEN.is_open)
    assert BEST is not None
    assert BEST.schedule is not None
    cost = float(BEST.schedule.cost_yuan) / 1e4
    assert cost * 0.99 <= found <= cost
    assert found >= RELAXED.objective * 0.995
    again = read_prices(prices.rows(), counts_stages=False)
    assert bound(COUNTY, again, SCREEN.is_open, SCREEN.is_open) == found


def test_no_prices_at_all_are_the_closed_form() -> None:
    assert 0 < bound(COUNTY, Prices(False, {}, {}), SCREEN.is_open, SCREEN.is_open) < RELAXED.objective * 1.01


def test_the_number_of_stages_is_bounded_too() -> None:
    county = read_county(synthetic_problem(2, 24, budget_factor=0.5, with_cv=False))
    screened = screen(county)
    model = build(county, screened)
    model.block.aim([(model.comply, -1.0)])
    prices = from_relaxation(model, model.block.solve(relaxed=True), [], counts_stages=True)
    _, found = proven(county, prices, NOBODY[: len(county.rows)], screened.is_open)
    most = -model.block.solve(gap=0, seconds=30).objective
    assert most <= -found + 1e-6
    assert -found == pytest.approx(most, abs=1.5)
