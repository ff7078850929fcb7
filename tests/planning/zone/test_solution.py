"""Known answers worked by hand, and why a place cannot be zoned."""

import threading
from typing import Any

import pytest
from tests.planning.zone.small import problem
from tests.planning.zone.test_plan_check import METRES, ROW, STREET, _street

from junheng.planning.solver import Step
from junheng.planning.zone.check import check
from junheng.planning.zone.model import layout_of
from junheng.planning.zone.model_contiguity import broken
from junheng.planning.zone.search_local import improve
from junheng.planning.zone.search_start import grow
from junheng.planning.zone.search_state import State
from junheng.planning.zone.solution import solve
from junheng.planning.zone.synthetic import Wish, synthetic_problem

Json = dict[str, Any]


def _in(outcome: Json, zone: str) -> str:
    return "".join(row["block"] for row in outcome["assignment"] if row["zone"] == zone)


def test_nearest_within_seats() -> None:
    """d is as far from both; Y has seats for three blocks only."""
    outcome = solve(_street({"X": 40, "Y": 30}))
    assert (_in(outcome, "X"), _in(outcome, "Y")) == ("abcd", "efg")
    assert outcome["objective"] == {"cost": 9000, "pupil_metres": 9000, "moved_pupils": 0}
    assert outcome["zones"][0] == {
        "id": "X", "pupils": 40, "capacity": 40, "moved_in": 0, "moved_out": 0, "mean_m": 150, "farthest_m": 300,
    }  # fmt: skip
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)


def test_a_dear_change_keeps_today() -> None:
    today = {b: ["X"] if b in "abcde" else ["Y"] for b in ROW}
    cheap = solve(_street({"X": 50, "Y": 50}, now=today, weights={"metre": 1, "moved": 100}))
    dear = solve(_street({"X": 50, "Y": 50}, now=today, weights={"metre": 1, "moved": "200.5"}))
    assert (_in(cheap, "X"), _in(dear, "X")) == ("abcd", "abcde")
    assert cheap["moved"] == [{"block": "e", "from": ["X"], "to": "Y", "pupils": 10}]
    assert dear["moved"] == []


def test_a_pin_holds_and_drags_its_way_along() -> None:
    outcome = solve(_street({"X": 70, "Y": 70}, pins={"f": "X"}))
    assert (_in(outcome, "X"), _in(outcome, "Y")) == ("abcdef", "g")


def test_least_fill_is_kept() -> None:
    limits = {"reach_m": 9999, "least_fill": "0.1"}
    outcome = solve(_street({"X": 500, "Y": 200}, limits=limits))
    assert (_in(outcome, "X"), outcome["status"]) == ("abcde", "optimal")
    assert _in(solve(_street({"X": 500, "Y": 200})), "X") == "abcd"


def test_balance_of_needy_pupils() -> None:
    """All needy live in the west: with balance the zones trade distance for an even share."""
    blocks = {"a": 10, "b": 10, "c": 10, "d": 10}
    metres = {b: {"X": x, "Y": y} for b, x, y in (("a", 0, 90), ("b", 90, 0), ("c", 10, 20), ("d", 20, 10))}
    given = {"needy": {"a": 0, "b": 10, "c": 5, "d": 5}, "seeds": {"X": "a", "Y": "b"}}
    plain = problem(blocks, metres, "ac ad bc bd cd", {"X": 40, "Y": 40}, **given)
    even = problem(
        blocks, metres, "ac ad bc bd cd", {"X": 40, "Y": 40}, **given, weights={"metre": 1, "needy": 100}
    )
    assert _in(solve(plain), "X") == "ac"
    outcome = solve(even)
    assert outcome["objective"]["needy_apart"] == 10
    assert check(even, outcome) == ()


def test_closer_is_stricter_than_connected() -> None:
    """c touches X's zone only through d, which is farther from X than c: closer forbids it, connected does not."""
    metres = {"a": {"X": 0}, "b": {"Y": 0, "X": 50}, "c": {"X": 10}, "d": {"X": 20, "Y": 90}}
    seats = {"X": 30, "Y": 10}
    given = {"neighbours": "ad cd bd", "seats": seats, "seeds": {"X": "a", "Y": "b"}}
    blocks = dict.fromkeys("abcd", 10)
    closer = solve(problem(blocks, metres, **given))
    assert closer["unplaced"] == [{"block": "c", "pupils": 10, "why": "contiguity"}]
    assert closer["reasons"][0]["limit"] == "contiguity"
    assert _in(solve(problem(blocks, metres, **given, contiguity="connected")), "X") == "acd"


