"""Chances: the exact formula, exact random priority, engines alike, assumptions said."""

from fractions import Fraction
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.random_markets import random_market
from tests.effort import examples

from junheng.admissions import chance, chances_of, market_from, one_school_chance
from junheng.admissions.chance.lotteries import lottery, resampled
from junheng.basics import UserError

Json = dict[str, Any]


def market_of(schools: dict[str, int], lists: list[list[str]], **rule: Any) -> tuple[Json, list[Json]]:
    problem = {
        "band_width": 9,
        "classes": [{"code": 0, "name": ""}],
        "schools": [
            {"id": name, "name": f"{name}校", "plan": plan, "pools": [{"id": "all", "seats": plan}]}
            for name, plan in schools.items()
        ],
        "stages": [{"id": "main", "schools": list(schools)}],
        **rule,
    }
    rows = [
        {
            "pid": f"{i:03d}",
            "unit": f"{i:03d}",
            "choices": choices,
            "classes": [0] * len(choices),
            "flags": {},
        }
        for i, choices in enumerate(lists)
    ]
    return problem, rows


@pytest.mark.parametrize(("seats", "applicants"), [(3, 12), (1, 4), (12, 12), (20, 12)])
def test_one_school_draws_q_of_n(seats: int, applicants: int) -> None:
    found = chance(*market_of({"a": seats}, [["a"]] * applicants), pid="000", draws=1_500, confidence=0.999)
    expected = min(Fraction(1), Fraction(seats, applicants))
    assert found.exact == one_school_chance(seats, applicants) == expected
    assert found.choices[0].here.low <= expected <= found.choices[0].here.high
    assert found.choices[0].here.times + found.unplaced.times == 1_500


def test_random_priority_of_bogomolnaia_and_moulin() -> None:
    lists = [list("abcd"), list("abcd"), list("badc"), list("badc")]
    found = chance(*market_of(dict.fromkeys("abcd", 1), lists), pid="000", draws=2_000, confidence=0.9999)
    exact = [Fraction(5, 12), Fraction(1, 12), Fraction(5, 12), Fraction(1, 12)]  # admissions.md §7
    for wish, expected in zip(found.choices, exact, strict=True):
        assert wish.here.low <= expected <= wish.here.high
    assert found.choices[-1].by_here.times == 2_000
    assert found.exact is None


def test_a_new_family_joins_the_rows() -> None:
    problem, rows = market_of({"a": 1, "b": 5}, [["a"]] * 3)
    found = chance(problem, rows, choices=["a", "b"], classes=[0, 0], draws=800, confidence=0.999)
    assert found.choices[0].here.low <= 0.25 <= found.choices[0].here.high
    assert found.choices[1].by_here.times == 800
    assert [wish.name for wish in found.choices] == ["a校", "b校"]


def test_the_answer_says_what_it_assumes_and_warns() -> None:
    problem, rows = market_of({"a": 1, "b": 1}, [["a", "b"]] * 4, band_width=1)
    frozen = chance(problem, rows, pid="001", draws=20)
    assert any("与名册完全相同" in text.zh for text in frozen.assumes)
    assert frozen.warning is not None
    assert "志愿优先" in frozen.mechanism.zh
    assert "Clopper" in frozen.interval.en
    expected = chance(problem, rows, pid="001", draws=20, expected=True)
    assert any("重新抽取" in text.zh for text in expected.assumes)
    assert expected.exact is None
    assert frozen.as_json()["interval"]["confidence"] == 0.95


def test_a_simulation_repeats_and_another_seed_differs() -> None:
    problem, rows = market_of({"a": 3, "b": 2}, [["a", "b"]] * 9)
    first = chance(problem, rows, pid="004", draws=60, seed=b"x")
    assert first == chance(problem, rows, pid="004", draws=60, seed=b"x")
    assert first != chance(problem, rows, pid="004", draws=60, seed=b"y")


@pytest.mark.parametrize("number", range(6))
def test_engines_give_the_same_answer(number: int) -> None:
    market = market_from(*random_market(number + 40, units_at_most=25))
    if not len(market.units):
        pytest.skip("this random market is empty")
    names: list[Any] = ["python", "numpy"] + (["numba"] if find_spec("numba") else [])
    found = [chances_of(market, 0, draws=12, engine=name) for name in names]
    assert all(answer == found[0] for answer in found)


@given(st.integers(2, 60), st.integers(0, 10**6))
@settings(max_examples=examples(40))
def test_orders_are_permutations_that_treat_everybody_alike(count: int, number: int) -> None:
    market = market_from(*market_of({"a": 1}, [["a"]] * count, tickets="per_school"))
    found = lottery(market, b"s", number)
    assert sorted(found.single.tolist()) == list(range(count))
    assert found.by_application is not None
    assert sorted(found.by_application.tolist()) == list(range(count))


def test_places_are_uniform() -> None:
    market = market_from(*market_of({"a": 1}, [["a"]] * 5))
    draws = 4_000
    counts = np.bincount([int(lottery(market, b"u", n).single[2]) for n in range(draws)], minlength=5)
    # chi-square with 4 degrees of freedom: 23.5 is passed once in ten thousand
    assert ((counts - draws / 5) ** 2 / (draws / 5)).sum() < 23.5


def test_an_expected_market_keeps_the_family_and_redraws_the_others() -> None:
    problem, rows = market_of({"a": 3, "b": 2}, [["a"], ["b", "a"], ["a", "b"], []])
    market = market_from(problem, rows)
    made, own = resampled(market, 1, b"s", 7)
    assert own == 3
    assert len(made.units) == 4
    lists = [made.school[made.start[u] : made.start[u + 1]].tolist() for u in range(4)]
    assert lists[3] == [1, 0]
    assert all(listed in ([0], [0, 1], []) for listed in lists[:3])
    other = [resampled(market, 1, b"s", n)[0].school.tolist() for n in range(20)]
    assert len({tuple(found) for found in other}) > 1


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"pid": "000", "choices": ["a"]},
        {"pid": "zzz"},
        {"choices": ["x"], "classes": [0]},
        {"choices": ["a"], "classes": []},
        {"pid": "000", "draws": 0},
        {"pid": "000", "confidence": 1.5},
    ],
)
def test_questions_that_make_no_sense_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        chance(*market_of({"a": 1}, [["a"]] * 3), **asked)
    with pytest.raises(UserError):
        one_school_chance(1, 0)
