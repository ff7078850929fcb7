"""The plan of the choices the prices make: never better than the best, and it leaves the model as it was."""

import numpy as np
import pytest

from junheng.planning.clock import Clock
from junheng.planning.invest.cones import anchor, limits
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.priced import priced_plan
from junheng.planning.invest.screen import screen
from junheng.planning.invest.search import Search
from junheng.planning.invest.synthetic import synthetic_problem


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_lies_between_its_bound_and_what_a_solve_of_everything_cannot_beat(seed: int) -> None:
    county = read_county(synthetic_problem(seed, 24, with_cv=False))
    screened = screen(county)
    search = Search(county, screened, limits(county), Clock(1e-9, 60))
    block = search.model.block
    block.bound(search.model.comply, lower=screened.is_open.astype(float))
    block.aim(search.model.cost_terms)
    relaxed = search.relaxed()
    if not relaxed.is_found:
        pytest.fail("the seeds of this test have plans")
    prices, bound = search.certificate(relaxed, screened.is_open)
    anchor(search.model, search.limits, relaxed.values)
    before = block.bounds(search.model.exempt, "upper")

    found = priced_plan(search, prices, screened.is_open, bound)
    best = search.whole()

    assert found is not None
    assert bound <= best.objective * (1 + 1e-9)
    assert best.objective <= found.objective * (1 + 1e-9)
    assert found.bound <= best.objective * (1 + 1e-9)
    assert np.array_equal(block.bounds(search.model.exempt, "upper"), before)
    assert not block.bounds(search.model.exempt, "lower").any()