def test_schools_of_one_zone_share_it_connected() -> None:
    """A zone of two schools: blocks near the second need no way downhill to the seed."""
    asked = problem(
        dict.fromkeys("abcd", 10), {"a": {"X": 0}, "b": {"X": 40}, "c": {"X": 30}, "d": {"X": 0}}, "ab bc cd",
        {"X": 40}, seeds={"X": "a"}, input="county.xlsx",
    )  # fmt: skip
    asked["zones"][0]["schools"] = ["SX", "SZ"]
    asked["schools"] = [{"id": "SX", "name": "X", "capacity": 25}, {"id": "SZ", "name": "Z", "capacity": 15}]
    outcome = solve(asked)
    assert _in(outcome, "X") == "abcd"
    assert [row["pupils"] for row in outcome["state"]["pupils"]] == [25, 15]
    asked["zones"][0]["schools"] = ["SX"]
    assert solve(asked)["status"] == "infeasible"


@pytest.mark.parametrize(
    ("seats", "more", "limit", "words"),
    [
        ({"X": 30, "Y": 30}, {}, "capacity", "70 pupils, 60 seats, at least 10 lacking"),
        (
            {"X": 100, "Y": 15},
            {"metres": METRES | {"f": {"Y": 100}, "g": {"Y": 0}}},
            "reach",
            "20 pupils, 15 seats",
        ),
        ({"X": 100, "Y": 15}, {"pins": {"f": "Y"}}, "pinned", "20 pupils, 15 seats"),
        ({"X": 100, "Y": 15}, {"pins": {"f": "Z"}}, "pinned", "pinned to is not within reach"),
        ({"X": 100, "Y": 9}, {}, "pinned", "10 pupils, 9 seats"),
        ({"X": 35, "Y": 35}, {}, "whole", "blocks are whole"),
        ({"X": 70, "Y": 90}, {"limits": {"reach_m": 9, "least_fill": "0.8"}}, "least_fill", "least fill"),
        ({"X": 70, "Y": 70}, {"metres": METRES | {"d": {}}}, "reach", "no zone is within reach"),
    ],
)
def test_why_it_cannot_be_done(seats: Json, more: Json, limit: str, words: str) -> None:
    metres = more.pop("metres", METRES)
    if "Z" in more.get("pins", {}).values():
        seats = seats | {"Z": 5}
    asked = problem(dict.fromkeys(ROW, 10), metres, STREET, seats, seeds={"X": "a", "Y": "g"}, **more)
    outcome = solve(asked)
    assert outcome["status"] == "infeasible"
    assert check(asked, outcome) == ()
    told = {row["limit"]: row["en"] for row in outcome["reasons"]}
    assert limit in told
    assert words in " ".join(told.values())


def test_the_same_twice_and_the_listener_hears() -> None:
    asked, heard = synthetic_problem(5, 64, 4, Wish("irregular", "connected", moved=300)), list[Step]()
    one = solve(asked, watch=heard.append)
    assert one == solve(synthetic_problem(5, 64, 4, Wish("irregular", "connected", moved=300)))
    assert heard
    assert all(step.bound <= (step.incumbent or step.bound) * (1 + 1e-9) for step in heard)


def test_stopped_at_once_still_gives_a_plan() -> None:
    stop = threading.Event()
    stop.set()
    asked = synthetic_problem(6, 100, 5, Wish(slack=0.2))
    outcome = solve(asked, stop=stop)
    assert outcome["status"] in {"interrupted", "within_gap"}
    assert check(asked, outcome) == ()


@pytest.mark.parametrize("contiguity", ["closer", "connected"])
def test_grown_and_improved_plans_stay_in_one_piece(contiguity: Any) -> None:
    layout = layout_of(synthetic_problem(7, 300, 9, Wish("irregular", contiguity, slack=0.03)))
    plan = grow(layout, layout.cost + (~layout.is_open) * 1e12).array()
    better = improve(State(layout, plan), lambda: False, 2).array()
    for found in (plan, better):
        assert [broken(layout.touch, found, zone) for zone in range(9)] == [[]] * 9
    assert (layout.short(better), layout.value(better)) <= (layout.short(plan), layout.value(plan))
