"""The audit: known answers, the plain reference, engines bit for bit, what a rule must show."""

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.admissions.audit.plain import Plain
from tests.admissions.random_markets import random_market, random_markets, spec_of
from tests.effort import examples

from junheng.admissions import Audit, assign, audit, flag_group, longest_list, market_from, order_of, run_draw
from junheng.admissions.audit import array_engine
from junheng.admissions.audit.figures import Question
from junheng.basics import UserError

Json = dict[str, Any]
SEED = bytes(range(32))
ENGINES = [
    "numpy",
    pytest.param("numba", marks=pytest.mark.skipif(find_spec("numba") is None, reason="needs extra numba")),
]


def one_seat(
    schools: dict[str, int], pupils: dict[str, tuple[list[str], list[int]]], **rule: Any
) -> tuple[Json, list[Json]]:
    """A small market whose order by lot is the order of the pupils."""
    problem = {
        "band_width": 9,
        "classes": [{"code": code, "name": str(code)} for code in range(5)],
        "schools": [
            {"id": name, "name": "", "plan": plan, "pools": [{"id": "all", "seats": plan}]}
            for name, plan in schools.items()
        ],
        "stages": [{"id": "main", "schools": list(schools)}],
        "ranking": {"method": "external", "numbers": {name: f"{i:03d}" for i, name in enumerate(pupils)}},
        **rule,
    }
    rows = [
        {"pid": name, "unit": name, "choices": choices, "classes": classes, "flags": {}}
        for name, (choices, classes) in pupils.items()
    ]
    return problem, rows


def audited(problem: Json, rows: list[Json], engine: Any = "numpy", **others: Any) -> Audit:
    market = market_from(problem, rows)
    order = order_of(market, "sha256", SEED)
    return audit(market, order.ranks, assign(market, order.ranks), engine=engine, **others)


# Roth 1982 / Abdulkadiroğlu–Sönmez 2003 (admissions.md §7): classes stand for the schools' priorities.
ROTH = {
    "1": (["b", "a", "c"], [1, 0, 1]),
    "2": (["a", "b", "c"], [2, 0, 2]),
    "3": (["a", "b", "c"], [1, 2, 0]),
}
ROTH_PRIORITY = {"a": {"1": 0, "3": 1, "2": 2}, "b": {"2": 0, "1": 1, "3": 2}, "c": {"2": 0, "1": 1, "3": 2}}


def roth(width: int) -> tuple[Json, list[Json]]:
    pupils = {
        name: (choices, [ROTH_PRIORITY[s][name] for s in choices]) for name, (choices, _) in ROTH.items()
    }
    return one_seat({"a": 1, "b": 1, "c": 1}, pupils, band_width=width)


def test_deferred_acceptance_leaves_no_envy_where_immediate_acceptance_does() -> None:
    da, ia = audited(*roth(9)), audited(*roth(1))
    assert da.by_choice == (0, 2, 1)  # 1a 2b 3c
    assert (da.envious, da.envy_pairs, da.outranked) == (0, 0, 0)
    assert ia.by_choice == (2, 0, 1)  # 1b 2c 3a: pupil 2 envies 1 at b, whose first priority 2 is
    assert (ia.envious, ia.envy_schools, ia.envy_pairs, ia.outranked) == (1, 1, 1, 1)
    assert ia.first_choice_rate is not None
    assert da.first_choice_rate is not None
    assert ia.first_choice_rate > da.first_choice_rate


def test_the_first_choice_rate_never_comes_without_the_rule() -> None:
    found = audited(*roth(1)).as_json()["first_choice"]
    assert found["children"] == 2
    assert found["of"] == 3
    assert found["mechanism"]["zh"].startswith("志愿优先")
    assert "never compare" in found["caution"]["en"]


def test_closed_reserves_leave_wanted_seats_empty() -> None:
    pools = [{"id": "r", "seats": 1, "classes": [0], "unfilled": "close"}, {"id": "g", "seats": 1}]
    problem, rows = one_seat({"a": 2}, {"x": (["a"], [1]), "y": (["a"], [1])})
    problem["schools"][0]["pools"] = pools
    found = audited(problem, rows)
    assert (found.unplaced, found.wasted_seats, found.claimants) == (1, 1, 1)


