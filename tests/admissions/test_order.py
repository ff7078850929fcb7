"""The order by lot: tickets of the seed by either order and either hash, tickets per school, orders of the hall."""

from typing import Any

import numpy as np
import pytest
from tests.admissions.random_markets import SEED_OF_DRAWS
from tests.admissions.small import make, problem_of, rows_of

from junheng.admissions import Market, market_from, order_of
from junheng.basics import UserError
from junheng.draws import ticket

UNITS = {f"{n:02d}": "a b" for n in range(30)}


def _best(market: Market, hash_name: str = "sha256") -> list[str]:
    ranks = order_of(market, hash_name, SEED_OF_DRAWS).ranks
    return [market.units[unit] for unit in np.argsort(ranks.single).tolist()]


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
@pytest.mark.parametrize("order", ["ascending", "descending"])
def test_tickets_in_either_order(hash_name: str, order: str) -> None:
    market = make(UNITS, {"a": 1, "b": 1}, order=order)
    expected = sorted(UNITS, key=lambda u: ticket(hash_name, SEED_OF_DRAWS, u), reverse=order == "descending")
    assert _best(market, hash_name) == expected


def test_each_school_has_tickets_of_its_own() -> None:
    market = make(UNITS, {"a": 1, "b": 1}, tickets="per_school")
    order = order_of(market, "sha256", SEED_OF_DRAWS)
    own = order.ranks.by_application
    assert own is not None
    for school, name in enumerate(market.school_ids):
        applications = np.flatnonzero(market.school == school)
        best = applications[np.argsort(own[applications])]
        found = [market.units[market.applicant[a]] for a in best.tolist()]
        assert found == sorted(UNITS, key=lambda unit: ticket("sha256", SEED_OF_DRAWS, unit, name))
    assert order.ticket_text(3, 1) == ticket("sha256", SEED_OF_DRAWS, "03", "b").hex()
    assert order.ticket_text(3, None) == ticket("sha256", SEED_OF_DRAWS, "03").hex()


def _drawn(ranking: dict[str, Any], units: dict[str, str], **rules: Any) -> list[str]:
    market = market_from(problem_of({"a": 1, "b": 1}, ranking=ranking, **rules), rows_of(units))
    return _best(market)


def test_numbers_from_outside() -> None:
    numbers = {"00": "0301", "01": "0007", "02": "1200"}
    three = dict.fromkeys(numbers, "a")
    assert _drawn({"method": "external", "numbers": numbers}, three) == ["01", "00", "02"]
    assert _drawn({"method": "external", "numbers": numbers}, three, order="descending") == ["02", "00", "01"]


def test_guid_order() -> None:
    """广州白云 2020: GUIDs sorted ascending."""
    numbers = {
        "00": "F47AC10B-58CC-4372-A567-0E02B2C3D479",
        "01": "0b2c3d47-58cc-4372-a567-0e02b2c3d479",
        "02": "9e107d9d-58cc-4372-a567-0e02b2c3d479",
    }
    assert _drawn({"method": "external", "numbers": numbers}, dict.fromkeys(numbers, "a")) == [
        "01",
        "02",
        "00",
    ]


def test_tail_digits() -> None:
    numbers = {"00": "123", "01": "457", "02": "007", "03": "999"}
    ranking = {"method": "tail_digits", "tails": ["7", "9"], "numbers": numbers}
    assert _drawn(ranking, dict.fromkeys(numbers, "a")) == ["02", "01", "03", "00"]


def test_a_ring_by_unit_ids_where_there_are_no_numbers() -> None:
    units = {f"{n:02d}": "a" for n in range(1, 6)}
    assert _drawn({"method": "ring", "start": 2, "step": 2}, units) == ["02", "04", "01", "05", "03"]


def test_numbers_of_units_struck_off_keep_the_order() -> None:
    numbers = {f"{n:02d}": f"{n:02d}" for n in range(1, 6)}
    ranking = {"method": "ring", "start": 2, "step": 2, "numbers": numbers}
    assert _drawn(ranking, dict.fromkeys(["01", "02", "03", "05"], "a")) == ["02", "01", "05", "03"]


def test_a_unit_without_a_number_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        _drawn({"method": "external", "numbers": {"00": "1"}}, {"00": "a", "01": "a"})
    assert caught.value.where.endswith(".01")
