"""A run of the draw: leaves in the roll's order, cut-offs and counts as published, the same from every engine."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets, spec_of
from tests.admissions.small import problem_of
from tests.effort import examples

from junheng.admissions import run_draw
from junheng.admissions.engines import EngineName
from junheng.basics import UserError
from junheng.draws import canonical_bytes, ticket

OTHERS: list[EngineName] = ["numpy", "numba"]


def _row(pid: str, choices: list[str], unit: str = "") -> Json:
    return {
        "pid": pid,
        "unit": unit or pid,
        "choices": choices,
        "classes": [0] * len(choices),
        "flags": {"migrant": 1},
    }


@settings(max_examples=examples(150))
@given(random_markets())
def test_every_engine_publishes_the_same_bytes(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    first = run_draw(spec_of(problem), rows, SEED_OF_DRAWS, "python")
    said = canonical_bytes(first.public)
    for engine in OTHERS:
        other = run_draw(spec_of(problem), rows, SEED_OF_DRAWS, engine)
        assert canonical_bytes(other.public) == said
        assert other.leaves == first.leaves


@settings(max_examples=examples(150))
@given(random_markets())
def test_the_counts_follow_from_the_leaves(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    outcome = run_draw(spec_of(problem), rows, SEED_OF_DRAWS)
    leaves, counts = outcome.leaves, outcome.public["statistics"]
    assert [leaf["pid"] for leaf in leaves] == [row["pid"] for row in rows]
    assert counts["placed"] == sum(leaf["school"] != "" for leaf in leaves)
    assert counts["unplaced"] == sum(leaf["school"] == "" for leaf in leaves)
    assert counts["by_leftover"] == sum(leaf["reason"] == "leftover" for leaf in leaves)
    assert counts["without_choice"] == sum(not row["choices"] for row in rows)
    for stage in counts["stages"]:
        here = [leaf["choice"] for leaf in leaves if leaf["stage"] == stage["id"]]
        assert stage["choices"] == [here.count(n + 1) for n in range(len(stage["choices"]))]
    for school in outcome.public["schools"]:
        assert school["taken"] == sum(leaf["school"] == school["id"] for leaf in leaves)
        assert school["over_plan"] == max(0, school["taken"] - school["plan"])
        assert school["taken"] == sum(p["taken"] for p in school["pools"]) + school["leftover"]["taken"]


def test_what_is_published_of_a_small_draw() -> None:
    """Two seats at a, one at b; the pair runs over at b."""
    rows = [
        _row("1", ["a"]),
        _row("2", ["a", "b"]),
        _row("3", ["a"]),
        _row("4a", ["b"], "4"),
        _row("4b", ["b"], "4"),
    ]
    problem = problem_of({"a": 2, "b": 1}, leftovers="spec_order")
    outcome = run_draw(spec_of(problem), rows, SEED_OF_DRAWS)
    tickets = {unit: ticket("sha256", SEED_OF_DRAWS, unit).hex() for unit in ("1", "2", "3", "4")}
    best = sorted("123", key=tickets.__getitem__)
    a, b = outcome.public["schools"]
    assert a["pools"] == [
        {
            "id": "all",
            "capacity": 2,
            "taken": 2,
            "cutoff": {"band": 0, "class": 0, "ticket": tickets[best[1]]},
        }
    ]
    assert a["leftover"] == {"capacity": 0, "taken": 0, "cutoff": "closed"}
    assert (b["plan"], b["taken"]) in {(1, 2), (1, 1)}
    assert outcome.public["statistics"]["units"] == 4
    assert outcome.public["statistics"]["over_plan"] == b["taken"] - 1
    last = next(leaf for leaf in outcome.leaves if leaf["pid"] == best[2])
    assert last["school"] in {"", "b"}


def test_leaves_say_why() -> None:
    rows = [_row("1", ["a"]), _row("2", ["a"]), _row("3", [])]
    problem = problem_of({"a": 1, "b": 1}, leftovers="spec_order")
    leaves = run_draw(spec_of(problem), rows, SEED_OF_DRAWS).leaves
    assert sorted(leaf["reason"] for leaf in leaves) == ["choice", "leftover", "no_seat"] or sorted(
        leaf["reason"] for leaf in leaves
    ) == ["choice", "leftover", "no_choice"]
    for leaf in leaves:
        assert set(leaf) == {"pid", "unit", "school", "stage", "choice", "pool", "reason"}
        expected: dict[str, Any] = {
            "choice": ("a", "main", 1, "all"),
            "leftover": ("b", "leftover", 0, ""),
            "no_seat": ("", "", 0, ""),
            "no_choice": ("", "", 0, ""),
        }
        assert (leaf["school"], leaf["stage"], leaf["choice"], leaf["pool"]) == expected[leaf["reason"]]


@pytest.mark.parametrize("units", ["skip", "stop"])
def test_rules_that_only_a_re_run_proves_publish_no_cutoff(units: str) -> None:
    problem, rows = random_market(11, units=units)
    public = run_draw(spec_of(problem), rows, SEED_OF_DRAWS).public
    assert {pool["cutoff"] for school in public["schools"] for pool in school["pools"]} == {"replay"}


def test_a_rank_is_published_where_the_order_was_drawn_in_the_hall() -> None:
    numbers = {"1": "07", "2": "03", "3": "11"}
    problem = problem_of({"a": 2}, ranking={"method": "external", "numbers": numbers}, order="descending")
    rows = [_row(pid, ["a"]) for pid in numbers]
    outcome = run_draw(spec_of(problem), rows, SEED_OF_DRAWS)
    assert outcome.public["schools"][0]["pools"][0]["cutoff"]["ticket"] == "0000000002"
    assert [leaf["school"] for leaf in outcome.leaves] == ["a", "", "a"]


def test_a_number_too_many_is_refused_unless_a_child_was_struck_off() -> None:
    numbers = {"1": "07", "2": "03", "3": "11"}
    problem = problem_of({"a": 1}, ranking={"method": "ring", "start": 1, "step": 3, "numbers": numbers})
    rows = [_row("1", ["a"]), _row("2", ["a"])]
    with pytest.raises(UserError, match="no such unit"):
        run_draw(spec_of(problem) | {"roll": {"units": 2}}, rows, SEED_OF_DRAWS)
    outcome = run_draw(spec_of(problem) | {"roll": {"units": 3}}, rows, SEED_OF_DRAWS)
    assert [leaf["school"] for leaf in outcome.leaves] == ["", "a"]


def test_another_seed_gives_another_result() -> None:
    problem, rows = problem_of({"a": 3}), [_row(f"{n:02d}", ["a"]) for n in range(20)]
    results = {json.dumps(run_draw(spec_of(problem), rows, bytes([n]) * 32).leaves) for n in range(8)}
    assert len(results) > 1


def test_a_draw_of_another_kind_is_refused() -> None:
    with pytest.raises(UserError, match="not the spec of an admission draw"):
        run_draw({"kind": "classes", "hash": "sha256", "problem": {}}, [], SEED_OF_DRAWS)


def test_sm3_orders_differently() -> None:
    problem, rows = problem_of({"a": 5}), [_row(f"{n:02d}", ["a"]) for n in range(40)]
    one, other = (run_draw(spec_of(problem, name), rows, SEED_OF_DRAWS).leaves for name in ("sha256", "sm3"))
    assert one != other
