"""Changing any figure of an outcome is caught by the check."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.planning.merge.small import whole

from junheng.planning.merge import check, read_problem, solve

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "merge"


@pytest.fixture(scope="module")
def searched() -> tuple[Any, Any]:
    problem = read_problem(EXAMPLE / "search.yaml")
    return problem, solve(problem)


def leaves(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every number and word of an outcome."""
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(value, (*way, key))
    else:
        yield way


def changed(outcome: Any, way: tuple[Any, ...]) -> Any:
    """The outcome with one leaf changed."""
    found = deepcopy(outcome)
    node = found
    for key in way[:-1]:
        node = node[key]
    value = node[way[-1]]
    node[way[-1]] = value + 1 if isinstance(value, int) else f"{value}1"
    return found


def test_every_leaf_of_a_stated_plan_is_guarded() -> None:
    problem = whole()
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert [way for way in leaves(outcome) if not check(problem, changed(outcome, way))] == []


def test_every_leaf_of_a_searched_plan_is_guarded(searched: tuple[Any, Any]) -> None:
    problem, outcome = searched
    assert check(problem, outcome) == ()
    kinds: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for way in leaves(outcome):  # one leaf of each kind
        kinds.setdefault(tuple(key for key in way if not isinstance(key, int)), way)
    free = [way for way in kinds.values() if not check(problem, changed(outcome, way))]
    free = [way for way in free if way[0] != "prices"]  # another price may prove the same bound
    assert free == [
        ("bound", "solver_mergers"),
        ("bound", "solver_pupil_minutes"),
    ]  # told beside the independent bound, not proven by it


def test_an_approval_without_a_duty_is_caught() -> None:
    problem = whole()
    problem["evidence"] = [row for row in problem["evidence"] if row["duty"] != "filing"]
    outcome = solve(problem)
    outcome["mergers"][0]["state"] = "approved"
    assert any("不能批准" in line.zh for line in check(problem, outcome))


def test_another_problem_and_no_plan_are_caught(searched: tuple[Any, Any]) -> None:
    problem, outcome = searched
    assert any("哈希不符" in line.zh for line in check(problem | {"name": "x"}, outcome))
    assert check(problem, {"kind": "pair"})
    assert check(problem, {key: value for key, value in outcome.items() if key != "mergers"})
