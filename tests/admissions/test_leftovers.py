"""Units left over: one serial dictatorship over the remaining seats, in the declared order of schools."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_markets
from tests.admissions.small import problem_of
from tests.effort import examples

from junheng.admissions import Market, assign, market_from, order_of
from junheng.draws import leftover_key, ticket

LEFT: dict[str, Any] = {"ranking": {"method": "hmac"}}


def _row(pid: str, choices: list[str], **more: Any) -> Json:
    return {"pid": pid, "unit": pid, "choices": choices, "classes": [0] * len(choices), "flags": {}, **more}


def _placed(problem: Json, rows: list[Json]) -> dict[str, str]:
    market = market_from(problem, rows)
    found = assign(market, np.arange(len(market.units)), "python")
    names = (*market.school_ids, "")
    return {unit: names[school] for unit, school in zip(market.units, found.school.tolist(), strict=True)}


def test_schools_in_the_order_of_the_spec() -> None:
    rows = [_row("1", ["a"]), _row("2", ["a"]), _row("3", []), _row("4", [])]
    problem = problem_of({"a": 1, "b": 1, "c": 1}, leftovers="spec_order")
    assert _placed(problem, rows) == {"1": "a", "2": "b", "3": "c", "4": ""}
    assert _placed(problem | {"leftovers": "none"}, rows) == {"1": "a", "2": "", "3": "", "4": ""}


def test_a_list_of_its_own_is_all_a_unit_is_offered() -> None:
    rows = [_row("1", [], fallback=["c", "b"]), _row("2", [], fallback=["c"]), _row("3", [])]
    problem = problem_of({"a": 1, "b": 1, "c": 1}, leftovers="spec_order")
    assert _placed(problem, rows) == {"1": "c", "2": "", "3": "a"}


def test_the_last_unit_may_exceed_the_plan() -> None:
    rows = [_row("1", []), *({**_row(pid, []), "unit": "2"} for pid in ("2", "2b")), _row("3", [])]
    assert _placed(problem_of({"a": 2}, leftovers="spec_order"), rows) == {"1": "a", "2": "a", "3": ""}


def test_closed_seats_of_a_pool_are_left_over() -> None:
    pools = [{"id": "own", "seats": 1, "classes": [1], "unfilled": "close"}, {"id": "all", "seats": 0}]
    classes = [{"code": 0, "name": "甲"}, {"code": 1, "name": "乙"}]
    problem = problem_of({"a": pools}, classes=classes, leftovers="spec_order")
    assert _placed(problem, [_row("1", ["a"])]) == {"1": "a"}


def _expected(market: Market, problem: Json, school: list[int]) -> list[int]:
    """By the sentence of the rule, with names and digests."""
    taken = [0] * len(market.school_ids)
    for unit, place in enumerate(school):
        taken[place] += int(market.size[unit]) if place >= 0 else 0
    left = [max(0, int(plan) - used) for plan, used in zip(market.seats.plan, taken, strict=True)]
    tickets = {unit: ticket("sha256", SEED_OF_DRAWS, name) for unit, name in enumerate(market.units)}
    waiting = [unit for unit, place in enumerate(school) if place < 0]
    waiting.sort(key=lambda unit: tickets[unit], reverse=problem["order"] == "descending")
    for unit in waiting:
        own = market.fallback[market.fallback_start[unit] : market.fallback_start[unit + 1]].tolist()
        offered = own or list(range(len(left)))
        if problem["leftovers"] == "by_lot":
            offered = sorted(offered, key=lambda s: _lot(market, unit, s))
        chosen = next((s for s in offered if left[s] > 0), -1)
        if chosen >= 0:
            school[unit] = chosen
            left[chosen] -= int(market.size[unit])
    return school


def _lot(market: Market, unit: int, school: int) -> bytes:
    return leftover_key("sha256", SEED_OF_DRAWS, market.units[unit], market.school_ids[school])


@settings(max_examples=examples(150))
@given(random_markets(**LEFT))
def test_leftovers_follow_the_sentence(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    before = market_from(problem | {"leftovers": "none"}, rows)
    ranks = order_of(before, "sha256", SEED_OF_DRAWS).ranks
    wished = assign(before, ranks, "python").school.tolist()
    for rule in ("spec_order", "by_lot"):
        market = market_from(problem | {"leftovers": rule}, rows)
        found = assign(market, order_of(market, "sha256", SEED_OF_DRAWS).ranks, "numpy")
        assert found.school.tolist() == _expected(market, problem | {"leftovers": rule}, list(wished))
