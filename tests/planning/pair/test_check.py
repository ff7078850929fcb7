"""The check catches every altered figure, and any plan that breaks a rule or claims more than it proves."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.planning.pair.scenes import problem, school, tie

from junheng.planning.pair import check, read_problem, solve

Json = dict[str, Any]
FREE_TEXT = (
    "zh",
    "en",
    "name",
    "joined",
    "id",
    "of",
)  # told, not computed; or hidden by the order of the list
PROOFS = {"prices", "proofs"}  # other prices may prove as much; what they prove is stated elsewhere


@pytest.fixture(scope="module")
def example(example_district: Path) -> tuple[Json, Json]:
    found = read_problem(example_district.parent / "plans" / "pair" / "problem.yaml")
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


def test_every_single_figure_counts(example: tuple[Json, Json]) -> None:
    found, outcome = example
    assert check(found, outcome) == ()
    ways = [way for way in _leaves(outcome) if way[-1] not in FREE_TEXT and not PROOFS & set(way)]
    few = ways[:: max(1, len(ways) // 40)]
    assert len(few) >= 40
    assert [way for way in few if check(found, _altered(outcome, way)) == ()] == []


def test_another_problem_is_refused(example: tuple[Json, Json]) -> None:
    found, outcome = example
    assert check(found | {"name": "别的"}, outcome) != ()
    assert check(found, {"format": "x"}) != ()


def test_a_part_that_is_gone_is_told(example: tuple[Json, Json]) -> None:
    found, outcome = example
    for key in outcome:
        assert check(found, {k: v for k, v in outcome.items() if k != key}) != (), key


SCHOOLS = [
    school("a", "strong"),
    school("b", "strong", partners=1),
    *(school(key, "weak", need) for key, need in (("x", 100), ("y", 300), ("z", 50))),
    school("q", "weak", 10, place="city"),
]
METRES = {("a", "x"): 1000, ("a", "y"): 2000, ("b", "x"): 9000, ("b", "y"): 4000, ("b", "z"): 70000}
REGISTER = [tie("D1", "a", "core", "2022-09-01"), tie("D1", "q", "member", "2022-09-01")]


def _pair(core: str, member: str, need: int, metres: int, group: str) -> Json:
    place = {
        "core": core,
        "member": member,
        "group": group,
        "form": "结对",
        "stages": ["primary"],
        "need": need,
    }
    return place | {"metres": metres, "burden_metres": metres, "zh": "", "en": ""}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda o: o["pairs"].append(_pair("b", "z", 50, 70000, "new:b")), "too far apart"),
        (lambda o: o["pairs"].append(_pair("a", "q", 10, 0, "D1")), "no weak school that seeks"),
        (lambda o: o["pairs"].append(copy.deepcopy(o["pairs"][0])), "has 2 partners"),
        (lambda o: o["pairs"].append(_pair("b", "x", 100, 9000, "new:b")), "more than its places"),
        (lambda o: o["pairs"].pop(), "totals"),
        (lambda o: o["kept"].clear(), "kept ties"),
        (lambda o: o["unserved"].clear(), "those left"),
        (lambda o: o["bound"].update(need=o["bound"]["need"] - 1), "the prices give the bounds"),
        (lambda o: o["prices"][0]["schools"].update(y=-1), "price below 0"),
        (lambda o: o["coverage"]["after"].update(printed="99.9"), "coverage"),
    ],
)
def test_each_rule_is_watched(change: Callable[[Json], None], words: str) -> None:
    found = problem(SCHOOLS, METRES, register=REGISTER)
    outcome = solve(found)
    change(outcome)
    assert words in " ".join(line.en for line in check(found, outcome))


def test_optimal_without_a_proof_is_refused() -> None:
    """A worse plan, told consistently, keeps its bound – and may not call itself optimal."""
    found = problem(SCHOOLS[:4], {k: v for k, v in METRES.items() if k[0] == "a"}, most_partners=1)
    best = solve(found)
    other = solve(found | {"distances": [d for d in found["distances"] if d["b"] == "x"]})
    for key in ("problem_hash", "prices", "bound"):
        other[key] = best[key]
    other["unserved"] = [best["unserved"][0] | {"school": "y", "need": 300}]
    lines = " ".join(line.en for line in check(found, other))
    assert "called optimal without a proof" in lines
    assert "gap" in lines


def test_the_check_stands_alone() -> None:
    """Its modules import basics, frozen and each other only."""
    folder = Path(__file__).parents[3] / "src" / "junheng" / "planning" / "pair"
    allowed = ("junheng.basics", "junheng.planning.frozen", "junheng.planning.pair.check_")
    lines = [line for path in folder.glob("check*.py") for line in path.read_text("utf-8").splitlines()]
    taken = [line.split()[1] for line in lines if line.startswith(("from junheng", "import junheng"))]
    assert taken
    assert [name for name in taken if not name.startswith(allowed)] == []
    assert not any("numpy" in line or "scipy" in line for line in lines)