def test_twins_over_the_plan_and_stages_are_counted() -> None:
    problem, rows = one_seat({"a": 1, "b": 3}, {"t": (["a", "b"], [0, 0]), "u": (["a", "b"], [0, 0])})
    rows.insert(1, {**rows[0], "pid": "t2"})
    found = audited(problem, rows)
    assert (found.children, found.over_plan, found.by_choice) == (3, 1, (2, 1))
    problem["stages"] = [{"id": "one", "schools": ["b"]}, {"id": "two", "schools": ["a"]}]
    found = audited(problem, rows)
    assert (found.passed_over, found.envious, found.by_choice) == (3, 0, (0, 3))


@given(random_markets())
@settings(max_examples=examples(120))
def test_the_plain_audit_counts_the_same(market: tuple[Json, list[Json]]) -> None:
    problem, rows = market
    outcome = run_draw(spec_of(problem), rows, SEED)
    made = market_from(problem, rows)
    ranks = order_of(made, "sha256", SEED).ranks
    place: dict[Any, int] = dict(zip(made.units, ranks.single.tolist(), strict=True))
    if ranks.by_application is not None:
        schools = [made.school_ids[s] for s in made.school.tolist()]
        owners = [made.units[u] for u in made.applicant.tolist()]
        place = dict(zip(zip(owners, schools, strict=True), ranks.by_application.tolist(), strict=True))
    expected = Plain(problem, rows, outcome.leaves, place).figures()
    found = audited(problem, rows)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.skipif(find_spec("numba") is None, reason="needs extra numba")
@given(random_markets(units_at_most=40))
@settings(max_examples=examples(150))
def test_engines_agree_bit_for_bit(market: tuple[Json, list[Json]]) -> None:
    from junheng.admissions.audit import loop_engine

    made = market_from(*market)
    ranks = order_of(made, "sha256", SEED).ranks
    question = Question(made, ranks, assign(made, ranks))
    assert loop_engine.count(question).same_as(array_engine.count(question))


@given(random_markets(units="overflow", leftovers="none"))
@settings(max_examples=examples(60))
def test_without_bands_nobody_envies(market: tuple[Json, list[Json]]) -> None:
    problem, rows = market
    found = audited({**problem, "band_width": 99}, rows)
    assert (found.envious, found.envy_schools, found.envy_pairs, found.outranked) == (0, 0, 0, 0)


@given(random_markets())
@settings(max_examples=examples(40))
def test_every_child_has_exactly_one_outcome(market: tuple[Json, list[Json]]) -> None:
    found = audited(*market, groups=[flag_group(market[1], "sex")])
    assert sum(found.by_choice) + found.leftover + found.unplaced <= found.children
    for group in found.groups:
        assert sum(group.children) == found.children
        columns = [sum(column) for column in zip(*group.outcomes, strict=True)]
        assert columns[: len(found.by_choice)] == list(found.by_choice)
        assert sum(group.envious) == found.envious
        assert sum(group.outranked) == found.outranked


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_are_chosen_by_name(engine: Any) -> None:
    assert audited(*roth(1), engine=engine).envious == 1


def test_an_unknown_engine_and_a_wrong_group_are_refused() -> None:
    with pytest.raises(UserError, match="引擎"):
        audited(*roth(1), engine="rust")
    problem, rows = roth(1)
    with pytest.raises(UserError, match="分组有 2 行"):
        audited(problem, rows, groups=[flag_group(rows[:2], "sex")])


def test_an_empty_draw_is_audited() -> None:
    problem, _ = roth(1)
    problem["ranking"] = {"method": "hmac"}
    found = audited(problem, [])
    assert (found.children, found.by_choice, found.first_choice_rate) == (0, (), None)


def test_the_longest_list_is_counted_within_a_stage() -> None:
    problem, rows = random_market(5)
    market = market_from(problem, rows)
    stage_of = {s: i for i, stage in enumerate(problem["stages"]) for s in stage["schools"]}
    lengths = [
        sum(stage_of[s] == i for s in row["choices"]) for row in rows for i in range(len(problem["stages"]))
    ]
    assert longest_list(market) == max(lengths, default=0)
    assert np.diff(market.start).max(initial=0) >= longest_list(market)
