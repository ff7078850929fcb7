"""What cannot be had, and why."""

from tests.planning.site.scenes import block, plan, problem, site

from junheng.planning.site import check, solve, summary, tables


def test_children_beyond_all_seats_within_reach_are_a_shortage_no_plan_avoids() -> None:
    """a and b share one school of at most 20 seats for 27 children; c is alone and reaches nothing."""
    blocks = [block("a", (12, 12), {"s": 0}), block("b", (15, 15), {"s": 0}), block("c", (3, 3), {})]
    frozen = problem(blocks, [site("s", most=1)])
    outcome = solve(frozen)
    cuts = [
        (row["year"], row["blocks"], row["children"], row["seats"], row["lacking"])
        for row in outcome["unavoidable"]
    ]
    assert cuts == [
        *((2026, ["a", "b"], 27, 20, 7), (2026, ["c"], 3, 0, 3)),
        *((2027, ["a", "b"], 27, 20, 7), (2027, ["c"], 3, 0, 3)),
    ]
    why = {row["block"]: row["why"] for row in plan(outcome)["unmet"]}
    assert why["c"] == "out_of_reach"
    assert set(why.values()) == {"out_of_reach", "no_room"}


def test_when_none_may_lack_a_seat_the_shortage_is_the_reason_and_the_best_plan_is_given() -> None:
    frozen = problem([block("a", (27, 12), {"s": 0})], [site("s", most=1, step_yuan=10**6)], unmet="none")
    outcome = solve(frozen)
    assert outcome["status"] == "infeasible"
    assert [(row["limit"], row["year"], row["lacking"]) for row in outcome["reasons"]] == [("seats", 2026, 7)]
    assert plan(outcome)["unmet"] == [{"block": "a", "pupils": [7, 0], "why": "no_room"}]
    assert any("不能" in line.zh or "差 7" in line.zh for line in summary(frozen, outcome))
    assert tables(frozen, outcome)[0].name.zh == "不可行的原因"


def test_when_none_may_lack_a_seat_everything_needed_is_built_whatever_it_costs() -> None:
    frozen = problem([block("a", (20, 20), {"s": 0})], [site("s", most=1, step_yuan=10**7)], unmet="none")
    outcome = solve(frozen)
    assert (outcome["status"], outcome["objective"]) == (
        "optimal",
        {"total_yuan": 10**7, "cost_yuan": 10**7, "unmet_seats": 0},
    )


def test_money_that_does_not_reach_is_named_with_what_would() -> None:
    frozen = problem(
        [block("a", (20, 20), {"s": 0})], [site("s", most=1, step_yuan=500)],
        unmet="none", budget={"2026": 200, "2027": 0},
    )  # fmt: skip
    outcome = solve(frozen)
    reason = outcome["reasons"][0]
    assert (outcome["status"], reason["limit"], reason["lacking"], reason["more_yuan"]) == (
        "infeasible",
        "budget",
        20,
        300,
    )


def test_an_estate_school_that_cannot_be_ready_is_a_contradiction() -> None:
    late = site("n", existing=0, must={"year": 2026, "steps": 1}, **{"from": 2027})
    outcome = solve(problem([block("a", (5, 5), {"n": 0})], [late]))
    assert outcome["status"] == "infeasible"
    assert [row["limit"] for row in outcome["reasons"]] == ["must"]


def test_a_school_larger_than_its_land_is_a_contradiction() -> None:
    large = site("n", existing=0, most=2, must={"year": 2026, "steps": 3})
    outcome = solve(problem([block("a", (5, 5), {"n": 0})], [large]))
    assert [row["limit"] for row in outcome["reasons"]] == ["most"]


def test_what_must_open_beyond_the_budget_is_told_to_the_yuan() -> None:
    dear = site("n", existing=0, fixed_yuan=700, step_yuan=100, must={"year": 2026, "steps": 2})
    frozen = problem([block("a", (5, 5), {"n": 0})], [dear], budget={"2026": 650, "2027": 100})
    outcome = solve(frozen)
    assert [(row["limit"], row["lacking_yuan"]) for row in outcome["reasons"]] == [
        ("budget:2026", 250),
        ("budget:2027", 150),
    ]
    assert check(frozen, outcome) == ()
    outcome["reasons"][0]["lacking_yuan"] = 240
    assert check(frozen, outcome)
