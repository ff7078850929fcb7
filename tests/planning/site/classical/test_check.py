"""The check recomputes everything: what is altered in an outcome is caught, whatever it is."""

import ast
import copy
import sys
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import Text
from junheng.planning.frozen import exact, number
from junheng.planning.site import classical
from junheng.planning.site.classical import check, solve
from junheng.planning.site.classical.check_proof import proven
from junheng.planning.site.classical.check_scene import Scene
from junheng.planning.site.classical.synthetic import random_problem

Json = dict[str, Any]
SEEDS = {"p_median": 4, "p_centre": 4, "set_covering": 7, "maximal_covering": 4, "capacitated": 5}


def _solved(model: str) -> tuple[Json, Json]:
    problem = random_problem(model, SEEDS[model], 14, 9)
    if "count" in problem:
        problem["count"] = 3
    if model == "maximal_covering":
        problem["radius"] = 15  # so that somebody is left out and the bound needs its prices
    outcome = solve(problem)
    assert outcome["status"] != "infeasible"
    assert check(problem, outcome) == ()
    return problem, outcome


@pytest.mark.parametrize("model", SEEDS)
def test_a_better_objective_or_bound_than_the_numbers_give_is_caught(model: str) -> None:
    problem, outcome = _solved(model)
    (key, value), *_ = outcome["objective"].items()
    for part, by in (("objective", -1), ("objective", 1), ("bound", 1), ("bound", -1)):
        forged = copy.deepcopy(outcome)
        forged[part][key] = number(exact(forged[part][key]) + by)
        assert check(problem, forged), (part, by)
    assert exact(value) >= 0


@pytest.mark.parametrize("model", SEEDS)
def test_another_set_of_sites_assignment_gap_or_status_is_caught(model: str) -> None:
    problem, outcome = _solved(model)
    forgeries: list[Json] = []
    for change in (
        {"open": outcome["open"][1:]},
        {"open": [*outcome["open"], "nobody"]},
        {"open": outcome["open"][::-1] + outcome["open"][:1]},
        {"assignment": outcome["assignment"][1:]},
        {"gap": "0.5"},
        {"status": "surely"},
        {"problem_hash": "0" * 64},
        {"sites": outcome["sites"][1:]},
        {"uncovered": [*outcome["uncovered"], problem["demand"][0]["id"]]},
        {"kind": "zone"},
        {"model": "p_dispersion"},
    ):
        forgeries.append({**copy.deepcopy(outcome), **change})
    for forged in forgeries:
        assert check(problem, forged)


@pytest.mark.parametrize("model", SEEDS)
def test_a_broken_proof_is_caught(model: str) -> None:
    problem, outcome = _solved(model)
    if "proof" not in outcome:
        assert model == "p_centre"
        return
    for change in (
        lambda proof: proof.update(leaves=[]),
        lambda proof: proof["leaves"][0].update(opened=[problem["sites"][0]["id"]], shut=[]),
        lambda proof: proof["leaves"][0].update(vector=99),
        lambda proof: proof["vectors"][0].update(demand={"nobody": 1}),
        lambda proof: proof.update(vectors=[]),
        lambda proof: [vector.update(demand={}) for vector in proof["vectors"]],
    ):
        forged = copy.deepcopy(outcome)
        change(forged["proof"])
        assert check(problem, forged)


def test_a_flow_that_cannot_be_is_caught() -> None:
    problem, outcome = _solved("capacitated")
    closed = next(site["id"] for site in problem["sites"] if site["id"] not in outcome["open"])
    for change in ({"units": 0}, {"units": -1}, {"units": 10**6}, {"site": closed}, {"demand": "nobody"}):
        forged = copy.deepcopy(outcome)
        forged["assignment"][0].update(change)
        assert check(problem, forged)


def test_a_rule_that_does_not_follow_is_caught() -> None:
    problem, outcome = _solved("p_median")
    name, value = problem["sites"][0]["id"], exact(outcome["objective"]["cost"])
    leaf = {"opened": [], "shut": [name], "vector": 0}
    proof = {"vectors": [{"demand": {}}], "rules": {"opened": [], "shut": [name]}, "leaves": [leaf]}
    found: list[Text] = []
    proven(Scene(problem), proof, value, found)
    assert [line.en for line in found] == [f"prices do not rule out site {name}"]


def test_optimal_without_a_proof_is_caught() -> None:
    problem, outcome = _solved("p_median")
    forged = copy.deepcopy(outcome)
    zero = {"vectors": [{"demand": {}}], "rules": {"opened": [], "shut": []}}
    forged["proof"] = {**zero, "leaves": [{"opened": [], "shut": [], "vector": 0}]}
    forged |= {"bound": {"cost": 0}, "gap": 1}
    assert check(problem, forged)
    forged["status"] = "time_limit"
    assert check(problem, forged) == ()


def test_a_reason_that_does_not_hold_is_caught() -> None:
    problem, outcome = _solved("capacitated")
    nothing = {
        "objective": {},
        "bound": {},
        "gap": 0,
        "open": [],
        "assignment": [],
        "uncovered": [],
        "sites": [],
    }
    words = {"zh": "不够", "en": "not enough"}
    for reason in (
        {"kind": "capacity", "lacking": 3},
        {"kind": "crowded", "lacking": 1, "demand": [problem["demand"][0]["id"]]},
        {"kind": "unreachable", "demand": []},
        {"kind": "count", "needed": 9},
        {"kind": "weather"},
    ):
        forged = {**outcome, **nothing, "status": "infeasible", "reasons": [reason | words]}
        assert check(problem, forged)
    assert check(problem, {**outcome, **nothing, "status": "infeasible", "reasons": []})


def test_the_check_leans_on_no_model_no_array_and_no_solver() -> None:
    folder = Path(classical.__file__).parent
    home = "junheng.planning.site.classical.check"
    for path in sorted(folder.glob("check*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                own = name in ("junheng.basics", "junheng.planning.frozen") or name.startswith(home)
                assert own or name.split(".")[0] in sys.stdlib_module_names, f"{path.name}: {name}"
