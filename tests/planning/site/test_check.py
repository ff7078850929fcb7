"""The check finds what has been tampered with."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from tests.planning.site.scenes import block, problem, site, told

from junheng.planning.site import check, solve

Json = dict[str, Any]


@pytest.fixture(scope="module")
def solved() -> tuple[Json, Json]:
    """Three sites: one grows, one closes, one opens; a block far from everything; three scenarios; a budget."""
    pupils = {"low": [18, 15], "mid": [19, 18], "high": [24, 29]}
    blocks = [
        block("a", pupils, {"s": 3, "t": 40}),
        block("b", {"low": [4, 3], "mid": [4, 4], "high": [5, 5]}, {"s": 30, "t": 5}),
        block("c", {"low": [2, 2], "mid": [2, 2], "high": [2, 2]}, {}),
        block("d", {"low": [9, 9], "mid": [9, 9], "high": [9, 9]}, {"n": 4}),
    ]
    sites = [
        site("s", most=3, step_yuan=1500, yearly_yuan=100),
        site("t", yearly_yuan=3000, may_close=1, close_yuan=20),
        site("n", existing=0, fixed_yuan=2000, step_yuan=500, pupils_least=5),
    ]
    frozen = problem(
        blocks, sites, scenarios=["low", "mid", "high"], budget={"2026": 7000, "2027": 7000}, way_yuan="0.5"
    )
    return frozen, solve(frozen)


def test_the_scene_has_everything(solved: tuple[Json, Json]) -> None:
    frozen, outcome = solved
    assert {row["kind"] for row in outcome["choices"]} == {"open", "expand", "close"}
    assert outcome["unavoidable"]
    assert check(frozen, outcome) == ()


def _plan(outcome: Json) -> Json:
    return next(row for row in outcome["plans"] if row["scenario"] == "mid")


def _flow(outcome: Json) -> tuple[Json, list[int]]:
    flows = _plan(outcome)["flows"]
    site = sorted(flows["a"])[0]
    return flows, flows["a"][site]


def _more_classes(outcome: Json) -> None:
    told(outcome, "n")["classes"][1] += 1


def _other_bound(outcome: Json) -> None:
    _plan(outcome)["bound"]["cost_yuan"] += 1


def _higher_price(outcome: Json) -> None:
    _plan(outcome)["prices"]["seat"]["a"][0] = 2001


def _cheaper_price(outcome: Json) -> None:
    _plan(outcome)["prices"]["seat"]["a"][0] //= 2


def _smaller_gap(outcome: Json) -> None:
    plan = _plan(outcome)
    plan["bound"].pop("solver_cost_yuan", None)
    plan["bound"]["cost_yuan"] -= 10**6


def _moved_child(outcome: Json) -> None:
    _flow(outcome)[1][0] += 1


def _lost_child(outcome: Json) -> None:
    _plan(outcome)["unmet"][0]["pupils"][0] -= 1
    _plan(outcome)["unmet_seats"] -= 1


def _out_of_reach(outcome: Json) -> None:
    flows, _ = _flow(outcome)
    flows["c"] = {"s": [1, 1]}


def _reopened(outcome: Json) -> None:
    told(outcome, "t")["open"] = [0, 1]


def _cheaper(outcome: Json) -> None:
    plan = _plan(outcome)
    plan["costs"]["capital_yuan"] -= 100


def _total(outcome: Json) -> None:
    _plan(outcome)["cost_yuan"] = "1"


def _choice(outcome: Json) -> None:
    outcome["choices"][0]["in_all"] ^= 1


def _choice_left_out(outcome: Json) -> None:
    outcome["choices"].pop()


def _shortage(outcome: Json) -> None:
    outcome["unavoidable"][0]["lacking"] += 1


def _state(outcome: Json) -> None:
    outcome["state"]["pupils"][0]["pupils"] += 1


def _why(outcome: Json) -> None:
    _plan(outcome)["unmet"][0]["why"] = "dear"


def _status(outcome: Json) -> None:
    outcome["status"] = "time_limit"


def _hash(outcome: Json) -> None:
    outcome["problem_hash"] = "0" * 64


def _scenario(outcome: Json) -> None:
    outcome["plans"].pop()


def _half_child(outcome: Json) -> None:
    _flow(outcome)[1][0] = "1/2"


def _site_gone(outcome: Json) -> None:
    _plan(outcome)["sites"].pop()


def _head_bound(outcome: Json) -> None:
    outcome["bound"] = {"cost_yuan": 1}


_ALL = [
    *(_more_classes, _other_bound, _higher_price, _cheaper_price, _smaller_gap, _moved_child, _lost_child),
    *(
        _out_of_reach,
        _reopened,
        _cheaper,
        _total,
        _choice,
        _choice_left_out,
        _shortage,
        _state,
        _why,
        _status,
    ),
    *(_hash, _scenario, _half_child, _site_gone, _head_bound),
]


@pytest.mark.parametrize("change", _ALL, ids=lambda change: change.__name__)
def test_what_was_changed_is_found(solved: tuple[Json, Json], change: Callable[[Json], None]) -> None:
    frozen, outcome = solved
    changed = deepcopy(outcome)
    change(changed)
    assert changed != outcome
    assert check(frozen, changed)


def _rules() -> list[tuple[str, Callable[[Json], None]]]:
    def site_of(frozen: Json, name: str) -> Json:
        return next(row for row in frozen["sites"] if row["id"] == name)

    return [
        ("budget", lambda frozen: frozen["budget"].update({"2026": 10})),
        ("fixed", lambda frozen: site_of(frozen, "t").update({"may_close": 0})),
        ("land", lambda frozen: site_of(frozen, "n").update({"most": 0})),
        ("least size", lambda frozen: site_of(frozen, "n").update({"pupils_least": 2000})),
        ("not yet", lambda frozen: site_of(frozen, "n").update({"from": 2027})),
        ("most pupils", lambda frozen: site_of(frozen, "s").update({"pupils_most": 3})),
        ("must", lambda frozen: site_of(frozen, "t").update({"must": {"year": 2026, "steps": 0}})),
        ("class size", lambda frozen: frozen.update({"class_pupils": 5})),
        ("price of ways", lambda frozen: frozen.update({"way_yuan": "0.6"})),
    ]


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule[0])
def test_a_plan_that_breaks_a_limit_of_another_problem_is_found(
    solved: tuple[Json, Json], rule: tuple[str, Callable[[Json], None]]
) -> None:
    """The same plan, its hash mended, held against a stricter problem."""
    from junheng.planning.frozen import problem_hash

    frozen, outcome = deepcopy(solved)
    rule[1](frozen)
    outcome["problem_hash"] = problem_hash(frozen)
    assert check(frozen, outcome)


@pytest.mark.parametrize("key", ["plans", "choices", "unavoidable", "state", "gap", "bound", "status"])
def test_an_outcome_that_lacks_a_part_is_wrong_not_an_error(solved: tuple[Json, Json], key: str) -> None:
    frozen, outcome = solved
    changed = deepcopy(outcome)
    del changed[key]
    assert check(frozen, changed)
