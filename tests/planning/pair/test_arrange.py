"""Who is paired with whom: known answers, brute force, loads, ties that stay, and why a school is left."""

import threading
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.pair.scenes import brute_force, problem, school, tie

from junheng.planning.pair import check, solve, summary, tables
from junheng.planning.pair.arrange import limits_of
from junheng.planning.pair.candidates import market
from junheng.planning.pair.certificate import upper_bound

Json = dict[str, Any]
TWO = [school("a", "strong"), school("b", "strong"), school("x", "weak", 100), school("y", "weak", 300)]
NEAR = {("a", "x"): 1000, ("a", "y"): 2000, ("b", "x"): 9000, ("b", "y"): 4000}


def _chosen(outcome: Json) -> list[tuple[str, str]]:
    return [(row["core"], row["member"]) for row in outcome["pairs"]]


def test_the_shortest_way_to_serve_all() -> None:
    outcome = solve(problem(TWO, NEAR))
    assert _chosen(outcome) == [("a", "x"), ("a", "y")]
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)
    assert outcome["objective"] == {"need": 400, "burden_metres": 3000, "pairs": 2}


def test_with_one_place_each_the_sum_of_ways_counts() -> None:
    assert _chosen(solve(problem(TWO, NEAR, most_partners=1))) == [("a", "x"), ("b", "y")]


def test_need_comes_before_distance() -> None:
    schools = [school("a", "strong"), school("x", "weak", 100), school("y", "weak", 101)]
    outcome = solve(problem(schools, {("a", "x"): 1, ("a", "y"): 59999}, most_partners=1))
    assert _chosen(outcome) == [("a", "y")]
    assert [(row["school"], row["why"]) for row in outcome["unserved"]] == [("x", "full")]
    assert [(row["row"], row["need_at_most"]) for row in outcome["binding"]] == [("partners:a", 100)]


def test_town_and_country_are_preferred_but_not_at_any_price() -> None:
    schools = [school("a", "strong", place="rural"), school("b", "strong"), school("x", "weak", 5)]
    assert _chosen(solve(problem(schools, {("a", "x"): 1000, ("b", "x"): 10000}))) == [("b", "x")]
    assert _chosen(solve(problem(schools, {("a", "x"): 1000, ("b", "x"): 12000}))) == [("a", "x")]
    far = problem(schools, {("a", "x"): 1000, ("b", "x"): 50000}, place="must")
    assert _chosen(solve(far)) == [("b", "x")]


def test_ties_stay_until_dissolved_and_use_a_place() -> None:
    register = [tie("D1", "a", "core", "2022-09-01"), tie("D1", "x", "member", "2022-09-01")]
    outcome = solve(problem(TWO, NEAR, most_partners=1, register=register))
    assert [(row["core"], row["member"]) for row in outcome["kept"]] == [("a", "x")]
    assert _chosen(outcome) == [("b", "y")]
    ended = [row | {"left": "2024-09-01"} for row in register]
    assert solve(problem(TWO, NEAR, most_partners=1, register=ended))["kept"] == []


def test_a_member_of_an_exclusive_group_enters_no_second_one() -> None:
    register = [
        tie("J", "c", "core", "2022-09-01", "集团化"),
        tie("J", "a", "member", "2022-09-01", "集团化"),
    ]
    schools = [*TWO, school("c", "other")]
    outcome = solve(problem(schools, NEAR, "groups", register=register, least_members=1))
    assert {core for core, _ in _chosen(outcome)} == {"b"}
    assert ("a", "x") in _chosen(solve(problem(schools, NEAR, register=register)))


def test_stages_must_fit() -> None:
    both = school("x", "weak", 10)
    both["stages"].append({"stage": "junior", "need": 7, "pupils": 9})
    shared = solve(problem([school("a", "strong"), both], {("a", "x"): 5}))
    assert shared["objective"]["need"] == 10
    assert shared["pairs"][0]["stages"] == ["primary"]
    assert solve(problem([school("a", "strong"), both], {("a", "x"): 5}, stages="same"))["pairs"] == []


def test_groups_are_limited_in_number_and_size() -> None:
    schools = [school(k, "strong") for k in "ab"] + [school(k, "weak", 10) for k in "wxyz"]
    metres = {(a, b): 1000 for a in "ab" for b in "wxyz"}
    outcome = solve(problem(schools, metres, "groups", most_groups=1, least_members=2, most_partners=3))
    assert len({core for core, _ in _chosen(outcome)}) == 1
    assert outcome["objective"]["need"] == 30
    none = solve(problem(schools, metres, "groups", most_groups=1, least_members=4, most_partners=3))
    assert none["pairs"] == []


