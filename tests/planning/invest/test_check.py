"""The check of an investment plan finds every falsified line: quantities, years, totals, proofs."""

import copy
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.effort import examples

from junheng.planning.frozen import exact, number
from junheng.planning.invest import check, solve
from junheng.planning.invest.synthetic import set_mode, synthetic_problem

Json = dict[str, Any]


@cache
def _made(kind: str) -> tuple[Json, Json]:
    """A county that buys, hires, trains and moves, and its plan."""
    mode = {"least_for": {"stages": 6}, "pareto": {"points": 3}}.get(kind, {})
    problem = set_mode(
        synthetic_problem(7, 10, budget_factor=0.4 if kind == "most_within" else 1.2),
        kind=kind,
        **mode,
    )
    return problem, solve(problem)


@pytest.fixture
def plan() -> tuple[Json, Json]:
    """A copy to spoil."""
    return copy.deepcopy(_made("all_by"))


@pytest.mark.parametrize("kind", ["all_by", "most_within", "least_for", "pareto"])
def test_a_true_plan_passes(kind: str) -> None:
    problem, outcome = _made(kind)
    assert outcome["actions"]
    assert check(problem, outcome) == ()


def _reprice(problem: Json, outcome: Json) -> None:
    """Make every stated total fit the actions again, so that only the rules can object."""
    measures = {row["id"]: row for row in problem["measures"]}
    spending = dict.fromkeys(problem["years"], Fraction(0))
    for row in outcome["actions"]:
        measure, units = measures[row["measure"]], exact(row["quantity"])
        once, yearly = units * exact(measure["cost_yuan"]), units * exact(measure["yearly_yuan"])
        spending[row["year"]] += once
        for year in problem["years"]:
            spending[year] += yearly if year >= row["year"] else 0
        row["cost_yuan"] = number(once + yearly * sum(year >= row["year"] for year in problem["years"]))
    for row in outcome["moves"]:
        spending[row["year"]] += exact(row["cost_yuan"])
    outcome["spending"] = {str(year): number(money) for year, money in spending.items()}
    outcome["objective"]["cost_yuan"] = number(sum(spending.values(), Fraction(0)))


