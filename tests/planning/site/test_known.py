"""Answers worked out by hand."""

import threading

from tests.planning.site.scenes import block, plan, problem, site, told

from junheng.planning.site import check, solve, walking


def test_a_class_is_built_where_it_costs_less_than_lacking_seats() -> None:
    """20 children, one class of 10: a class for 15,000 saves 10 x 1,000 a year for two years."""
    frozen = problem([block("b", (20, 20), {"s": 5})], [site("s", most=3, step_yuan=15000)])
    outcome = solve(frozen)
    assert outcome["status"] == "optimal"
    assert told(outcome, "s")["classes"] == [2, 2]
    assert outcome["objective"] == {"total_yuan": 15000 + 2 * 20 * 5, "cost_yuan": 15000, "unmet_seats": 0}
    assert outcome["bound"]["total_yuan"] == 15200
    assert outcome["choices"] == [
        {"site": "s", "kind": "expand", "by": {"mid": {"year": 2026, "classes": 1}}, "in_all": 1}
    ]


def test_a_seat_that_costs_more_than_its_price_is_listed_as_lacking() -> None:
    frozen = problem([block("b", (20, 20), {"s": 5})], [site("s", most=3, step_yuan=20001)])
    outcome = solve(frozen)
    assert plan(outcome)["unmet"] == [{"block": "b", "pupils": [10, 10], "why": "dear"}]
    assert outcome["objective"] == {"total_yuan": 20 * 1000 + 2 * 10 * 5, "cost_yuan": 0, "unmet_seats": 20}
    assert outcome["unavoidable"] == []


def test_a_class_is_built_when_it_is_needed_and_not_before() -> None:
    """Running a class costs 100 a year; children come in the second year."""
    sites = [site("s", most=3, step_yuan=500, class_yearly_yuan=100)]
    outcome = solve(problem([block("b", (10, 15), {"s": 0})], sites))
    assert told(outcome, "s")["classes"] == [1, 2]
    assert outcome["objective"]["total_yuan"] == 500 + 100 + 200


def test_the_cheaper_of_two_sites_is_opened_with_the_classes_needed() -> None:
    """Near: 3,000 + 2 x 500, no way. Far: 2,000 + 2 x 500 and 15 children x 10 m x 2 years = 300."""
    sites = [
        site("near", existing=0, fixed_yuan=3000, step_yuan=500),
        site("far", existing=0, fixed_yuan=2000, step_yuan=500),
    ]
    outcome = solve(problem([block("b", (15, 15), {"near": 0, "far": 10})], sites))
    assert (told(outcome, "far")["classes"], told(outcome, "near")["open"]) == ([2, 2], [0, 0])
    assert outcome["objective"]["total_yuan"] == 2000 + 1000 + 300
    assert outcome["state"]["opened"] == [
        {"school_id": "far", "name": "far校", "kind": "primary", "stage": "primary", "classrooms": 2}
    ]


def test_one_of_two_half_empty_schools_is_merged_into_the_other() -> None:
    """Each costs 900 a year; closing b (fee 50) sends its 4 children 20 m: 160 in two years."""
    sites = [site("a", yearly_yuan=900), site("b", yearly_yuan=900, may_close=1, close_yuan=50)]
    blocks = [block("x", (5, 5), {"a": 0, "b": 20}), block("y", (4, 4), {"a": 20, "b": 0})]
    outcome = solve(problem(blocks, sites))
    assert told(outcome, "b")["open"] == [0, 0]
    assert outcome["objective"]["total_yuan"] == 1800 + 50 + 160
    assert outcome["state"]["closed"] == ["b"]


def test_a_school_that_is_fixed_stays_however_empty() -> None:
    sites = [site("a", yearly_yuan=900), site("b", yearly_yuan=900)]
    blocks = [block("x", (5, 5), {"a": 0, "b": 20})]
    outcome = solve(problem(blocks, sites))
    assert told(outcome, "b")["open"] == [1, 1]
    assert outcome["choices"] == []


def test_an_estate_brings_its_school_whatever_it_costs() -> None:
    must = {"year": 2027, "steps": 2, "estate": "新苑"}
    new = site("new", existing=0, fixed_yuan=90000, step_yuan=1000, must=must)
    outcome = solve(problem([block("b", (5, 5), {"s": 0, "new": 0})], [site("s"), new]))
    assert told(outcome, "new")["classes"] == [0, 2]
    assert outcome["objective"]["total_yuan"] == 92000


def test_a_new_school_below_the_least_size_is_not_opened() -> None:
    sites = [site("s", classes=0), site("new", existing=0, pupils_least=8)]
    outcome = solve(problem([block("b", (7, 7), {"new": 0})], sites))
    assert told(outcome, "new")["open"] == [0, 0]
    assert plan(outcome)["unmet_seats"] == 14


