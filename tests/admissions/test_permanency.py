"""Bands of wishes beside the algorithm as the literature writes it: every e wishes, whoever is admitted stays.

Chen & Kesten (2017): in round t everybody without a seat applies with wishes t·e … t·e + e - 1; deferred acceptance
within the round over the seats left; at its end all tentative seats become permanent. Written here without keys or bands.
"""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets
from tests.effort import examples

from junheng.admissions import Market, Ranks, assign, market_from, order_of

BAND_FIRST: dict[str, Any] = {"units": "overflow", "key": ["band", "class", "ticket"], "leftovers": "none"}


def _one_pool(problem: Json) -> Json:
    """The same market with one pool for everybody at each school, and all schools in one stage."""
    for school in problem["schools"]:
        school["pools"] = [{"id": "all", "seats": school["plan"]}]
    problem["stages"] = [{"id": "main", "schools": [school["id"] for school in problem["schools"]]}]
    return problem


def _priority(market: Market, ranks: Ranks, application: int) -> tuple[int, int]:
    unit = market.applicant[application]
    own = ranks.single[unit] if ranks.by_application is None else ranks.by_application[application]
    return int(market.klass[application]), int(own)


def _permanency(market: Market, ranks: Ranks, e: int) -> dict[int, int]:
    """unit → school."""
    seats = {school: int(plan) for school, plan in enumerate(market.seats.plan)}
    final: dict[int, int] = {}
    longest = max((int(n) for n in market.start[1:] - market.start[:-1]), default=0)
    for first in range(0, longest, e):
        tentative = _round(market, ranks, seats, final, range(first, first + e))
        for school, units in tentative.items():
            for unit in units:
                final[unit] = school
                seats[school] -= int(market.size[unit])
    return final


def _round(
    market: Market, ranks: Ranks, seats: dict[int, int], final: dict[int, int], places: range
) -> dict[int, list[int]]:
    refused: set[tuple[int, int]] = set()
    while True:
        asking: dict[int, list[tuple[tuple[int, int], int]]] = defaultdict(list)
        for unit in set(range(len(market.units))) - set(final):
            for place in places:
                application = int(market.start[unit]) + place
                if application < market.start[unit + 1] and (unit, place) not in refused:
                    school = int(market.school[application])
                    asking[school].append((_priority(market, ranks, application), unit))
                    break
        turned_away = [
            (unit, school)
            for school, candidates in asking.items()
            for unit in _beyond(market, sorted(candidates), seats[school])
        ]
        if not turned_away:
            return {school: [unit for _, unit in candidates] for school, candidates in asking.items()}
        for unit, school in turned_away:
            schools = market.school[market.start[unit] : market.start[unit + 1]].tolist()
            refused.add((unit, schools.index(school)))


def _beyond(market: Market, candidates: list[tuple[tuple[int, int], int]], seats: int) -> list[int]:
    left, found = seats, []
    for _, unit in candidates:
        if left > 0:
            left -= int(market.size[unit])
        else:
            found.append(unit)
    return found


@settings(max_examples=examples(200))
@given(random_markets(**BAND_FIRST))
def test_bands_are_the_permanency_algorithm(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    market = market_from(_one_pool(problem), rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    found = assign(market, ranks, "python").school.tolist()
    expected = _permanency(market, ranks, problem["band_width"])
    assert found == [expected.get(unit, -1) for unit in range(len(market.units))]


@pytest.mark.parametrize("e", [1, 2, 3, 5])
def test_bands_are_the_permanency_algorithm_in_a_crowd(e: int) -> None:
    problem, rows = random_market(e, units_at_most=400, **BAND_FIRST, band_width=e, tickets="single")
    market = market_from(_one_pool(problem), rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    found = assign(market, ranks, "numpy").school.tolist()
    expected = _permanency(market, ranks, e)
    assert found == [expected.get(unit, -1) for unit in range(len(market.units))]
