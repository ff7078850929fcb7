"""The cut-offs alone give every result back; a changed cut-off or a changed result is found."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets
from tests.admissions.small import make, one_order, own_orders
from tests.effort import examples

from junheng.admissions import (
    Market,
    Ranks,
    assign,
    certificate,
    check_certificate,
    derive,
    market_from,
    order_of,
)
from junheng.basics import UserError

OVERFLOW: dict[str, Any] = {"units": "overflow"}


def _ordered(problem: Json, rows: list[Json]) -> tuple[Market, Ranks]:
    market = market_from(problem, rows)
    return market, order_of(market, "sha256", SEED_OF_DRAWS).ranks


@settings(max_examples=examples(300))
@given(random_markets(**OVERFLOW))
def test_the_cutoffs_give_every_result_back(given_market: tuple[Json, list[Json]]) -> None:
    market, ranks = _ordered(*given_market)
    found = assign(market, ranks, "python")
    proof = certificate(market, ranks, found)
    assert check_certificate(market, ranks, found, proof).tolist() == []
    assert derive(market, ranks, proof).same_as(found)


@settings(max_examples=examples(100))
@given(random_markets(units_at_most=40, **OVERFLOW))
def test_a_changed_result_is_found(given_market: tuple[Json, list[Json]]) -> None:
    """Two units of one school and pool, one wish earlier and one later: their results are exchanged."""
    market, ranks = _ordered(*given_market)
    found = assign(market, ranks, "numpy")
    placed, without = np.flatnonzero(found.application >= 0), np.flatnonzero(found.school < 0)
    pairs = [(u, v) for u in placed.tolist() for v in without.tolist() if market.size[u] == market.size[v]]
    pairs = [(u, v) for u, v in pairs if _lists(market, v, int(found.school[u]))]
    assume(pairs)
    one, other = pairs[0]
    forged = _swapped(market, found, one, other)
    try:
        wrong = check_certificate(market, ranks, forged, certificate(market, ranks, found)).tolist()
    except UserError:  # the cut-offs are not those of the forged result
        return
    assert {one, other} <= set(wrong)


def _lists(market: Market, unit: int, school: int) -> bool:
    return school in market.school[market.start[unit] : market.start[unit + 1]]


def _swapped(market: Market, found: Any, one: int, other: int) -> Any:
    wishes = market.school[market.start[other] : market.start[other + 1]].tolist()
    place = wishes.index(int(found.school[one]))
    arrays = {
        name: getattr(found, name).copy() for name in ("application", "school", "choice", "pool", "stage")
    }
    for name in ("school", "pool", "stage"):
        arrays[name][[one, other]] = arrays[name][[other, one]]
    arrays["application"][[one, other]] = -1, market.start[other] + place
    arrays["choice"][[one, other]] = -1, place
    return replace(found, **arrays)


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_changed_cutoff_is_found(shift: int) -> None:
    market = make({"1": "a", "2": "a", "3": "a"}, {"a": 2})
    ranks = one_order(market, "1 2 3")
    found = assign(market, ranks, "python")
    proof = certificate(market, ranks, found)
    forged = replace(proof, pools=replace(proof.pools, limit=proof.pools.limit + shift))
    with pytest.raises(UserError, match="not that of the result"):
        check_certificate(market, ranks, found, forged)
    assert derive(market, ranks, forged).school.tolist() != found.school.tolist()


def test_states_of_a_pool() -> None:
    pools = [
        {"id": "none", "seats": 0},
        {"id": "full", "seats": 1, "classes": [0], "unfilled": "close"},
        {"id": "free", "seats": 9},
    ]
    market = make({"1": "a", "2": "a"}, {"a": pools})
    ranks = one_order(market, "2 1")
    proof = certificate(market, ranks, assign(market, ranks, "python"))
    assert proof.pools.capacity.tolist() == [0, 1, 9]
    assert proof.pools.taken.tolist() == [0, 1, 1]
    assert proof.pools.worst.tolist() == [-1, 1, -1]
    assert proof.pools.limit.tolist() == [-1, 0, 2**63 - 1]


def test_unused_seats_pass_on_and_close() -> None:
    pools = [
        {"id": "a", "seats": 3, "classes": [1]},
        {"id": "b", "seats": 2, "classes": [1], "unfilled": "close"},
        {"id": "c", "seats": 1},
    ]
    classes = [{"code": 0, "name": "甲"}, {"code": 1, "name": "乙"}]
    market = make({"1": "s", "2": "s"}, {"s": pools}, classes=classes)
    ranks = one_order(market, "1 2")
    found = assign(market, ranks, "python")
    assert certificate(market, ranks, found).pools.capacity.tolist() == [3, 5, 1]
    assert found.school.tolist() == [0, -1]


def test_own_orders_and_units_over_the_plan() -> None:
    market = make({"1": "a b", "2*3": "a b", "3": "b a"}, {"a": 1, "b": 2}, tickets="per_school")
    ranks = own_orders(market, {"a": "2 1 3", "b": "3 2 1"})
    found = assign(market, ranks, "python")
    proof = certificate(market, ranks, found)
    assert found.school.tolist() == [1, 0, 1]
    assert (proof.pools.taken - proof.pools.capacity).tolist() == [2, 0]
    assert check_certificate(market, ranks, found, proof).tolist() == []


@pytest.mark.parametrize("units", ["skip", "stop"])
def test_rules_without_cutoffs_say_so(units: str) -> None:
    market, ranks = _ordered(*random_market(3, units=units))
    found = assign(market, ranks, "python")
    with pytest.raises(UserError, match="full re-run"):
        check_certificate(market, ranks, found, certificate(market, ranks, found))
