"""Chances by school and place: uniform orders, shares as counted by hand, the same under every engine."""

import math
from typing import Any

import numpy as np
import pytest
from tests.admissions.random_markets import random_market

from junheng.admissions import Simulation, chances_by_place, market_from
from junheng.admissions.chance.lotteries import table_lottery
from junheng.basics import UserError

SCHOOLS = {"101": 2, "102": 3}
PROBLEM: dict[str, Any] = {
    "band_width": 9,
    "classes": [{"code": 0, "name": ""}],
    "schools": [
        {"id": name, "name": f"{name}校", "plan": plan, "pools": [{"id": "all", "seats": plan}]}
        for name, plan in SCHOOLS.items()
    ],
    "stages": [{"id": "main", "schools": list(SCHOOLS)}],
}


def _rows(children: int) -> list[dict[str, Any]]:
    names = [f"{number:03d}" for number in range(children)]
    return [
        {"pid": name, "unit": name, "choices": ["101", "102"], "classes": [0, 0], "flags": {}}
        for name in names
    ]


def test_every_order_is_as_likely_as_every_other() -> None:
    problem, rows = random_market(7, units_at_most=9, tickets="single")
    market = market_from(problem, rows)
    units, draws = len(market.units), 3_000
    first = np.zeros((units, units), dtype=int)
    for number in range(draws):
        places = np.asarray(table_lottery(market, b"seed", number).single)
        assert sorted(places.tolist()) == list(range(units))
        first[np.arange(units), places] += 1
    fair = draws / units
    chi2 = float(((first - fair) ** 2 / fair).sum())
    freedom = (units - 1) ** 2
    assert units > 2
    assert abs(chi2 - freedom) < 6 * math.sqrt(2 * freedom)  # fixed seed: the same figure every time


def test_shares_counted_by_hand_and_progress_told() -> None:
    told: list[int] = []
    simulation = Simulation(draws=12, confidence=0.95, seed=b"s")
    first, second = chances_by_place(market_from(PROBLEM, _rows(10)), simulation, told.append)
    assert told == [1] * 12
    assert (first.school, first.choice, first.children) == ("101", 1, 10)
    assert (second.school, second.choice, second.children) == ("102", 2, 10)
    assert first.admitted.value == pytest.approx(2 / 10)  # two of ten in every draw
    assert second.admitted.value == pytest.approx(3 / 10)
    assert second.waiting.value == pytest.approx(3 / 8)  # of the eight whom school 101 left
    assert second.admitted.draws == second.waiting.draws == 12


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_engines_agree(seed: int) -> None:
    market = market_from(*random_market(seed, units_at_most=30))
    tables = [
        chances_by_place(market, Simulation(draws=6, seed=b"s", engine=engine))
        for engine in ("python", "numpy")
    ]
    assert tables[0] == tables[1]
    assert tables[0]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UserError):
        chances_by_place(market_from(PROBLEM, _rows(3)), Simulation(draws=1, engine="abacus"))  # type: ignore[arg-type]  # on purpose
