"""A child struck off after the draw: the others keep their order, and about one of them moves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets, spec_of
from tests.admissions.small import make, one_order, placed
from tests.effort import examples

from junheng.admissions import Assignment, Market, Ranks, assign, market_from, order_of, run_draw, strike_off
from junheng.basics import UserError


def _decided(problem: Json, rows: list[Json]) -> tuple[Market, Ranks, Assignment]:
    market = market_from(problem, rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    return market, ranks, assign(market, ranks, "numpy")


@settings(max_examples=examples(120))
@given(random_markets(), st.integers(0, 10**6))
def test_the_replay_is_the_draw_without_the_row(given_market: tuple[Json, list[Json]], which: int) -> None:
    """The same seed over the roll without the row gives what the replay gives, for every rule and ranking."""
    problem, rows = given_market
    assume(len(rows) > 1)
    struck = rows[which % len(rows)]["pid"]
    market, ranks, found = _decided(problem, rows)
    replay = strike_off(market, ranks, found, {struck}, "python")
    left = [row for row in rows if row["pid"] != struck]
    leaves = run_draw(spec_of(problem), left, SEED_OF_DRAWS).leaves
    names = (*market.school_ids, "")
    schools = [names[school] for school in replay.assignment.school[replay.market.row_unit].tolist()]
    assert schools == [leaf["school"] for leaf in leaves]
    before = {leaf["pid"]: leaf["school"] for leaf in run_draw(spec_of(problem), rows, SEED_OF_DRAWS).leaves}
    moved = [leaf["pid"] for leaf in leaves if leaf["school"] != before[leaf["pid"]]]
    assert list(replay.moved) == moved


def test_a_seat_passes_down_to_the_next_in_line() -> None:
    market = make({"1": "a", "2": "a b", "3": "b", "4": "b"}, {"a": 1, "b": 1})
    ranks = one_order(market, "1 2 3 4")
    replay = strike_off(market, ranks, assign(market, ranks), {"1"})
    assert placed(replay.market, replay.assignment) == {"2": "a", "3": "b", "4": ""}
    assert replay.moved == ("2", "3")


def test_a_unit_that_loses_a_member_keeps_its_ticket() -> None:
    problem, rows = _twins()
    market, ranks, found = _decided(problem, rows)
    replay = strike_off(market, ranks, found, {"2a"})
    assert replay.market.units == market.units
    assert replay.market.size.tolist() == [1, 1, 1]
    assert replay.ranks.single.tolist() == ranks.single.tolist()


def _twins() -> tuple[Json, list[Json]]:
    rows: list[Any] = [
        {"pid": pid, "unit": pid[0], "choices": ["a"], "classes": [0], "flags": {}}
        for pid in ("1", "2a", "2b", "3")
    ]
    problem = {
        "band_width": 1,
        "classes": [{"code": 0, "name": "全体"}],
        "schools": [{"id": "a", "name": "a", "plan": 2, "pools": [{"id": "all", "seats": 2}]}],
        "stages": [{"id": "main", "schools": ["a"]}],
    }
    return problem, rows


def test_about_one_other_child_moves() -> None:
    """A contested market of singles: striking off an admitted child moves about one other, few are moved at most."""
    problem, rows = random_market(
        2, units_at_most=1500, units="overflow", band_width=9, leftovers="none", tickets="single"
    )
    rows = [row | {"unit": row["pid"]} for row in rows]
    for school in problem["schools"]:
        school["pools"] = [{"id": "all", "seats": len(rows) // 6}]
        school["plan"] = len(rows) // 6
    market, ranks, found = _decided(problem | {"ranking": {"method": "hmac"}}, rows)
    placed_rows = np.flatnonzero(found.school >= 0)[::8].tolist()
    moved = [len(strike_off(market, ranks, found, {market.pids[row]}, "numpy").moved) for row in placed_rows]
    assert len(moved) > 20
    assert 0.3 < sum(moved) / len(moved) < 2.5


def test_a_child_that_is_not_on_the_roll() -> None:
    market = make({"1": "a"}, {"a": 1})
    ranks = one_order(market, "1")
    with pytest.raises(UserError, match="no such child"):
        strike_off(market, ranks, assign(market, ranks), {"9"})