def test_every_unit_cut_from_a_least_cost_plan_is_missed() -> None:
    """At least cost no purchase is idle: one unit (or a hundredth) less and some stage no longer complies as listed."""
    problem, true = _made("all_by")
    whole = {row["id"]: row["whole"] for row in problem["measures"]}
    step = max(1, len(true["actions"]) // examples(25))
    for place, action in list(enumerate(true["actions"]))[::step]:
        outcome = copy.deepcopy(true)
        row = outcome["actions"][place]
        row["quantity"] = number(
            exact(action["quantity"]) - (1 if whole[action["measure"]] else Fraction(1, 100))
        )
        if exact(row["quantity"]) == 0:
            outcome["actions"].pop(place)
        _reprice(problem, outcome)
        faults = check(problem, outcome)
        assert faults, action
        assert any("comply" in fault.en or "exempt" in fault.en or "complies" in fault.en for fault in faults)


def _more_money(problem: Json, outcome: Json) -> None:
    outcome["objective"]["cost_yuan"] = number(exact(outcome["objective"]["cost_yuan"]) + 1)


def _less_spending(problem: Json, outcome: Json) -> None:
    outcome["spending"]["2028"] = number(exact(outcome["spending"]["2028"]) - 1)


def _another_year(problem: Json, outcome: Json) -> None:
    row = next(row for row in outcome["actions"] if row["measure"].startswith("hire") and row["year"] > 2025)
    row["year"] -= 1


def _another_school(problem: Json, outcome: Json) -> None:
    rows = [row for row in outcome["actions"] if row["measure"] == "equip:R6"]
    other = next(row for row in rows if row["school_id"] != rows[0]["school_id"])
    rows[0]["school_id"], other["school_id"] = other["school_id"], rows[0]["school_id"]


def _half_a_person(problem: Json, outcome: Json) -> None:
    row = next(row for row in outcome["actions"] if row["measure"].startswith("hire"))
    row["quantity"] = number(exact(row["quantity"]) + Fraction(1, 2))
    _reprice(problem, outcome)


def _one_stage_more(problem: Json, outcome: Json) -> None:
    outcome["objective"]["stages"] += 1


def _not_complying(problem: Json, outcome: Json) -> None:
    outcome["complies"].pop()
    outcome["objective"]["stages"] -= 1


def _not_exempt(problem: Json, outcome: Json) -> None:
    outcome["exempt"].pop()


def _unreachable(problem: Json, outcome: Json) -> None:
    key = outcome["complies"][0]
    outcome["unreachable"].append({**key, "indicators": ["R4"], "zh": "", "en": ""})


def _higher_bound(problem: Json, outcome: Json) -> None:
    outcome["bound"]["cost_yuan"] = number(exact(outcome["bound"]["cost_yuan"]) + 1_000_000)


def _no_prices(problem: Json, outcome: Json) -> None:
    outcome["prices"] = []


def _smaller_gap(problem: Json, outcome: Json) -> None:
    outcome["bound"] = {"cost_yuan": number(exact(outcome["bound"]["cost_yuan"]) - 10_000_000)}
    outcome["gap"] = "0"


def _another_cv(problem: Json, outcome: Json) -> None:
    outcome["cv"][0]["after"] = number(exact(outcome["cv"][0]["after"]) + Fraction(1, 1000))


def _one_move_more(problem: Json, outcome: Json) -> None:
    for row in outcome["moves"]:
        row["persons"] += 100


def _moved_nowhere(problem: Json, outcome: Json) -> None:
    outcome["moves"][0]["to"] = outcome["moves"][0]["from"]


def _another_problem(problem: Json, outcome: Json) -> None:
    problem["schools"][0]["stock"]["R4"] += 1


def _no_number(problem: Json, outcome: Json) -> None:
    outcome["actions"][0]["quantity"] = "many"


def _unknown_measure(problem: Json, outcome: Json) -> None:
    outcome["actions"][0]["measure"] = "wish"


@pytest.mark.parametrize(
    "spoil",
    [
        _more_money, _less_spending, _another_year, _another_school, _half_a_person, _one_stage_more, _not_complying,
        _not_exempt, _unreachable, _higher_bound, _no_prices, _smaller_gap, _another_cv, _one_move_more,
        _moved_nowhere, _another_problem, _no_number, _unknown_measure,
    ],
)  # fmt: skip
def test_what_is_falsified_is_found(plan: tuple[Json, Json], spoil: Callable[[Json, Json], None]) -> None:
    problem, outcome = plan
    spoil(problem, outcome)
    assert check(problem, outcome)


def test_purchases_above_a_ceiling_or_a_budget_are_found(plan: tuple[Json, Json]) -> None:
    problem, outcome = plan
    row = next(row for row in outcome["actions"] if row["measure"].startswith("train"))
    ceiling = next(one for one in problem["measures"] if one["id"] == row["measure"])["ceilings"][
        str(row["year"])
    ]
    row["quantity"] = ceiling + 1
    _reprice(problem, outcome)
    assert any("ceiling" in fault.en for fault in check(problem, outcome))
    row = next(row for row in outcome["actions"] if row["measure"] == "equip:R6")
    row["quantity"] = 10**6
    _reprice(problem, outcome)
    assert any("budget" in fault.en for fault in check(problem, outcome))


def test_points_of_a_curve_that_falls_are_found() -> None:
    problem, outcome = copy.deepcopy(_made("pareto"))
    assert len(outcome["pareto"]) > 1
    outcome["pareto"].reverse()
    assert check(problem, outcome)


def test_an_infeasible_outcome_states_reasons_only() -> None:
    problem = synthetic_problem(7, 10, budget_factor=0.01)
    outcome = solve(problem)
    assert outcome["status"] == "infeasible"
    assert check(problem, outcome) == ()
    assert check(problem, outcome | {"reasons": []})
    assert check(problem, outcome | {"actions": [{"measure": "hire"}]})


def test_a_negative_price_counts_as_none(plan: tuple[Json, Json]) -> None:
    """A multiplier of the wrong sign would prove too much; it is read as 0."""
    problem, outcome = plan
    outcome["prices"] = [{"row": "budget:2028", "value": -5, "zh": "", "en": ""}]
    assert not any("objective lies beyond" in fault.en for fault in check(problem, outcome))
    outcome["prices"] = []
    base = [fault.en for fault in check(problem, outcome)]
    outcome["prices"] = [{"row": "ceiling:train:primary:R1:2026", "value": "-3", "zh": "", "en": ""}]
    assert [fault.en for fault in check(problem, outcome)] == base
