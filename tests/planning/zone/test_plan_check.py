"""The check catches every altered figure, and any plan that breaks a rule or claims too much."""

import copy
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from tests.planning.zone.small import problem

from junheng.planning.zone.check import check
from junheng.planning.zone.solution import solve
from junheng.planning.zone.synthetic import Wish, synthetic_problem

Json = dict[str, Any]
FREE_TEXT = {"zh", "en"}
PROOFS = {"prices", "binding"}  # other prices may prove as much; what they prove is stated elsewhere


@pytest.fixture(scope="module", params=["closer", "connected"])
def made(request: pytest.FixtureRequest) -> tuple[Json, Json]:
    found = synthetic_problem(3, 49, 4, Wish("irregular", request.param, moved=400, needy=900))
    found |= {"input": "county.xlsx", "closed": ["S9"]}
    return found, solve(found)


def _leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in _leaves(part, (*way, key))]
    if isinstance(value, list):
        return [leaf for at, part in enumerate(value) for leaf in _leaves(part, (*way, at))]
    return [way]


def _altered(outcome: Json, way: tuple[Any, ...]) -> Json:
    found = copy.deepcopy(outcome)
    part = found
    for key in way[:-1]:
        part = part[key]
    value = part[way[-1]]
    part[way[-1]] = value + 1 if isinstance(value, int) else f"{value}9"
    return found


def test_every_single_figure_counts(made: tuple[Json, Json]) -> None:
    asked, outcome = made
    assert check(asked, outcome) == ()
    ways = [
        way for way in _leaves(outcome) if not (FREE_TEXT | PROOFS) & set(way) and way[-1] != "solver_cost"
    ]
    few = ways[:: max(1, len(ways) // 50)]
    assert len(few) >= 50
    assert [way for way in few if check(asked, _altered(outcome, way)) == ()] == []


def test_every_block_moved_elsewhere_is_seen(made: tuple[Json, Json]) -> None:
    asked, outcome = made
    zones = [zone["id"] for zone in asked["zones"]]
    for at, row in list(enumerate(outcome["assignment"]))[::2]:
        for zone in zones:
            if zone != row["zone"]:
                other = copy.deepcopy(outcome)
                other["assignment"][at]["zone"] = zone
                assert check(asked, other) != ()


def test_another_problem_and_lost_parts_are_refused(made: tuple[Json, Json]) -> None:
    asked, outcome = made
    assert check(asked | {"name": "别的"}, outcome) != ()
    assert check(asked, {"format": "x"}) != ()
    for key in set(outcome) - {"binding"}:
        assert check(asked, {k: v for k, v in outcome.items() if k != key}) != (), key


ROW = "abcdefg"  # a street of seven blocks; school X at a, Y at g
METRES = {b: {"X": 100 * at, "Y": 100 * (6 - at)} for at, b in enumerate(ROW)}
STREET = " ".join(a + b for a, b in pairwise(ROW))


def _street(seats: Json, **more: Any) -> Json:
    return problem(dict.fromkeys(ROW, 10), METRES, STREET, seats, seeds={"X": "a", "Y": "g"}, **more)


def _swap(outcome: Json, **zones: str) -> None:
    for row in outcome["assignment"]:
        row["zone"] = zones.get(row["block"], row["zone"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda o: _swap(o, b="Y"), "not in one piece"),
        (lambda o: _swap(o, d="Y", c="Y"), "zones, zone X, pupils: stated"),
        (lambda o: _swap(o, a="Y"), "seed of"),
        (lambda o: o["assignment"].pop(3), "not placed, block d: stated nothing"),
        (lambda o: o["assignment"].append(o["assignment"][0]), "in it twice"),
        (lambda o: o["prices"].append({"row": "capacity", "zone": "X", "price": 1}), "the bound is not"),
        (lambda o: o["prices"].append({"row": "needy", "zone": "X", "price": 1}), "above what it may be"),
        (
            lambda o: o["prices"].append(
                {"row": "contiguity", "block": "c", "zone": "X", "through": ["d"], "price": 1}
            ),
            "need not hold",
        ),
        (lambda o: o["bound"].update(solver_cost=o["objective"]["cost"] + 1), "above the plan"),
        (lambda o: o.update(status="infeasible"), "called infeasible"),
        (lambda o: o["reasons"].append({"limit": "time", "zh": "", "en": ""}), "reasons are lacking, or"),
    ],
)
def test_each_rule_is_watched(change: Callable[[Json], Any], words: str) -> None:
    asked = _street({"X": 40, "Y": 40})
    outcome = solve(asked)
    assert outcome["status"] == "optimal"
    change(outcome)
    assert words in " ".join(line.en for line in check(asked, outcome))


def test_a_worse_plan_may_not_call_itself_optimal() -> None:
    """X keeps 5 blocks where 3 or 4 are best; every figure is right but the claim."""
    asked, wider = _street({"X": 50, "Y": 50}), _street({"X": 50, "Y": 20})
    best, other = solve(asked), solve(wider)
    claimed = other | {key: best[key] for key in ("problem_hash", "prices", "bound", "gap", "status")}
    claimed["zones"] = [row | {"capacity": 50} for row in other["zones"]]
    lines = " ".join(line.en for line in check(asked, claimed))
    assert "called optimal" in lines
    assert "the gap is not" in lines


def test_infeasible_must_be_proven_and_reasons_hold() -> None:
    asked = _street({"X": 30, "Y": 30})
    outcome = solve(asked)
    assert outcome["status"] == "infeasible"
    assert check(asked, outcome) == ()
    for change in (
        lambda o: o["prices"].clear(),
        lambda o: o["reasons"][0].update(lacking=11),
        lambda o: o["reasons"][0].update(zones=["X"]),
        lambda o: o["reasons"].clear(),
        lambda o: o.update(status="optimal"),
        lambda o: o["prices"][0].update(price=2),
        lambda o: o["over"].clear(),
    ):
        other = copy.deepcopy(outcome)
        change(other)
        assert check(asked, other) != ()


def test_messages_are_sentences_that_name_block_zone_and_figures(made: tuple[Json, Json]) -> None:
    asked, outcome = made
    for way in _leaves(outcome)[::40]:
        if not FREE_TEXT & set(way):
            for line in check(asked, _altered(outcome, way)):
                for raw in ("Fraction(", "('", "{'", "KeyError", "mean_m", "moved_in", "_pupils"):
                    assert raw not in line.zh, line.zh
    wrong = copy.deepcopy(outcome)
    row = wrong["zones"][0]
    row["pupils"] += 1
    (line,) = check(asked, wrong)
    name = next(zone["name"] for zone in asked["zones"] if zone["id"] == row["id"])
    shown = name if name == row["id"] else f"{name}（{row['id']}）"
    assert line.zh == f"各学区，学区 {shown}，学生数：写作 {row['pupils']:,}，重算为 {row['pupils'] - 1:,}"
    del wrong["zones"]
    assert check(asked, wrong)[0].zh.startswith("各学区：写作 空")
