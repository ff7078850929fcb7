"""Whole orders and reserve lists, as places that draw once publish them."""

from typing import Any

from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_markets
from tests.admissions.small import make, one_order
from tests.effort import examples

from junheng.admissions import assign, market_from, order_of, published_reserve, reserve_lists, whole_orders
from junheng.draws import shown_number, ticket


def _names(market: Any, lists: Any, school: int) -> list[str]:
    return [market.units[unit] for unit in lists.unit[lists.start[school] : lists.start[school + 1]].tolist()]


def test_first_q_admitted_and_the_rest_in_line() -> None:
    """石岐: 60 of 414 numbers, 9 of them pairs; here 3 seats, 5 numbers, one a pair."""
    market = make({"1": "s", "2*2": "s", "3": "s", "4": "s", "5": "s"}, {"s": 3}, band_width=1)
    ranks = one_order(market, "4 2 5 1 3")
    found = assign(market, ranks, "python")
    assert _names(market, whole_orders(market, ranks), 0) == ["4", "2", "5", "1", "3"]
    assert _names(market, reserve_lists(market, ranks, found), 0) == ["5", "1", "3"]
    assert found.taken(market).tolist() == [3]


def test_wishes_come_before_numbers_in_line() -> None:
    market = make({"1": "a b", "2": "a b", "3": "b a", "4": "b"}, {"a": 1, "b": 1}, band_width=1)
    ranks = one_order(market, "1 2 3 4")
    found = assign(market, ranks, "python")
    lists = reserve_lists(market, ranks, found)
    assert _names(market, lists, 0) == ["2"]
    assert _names(market, lists, 1) == ["4", "2"]


@settings(max_examples=examples(100))
@given(random_markets(units="overflow"))
def test_in_line_are_all_who_asked_in_vain_behind_all_admitted(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    for school in problem["schools"]:
        school["pools"] = [{"id": "all", "seats": school["plan"]}]
    market = market_from(problem, rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    found = assign(market, ranks, "python")
    whole, lists = whole_orders(market, ranks), reserve_lists(market, ranks, found)
    for school in range(len(market.school_ids)):
        order, waiting = _names(market, whole, school), _names(market, lists, school)
        has = [unit for unit in order if found.application[market.units.index(unit)] >= 0]
        admitted = [unit for unit in has if found.school[market.units.index(unit)] == school]
        assert [unit for unit in order if unit in {*admitted, *waiting}] == [*admitted, *waiting]
        if found.taken(market)[school] < market.seats.plan[school]:
            assert waiting == []


def test_the_list_as_published() -> None:
    rows = [{"pid": p, "unit": p, "choices": ["s"], "classes": [2], "flags": {}} for p in "123"]
    problem = {
        "band_width": 1,
        "classes": [{"code": 2, "name": "全体"}],
        "schools": [{"id": "s", "name": "s", "plan": 1, "pools": [{"id": "all", "seats": 1}]}],
        "stages": [{"id": "main", "schools": ["s"]}],
    }
    order = order_of(market_from(problem, rows), "sha256", SEED_OF_DRAWS)
    found = assign(order.market, order.ranks)
    tickets = {unit: ticket("sha256", SEED_OF_DRAWS, unit) for unit in "123"}
    best = sorted("123", key=tickets.__getitem__)
    second = {"place": 1, "unit": best[1], "size": 1, "class": 2, "ticket": tickets[best[1]].hex()}
    (school,) = published_reserve(order, found)
    assert school["school"] == "s"
    assert school["reserve"][0] == second
    assert [entry["unit"] for entry in school["reserve"]] == best[1:]
    assert len(published_reserve(order, found, longest=1)[0]["reserve"]) == 1
    assert shown_number(tickets[best[0]], 10) <= shown_number(tickets[best[1]], 10)


def test_a_class_no_pool_admits_does_not_stand_in_line() -> None:
    classes = [{"code": 0, "name": "甲"}, {"code": 1, "name": "乙"}]
    pools = [{"id": "own", "seats": 1, "classes": [1]}]
    market = make({"1": "s"}, {"s": pools}, classes=classes)
    ranks = one_order(market, "1")
    assert reserve_lists(market, ranks, assign(market, ranks)).unit.tolist() == []
    assert whole_orders(market, ranks).unit.tolist() == [0]