def test_the_budget_of_a_year_delays_what_is_built() -> None:
    """Unspent money is carried over: 300 + 300 pay for one class of 600 in the second year."""
    frozen = problem(
        [block("b", (20, 20), {"s": 0})],
        [site("s", most=1, step_yuan=600)],
        budget={"2026": 300, "2027": 300},
    )
    outcome = solve(frozen)
    assert told(outcome, "s")["classes"] == [1, 2]
    assert plan(outcome)["unmet"] == [{"block": "b", "pupils": [10, 0], "why": "dear"}]
    assert check(frozen, outcome) == ()


def test_rooms_given_back_by_other_uses_stand_without_building() -> None:
    frozen = problem([block("b", (20, 20), {"s": 0})], [site("s", classes=[1, 2])])
    assert plan(solve(frozen))["unmet"] == [{"block": "b", "pupils": [10, 0], "why": "no_room"}]


def test_no_school_holds_more_than_its_size_limit() -> None:
    frozen = problem([block("b", (20, 20), {"s": 0})], [site("s", classes=2, pupils_most=17)])
    assert told(solve(frozen), "s")["pupils"] == [17, 17]


def test_scenarios_tell_what_is_chosen_in_all_and_in_some() -> None:
    pupils = {"low": [5, 5], "mid": [15, 15], "high": [25, 25]}
    sites = [site("s"), site("n", existing=0, fixed_yuan=100), site("m", existing=0, most=1, fixed_yuan=3000)]
    frozen = problem(
        [
            block("b", pupils, {"s": 0, "n": 0}),
            block("c", {"low": [9, 9], "mid": [9, 9], "high": [9, 9]}, {"m": 0}),
        ],
        sites,
        scenarios=["low", "mid", "high"],
    )
    found = {row["site"]: (sorted(row["by"]), row["in_all"]) for row in solve(frozen)["choices"]}
    assert found == {"m": (["high", "low", "mid"], 1), "n": (["high", "mid"], 0)}


def test_two_runs_give_the_same_bytes() -> None:
    frozen = problem(
        [block("b", (20, 30), {"s": 5, "n": 9})], [site("s", most=3, step_yuan=9000), site("n", existing=0)]
    )
    assert solve(frozen) == solve(frozen)


def test_a_stopped_search_gives_the_best_found() -> None:
    stop = threading.Event()
    stop.set()
    frozen = problem([block("b", (20, 20), {"s": 5})], [site("s", most=3, step_yuan=15000)])
    outcome = solve(frozen, stop=stop)
    assert outcome["status"] in ("interrupted", "optimal")
    assert check(frozen, outcome) == ()


def test_no_time_at_all_still_gives_a_plan_with_its_gap() -> None:
    frozen = problem([block("b", (20, 20), {"s": 5})], [site("s", most=3, step_yuan=15000)])
    outcome = solve(frozen, seconds=0.0)
    assert outcome["plans"]
    assert check(frozen, outcome) == ()


def test_a_plan_built_for_few_children_is_held_against_many() -> None:
    """Built for low: 10 seats. High brings 25 and 22: 15 and 12 lack one at least; b alone has 4 out of reach."""
    counts = {"low": [5, 5], "high": [25, 22], "mid": [5, 5]}
    far = {"low": [0, 0], "high": [4, 0], "mid": [0, 1]}
    frozen = problem(
        [block("a", counts, {"s": 0}), block("b", far, {})],
        [site("s", most=1, step_yuan=10)],
        scenarios=["low", "mid", "high"],
    )
    outcome = solve(frozen)
    found = {(row["plan"], row["under"], row["year"]): row["lacking"] for row in outcome["stress"]}
    assert found == {
        ("low", "mid", 2027): 1, ("low", "high", 2026): 19, ("low", "high", 2027): 12,
        ("mid", "high", 2026): 19, ("mid", "high", 2027): 12, ("high", "mid", 2027): 1,
    }  # fmt: skip
    assert check(frozen, outcome) == ()
    outcome["stress"][0]["lacking"] += 1
    assert check(frozen, outcome)


def test_ways_of_the_last_year_are_told_for_the_planned_state_alone() -> None:
    frozen = problem([block("b", (9, 8), {"s": 70})], [site("s")])
    outcome = solve(frozen)
    assert walking(frozen, outcome, True) == [{"stage": "primary", "pupils": 8, "metres": 70}]
    assert walking(frozen, outcome, False) == []


def test_a_school_below_the_least_size_of_the_table_is_closed_even_without_time() -> None:
    sites = [site("a"), site("b", may_close=1, pupils_least=8)]
    frozen = problem([block("x", (5, 5), {"a": 0}), block("y", (4, 4), {"a": 20, "b": 0})], sites)
    for seconds in (0.0, 10.0):
        outcome = solve(frozen, seconds=seconds)
        assert told(outcome, "b")["open"][-1] == 0
