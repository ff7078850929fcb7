"""Whole solves: a county by hand, everything tried on tiny ones, and every outcome through the independent check."""

import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.invest.by_hand import every_plan, hand_county

from junheng.basics import UserError
from junheng.draws import canonical_bytes
from junheng.planning.frozen import exact
from junheng.planning.invest import check, solve
from junheng.planning.invest.synthetic import set_mode, synthetic_problem
from junheng.planning.invest.telling import summary
from junheng.planning.invest.telling_tables import tables
from junheng.planning.solver import Step

Json = dict[str, Any]


def test_a_county_by_hand() -> None:
    """A: 2 posts in the last year (15 each), exempt from rooms (floor 1.5 ≤ 2) = 30, or 1 post and a room = 55.
    B: exempt from persons: 2 rooms = 80; or 1 post and 1 room (to 2 ≥ 1.5) = 55. Together 85."""
    outcome = solve(hand_county())
    assert outcome["objective"] == {"cost_yuan": 85, "stages": 2}
    assert outcome["status"] == "optimal"
    assert 84.99999 < float(exact(outcome["bound"]["cost_yuan"])) <= 85
    bought = {(row["school_id"], row["measure"]): row["quantity"] for row in outcome["actions"]}
    assert bought == {("A", "hire:primary:R2"): 2, ("B", "hire:primary:R2"): 1, ("B", "equip:R7"): 1}
    assert {(row["school_id"], row["indicator"]) for row in outcome["exempt"]} == {("A", "R7"), ("B", "R7")}


def test_posts_of_one_year_are_few() -> None:
    """At most 2 posts a year: one of the three has to be filled a year earlier and is paid twice: 85 + 5."""
    problem = hand_county()
    problem["measures"][0]["ceilings"] = {"2025": 2, "2026": 2}
    assert solve(problem)["objective"]["cost_yuan"] == 90


def test_weak_schools_come_first() -> None:
    """55 yuan in all: either A (30) or the weak B (55)."""
    problem = hand_county(kind="most_within") | {"budgets": {"2025": 0, "2026": 55}}
    outcome = solve(problem)
    assert outcome["complies"] == [{"school_id": "B", "stage": "primary"}]
    assert solve(hand_county(kind="least_for", stages=1))["objective"]["cost_yuan"] == 30


def test_cost_against_number() -> None:
    outcome = solve(hand_county(kind="pareto", points=3))
    assert [(row["stages"], row["cost_yuan"]) for row in outcome["pareto"]] == [(0, 0), (1, 30), (2, 85)]


@settings(max_examples=examples(4), deadline=None)
@given(
    st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)),
    st.integers(0, 100),
    st.one_of(st.none(), st.integers(0, 2)),
    st.sampled_from(["all_by", "most_within", "least_for"]),
)
def test_tiny_counties_equal_trying_everything(
    stocks: tuple[int, int, int, int], money: int, ceiling: int | None, kind: str
) -> None:
    problem = hand_county(kind=kind, **({"stages": 1} if kind == "least_for" else {}))
    problem["budgets"] = {"2025": money // 2, "2026": money - money // 2}
    for school, persons, rooms in zip(problem["schools"], stocks[::2], stocks[1::2], strict=True):
        school["stages"][0]["stock"]["R2"], school["stock"]["R7"] = persons, rooms
    if ceiling is not None:
        problem["measures"][0]["ceilings"] = {"2025": ceiling, "2026": ceiling}
    plans = every_plan(problem, 2)
    outcome = solve(problem)
    asked = {"all_by": 2, "least_for": 1, "most_within": 0}[kind] - (
        len(outcome["unreachable"]) if kind == "all_by" else 0
    )
    fitting = [plan for plan in plans if plan[0] >= asked]
    if not fitting:
        assert outcome["status"] == "infeasible"
        return
    if kind == "most_within":
        stages, _, cost = min(fitting, key=lambda plan: (-plan[1], -plan[0], plan[2]))
        assert outcome["objective"]["stages"] == stages
    else:
        cost = min(plan[2] for plan in fitting)
    assert exact(outcome["objective"]["cost_yuan"]) == cost


@pytest.mark.parametrize(
    "mode", [{"kind": "all_by"}, {"kind": "most_within"}, {"kind": "least_for", "stages": 12}]
)
def test_made_up_counties_pass_the_check_and_are_told(mode: Json) -> None:
    factor = 0.6 if mode["kind"] == "most_within" else 1.6
    problem = set_mode(synthetic_problem(5, 24, budget_factor=factor), **mode)
    outcome = solve(problem, seconds=20)
    assert check(problem, outcome) == ()
    assert exact(outcome["gap"]) <= exact("0.0001")
    assert 3 <= len(summary(problem, outcome)) <= 8
    assert {table.name.zh for table in tables(problem, outcome)} >= {
        "行动",
        "分年支出",
        "达标校段",
        "价格与证明",
    }


def test_two_runs_are_the_same_bytes() -> None:
    problem = synthetic_problem(3, 24, budget_factor=1.6)
    assert canonical_bytes(solve(problem)) == canonical_bytes(solve(problem))


def test_what_cannot_be_says_what_is_missing() -> None:
    """Both schools cost 85; with 60 the shortfall is 25, in the last year."""
    problem = hand_county() | {"budgets": {"2025": 0, "2026": 60}}
    outcome = solve(problem)
    assert outcome["status"] == "infeasible"
    assert check(problem, outcome) == ()
    assert any("25 元" in row["zh"] for row in outcome["reasons"])
    assert 3 <= 1 + len(summary(problem, outcome)) <= 8


def test_too_many_stages_asked_for() -> None:
    assert solve(hand_county(kind="least_for", stages=3))["status"] == "infeasible"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mode": {"kind": "fastest"}}, "fastest"),
        ({"budgets": {"2025": 5}}, "2026"),
    ],
)
def test_problems_nobody_can_plan_are_refused(change: Json, told: str) -> None:
    with pytest.raises(UserError, match=told):
        solve(hand_county() | change)


def test_a_wish_to_stop_ends_the_search() -> None:
    """Stopped before anything is found: said so; a stop during the search: the best found so far, with its gap."""
    stop = threading.Event()
    stop.set()
    problem = set_mode(synthetic_problem(2, 24, budget_factor=0.6), kind="most_within")
    with pytest.raises(UserError, match="中断"):
        solve(problem, stop=stop)


def test_a_stop_on_the_way_keeps_the_best() -> None:
    stop = threading.Event()
    problem = set_mode(synthetic_problem(2, 60, budget_factor=0.6), kind="most_within")

    def watch(step: Step) -> None:
        if step.incumbent is not None and step.incumbent < -5:
            stop.set()

    outcome = solve(problem, stop=stop, watch=watch)
    assert outcome["status"] in ("interrupted", "optimal", "within_gap")
    assert check(problem, outcome) == ()
