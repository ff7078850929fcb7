"""Beyond tiny: capa-like problems with a small proven gap, unequal capacities, a stalled tree."""

from fractions import Fraction
from pathlib import Path

import pytest

from junheng.planning.frozen import exact
from junheng.planning.site.classical import solve
from junheng.planning.site.classical.reading.orlib import read_pmed
from junheng.planning.site.classical.synthetic import capa_like, random_problem


@pytest.mark.parametrize(("capacity", "spread"), [(1600, 0.0), (2400, 0.0), (2000, 0.4)])
def test_a_fifth_of_capa_within_a_hundredth(capacity: int, spread: float) -> None:
    problem = capa_like(1, capacity, sites=40, customers=200, spread=spread)
    outcome = solve(problem, gap=1e-3, seconds=30)
    assert exact(outcome["gap"]) <= Fraction(1, 100)
    rooms = {site["id"]: site["capacity"] for site in problem["sites"]}
    assert all(row["weight"] <= rooms[row["site"]] for row in outcome["sites"])


@pytest.mark.real_input
def test_where_the_tree_is_given_up_the_solver_settles_it(shared_data: Path) -> None:
    outcome = solve(read_pmed(shared_data / "orlib" / "pmed9.txt"))
    assert outcome["objective"] == {"cost": 2734}
    assert outcome["status"] == "optimal"
    assert outcome["bound"]["solver_cost"] == 2734


def test_a_median_with_pairs_that_have_no_way() -> None:
    outcome = solve(random_problem("p_median", 3, 40, 25, gaps=0.3) | {"count": 6})
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)


def test_watchers_hear_of_plans() -> None:
    heard: list[float | None] = []
    solve(capa_like(2, 1600, sites=20, customers=60), watch=lambda step: heard.append(step.incumbent))
    assert heard
    assert all(value is not None for value in heard)
