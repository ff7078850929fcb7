"""Simulated in portions: their counts add up, whoever watches, with the interval of the sum."""

from typing import Any

from tests.admissions.chance.test_by_place import PROBLEM, _rows

from junheng.admissions import Simulation, chances_of, clopper_pearson, family_market, simulated_chances


def test_portions_add_up() -> None:
    market, unit = family_market(PROBLEM, _rows(9), pid="004")
    told: list[int] = []
    found = simulated_chances(market, unit, Simulation(draws=250, confidence=0.9, seed=b"s"), told.append)
    assert told == [100, 100, 50]
    parts = [
        chances_of(market, unit, draws=draws, confidence=0.9, seed=b"s/%d" % number)
        for number, draws in enumerate(told)
    ]
    here = found.choices[1].here
    assert here.times == sum(part.choices[1].here.times for part in parts)
    assert (here.draws, here.low, here.high) == (250, *clopper_pearson(here.times, 250, 0.9))
    by_here = found.choices[1].by_here.times
    assert by_here + found.unplaced.times + found.leftover.times == 250
    assert simulated_chances(market, unit, Simulation(250, 0.9, b"s")) == found


def test_a_new_list_joins_the_others() -> None:
    rows: list[dict[str, Any]] = _rows(4)
    market, unit = family_market(PROBLEM, rows, choices=["102"], classes=[0])
    assert (unit, len(market.units)) == (4, 5)
    found = simulated_chances(market, unit, Simulation(draws=10))
    assert [choice.school for choice in found.choices] == ["102"]