def test_trusteeship_is_limited_by_pupils() -> None:
    schools = [school("a", "strong", capacity=150), *(school(k, "weak", 10 + n) for n, k in enumerate("xy"))]
    outcome = solve(problem(schools, {("a", "x"): 10, ("a", "y"): 20}, "trusteeship"))
    assert _chosen(outcome) == [("a", "y")]
    small = [school("a", "strong", capacity=99), school("x", "weak", 1)]
    left = solve(problem(small, {("a", "x"): 10}, "trusteeship"))["unserved"]
    assert [row["why"] for row in left] == ["out_of_reach"]


def test_what_cannot_be_done_for_all_is_told_with_the_least_that_lacks() -> None:
    outcome = solve(problem([*TWO, school("z", "weak", 5)], NEAR, most_partners=1, serve="all"))
    assert outcome["status"] == "infeasible"
    assert [row["limit"] for row in outcome["reasons"]] == ["most_km"]
    short = solve(problem(TWO, {pair: 1 for pair in NEAR if pair[0] == "a"}, most_partners=1, serve="all"))
    assert [(row["limit"], row["lacking"]) for row in short["reasons"]] == [("most_partners", 1)]
    assert solve(problem(TWO, NEAR, serve="all"))["status"] == "optimal"


@st.composite
def small_problems(draw: Any, mode: str) -> Json:
    strong = [
        school(k, "strong", capacity=draw(st.integers(50, 250))) for k in "abc"[: draw(st.integers(1, 3))]
    ]
    weak = [
        school(k, "weak", draw(st.integers(1, 9)), pupils=draw(st.integers(20, 120)), place=draw(st.sampled_from(["rural", "town"])))
        for k in "vwxyz"[: draw(st.integers(1, 4))]
    ]  # fmt: skip
    metres = {
        (a["id"], b["id"]): draw(st.integers(0, 60000))
        for a in strong
        for b in weak
        if draw(st.integers(0, 3))
    }
    more = {"most_partners": draw(st.integers(1, 3))}
    if mode == "groups":
        more |= {"most_groups": draw(st.integers(0, 2)), "least_members": draw(st.integers(1, 2))}
    return problem(strong + weak, metres, mode, **more)


@pytest.mark.parametrize("mode", ["pairs", "groups", "trusteeship"])
def test_brute_force_agrees(mode: str) -> None:
    @settings(max_examples=examples(25), deadline=None)
    @given(small_problems(mode))
    def agrees(found: Json) -> None:
        outcome = solve(found, gap=0.0)
        need, burden = brute_force(found)
        assert (outcome["objective"]["need"], outcome["objective"]["burden_metres"]) == (need, burden)
        assert outcome["bound"]["need"] >= need
        assert outcome["bound"]["burden_metres"] <= burden
        if mode == "pairs":
            assert Fraction(outcome["gap"]) == 0
        assert solve(found, gap=0.0) == outcome

    agrees()


@settings(max_examples=examples(40), deadline=None)
@given(small_problems("groups"), st.data())
def test_any_prices_bound_every_plan(found: Json, data: st.DataObject) -> None:
    own = market(found)
    prices = {
        s["id"]: Fraction(data.draw(st.integers(0, 12)), 2) for s in found["schools"] if s["role"] == "weak"
    }
    bound = upper_bound(own.edges, limits_of(own, found["mode"]), (Fraction(1), Fraction(0)), prices, {})
    assert bound >= brute_force(found)[0]


def test_an_interrupted_search_still_gives_a_checked_plan() -> None:
    stop = threading.Event()
    stop.set()
    found = problem(TWO, NEAR, "groups", most_groups=1, least_members=1)
    outcome = solve(found, stop=stop)
    assert outcome["status"] in ("interrupted", "optimal")
    assert check(found, outcome) == ()
    assert outcome["bound"]["need"] >= 300


def test_nothing_to_do_is_a_plan_as_well() -> None:
    found = problem([school("a", "strong"), school("c", "other")], {})
    outcome = solve(found)
    assert (outcome["status"], outcome["pairs"], outcome["gap"]) == ("optimal", [], 0)
    assert tables(found, outcome)
    assert 3 <= len(summary(found, outcome)) <= 8
