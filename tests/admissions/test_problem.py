"""A problem that contradicts itself is refused, in Chinese and English, at the key at fault."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import Json, random_markets
from tests.admissions.small import problem_of
from tests.effort import examples

from junheng.admissions import parse_problem
from junheng.basics import UserError
from junheng.draws import canonical_bytes

GOOD: Json = problem_of({"a": 2, "b": [{"id": "p", "seats": 1, "classes": [0]}, {"id": "q", "seats": 1}]})


@settings(max_examples=examples(100))
@given(random_markets())
def test_a_problem_survives_its_json(given_market: tuple[Json, list[Json]]) -> None:
    problem = given_market[0]
    parsed = parse_problem(problem)
    assert parse_problem(parsed.as_json()) == parsed
    assert canonical_bytes(parsed.as_json())  # integers, text and lists only


def test_defaults_are_the_plain_rule() -> None:
    parsed = parse_problem({name: GOOD[name] for name in ("band_width", "classes", "schools", "stages")})
    assert (parsed.key, parsed.tickets, parsed.order) == (
        ("band", "class", "ticket"),
        "single",
        "ascending",
    )
    assert (parsed.units, parsed.leftovers, parsed.ranking.method) == ("overflow", "none", "hmac")


def _changed(**changes: Any) -> Json:
    return deepcopy(GOOD) | changes


TWO_POOLS = GOOD["schools"][1]
WRONG = [
    ({"band_width": 0}, "problem.band_width", "band_width"),
    ({"band_width": "1"}, "problem.band_width", "band_width"),
    ({"band_width": True}, "problem.band_width", "band_width"),
    ({"bandwidth": 1}, "problem.bandwidth", "unknown key bandwidth"),
    ({"key": ["band", "band", "ticket"]}, "problem.key", "band and class once each"),
    ({"key": ["ticket", "band", "class"]}, "problem.key.1", "key"),
    ({"units": "split"}, "problem.units", "split"),
    ({"digits": 7}, "problem.digits", "7"),
    ({"classes": []}, "problem.classes", "classes"),
    ({"classes": [{"code": 0, "name": "x"}, {"code": 0, "name": "y"}]}, "problem.classes", "given twice"),
    ({"schools": []}, "problem.schools", "schools"),
    ({"schools": [GOOD["schools"][0]] * 2}, "problem.schools", "a is given twice"),
    ({"stages": [{"id": "main", "schools": ["a"]}]}, "problem.stages", "school b must be in exactly one"),
    ({"stages": [{"id": "x", "schools": ["a", "b", "b"]}]}, "problem.stages", "not 2"),
    ({"stages": [{"id": "x", "schools": ["a", "b", "c"]}]}, "problem.stages", "school c is not in schools"),
    ({"stages": [{"id": "x", "schools": ["a"]}, {"id": "x", "schools": ["b"]}]}, "problem.stages", "twice"),
    ({"units": "skip", "band_width": 1}, "problem.units", "one pool a school"),
    (
        {"units": "stop", "schools": GOOD["schools"][:1], "stages": [{"id": "m", "schools": ["a"]}]},
        "",
        "units",
    ),
    ({"ranking": {"method": "ring"}}, "problem.ranking", "ring needs start"),
    ({"ranking": {"method": "tail_digits", "tails": ["1"]}}, "problem.ranking", "needs numbers"),
    ({"ranking": {"method": "external", "numbers": {}, "step": 3}}, "problem.ranking", "takes no step"),
    (
        {"ranking": {"method": "external", "numbers": {}}, "tickets": "per_school"},
        "problem.ranking",
        "one order",
    ),
    (
        {"schools": [GOOD["schools"][0], TWO_POOLS | {"plan": 3}]},
        "problem.schools.b.pools",
        "2 seats, the plan 3",
    ),
    (
        {"schools": [GOOD["schools"][0], TWO_POOLS | {"pools": [{"id": "p", "seats": 2, "classes": [7]}]}]},
        "problem.schools.b.pools.p.classes",
        "class 7 is not in classes",
    ),
    (
        {"schools": [GOOD["schools"][0], TWO_POOLS | {"pools": [{"id": "p", "seats": 1}] * 2}]},
        "problem.schools.b.pools",
        "p is given twice",
    ),
]


@pytest.mark.parametrize(("changes", "where", "said"), WRONG)
def test_what_contradicts_itself_is_refused(changes: Json, where: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_problem(_changed(**changes))
    error = caught.value
    assert error.where.startswith(where)
    assert said in error.what.en
    assert error.what.zh != error.what.en
    assert error.fix is not None


def test_a_misspelt_key_is_met_with_the_nearest() -> None:
    with pytest.raises(UserError) as caught:
        parse_problem(_changed(leftover="none"))
    assert caught.value.fix is not None
    assert "leftovers" in caught.value.fix.en
