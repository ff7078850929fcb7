"""The seats of a supplementary draw: what the first left, pool by pool, never more than the plan."""

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_markets, spec_of
from tests.admissions.small import problem_of
from tests.effort import examples

from junheng.admissions import parse_problem, remaining_problem, run_draw
from junheng.basics import UserError


@settings(max_examples=examples(150))
@given(random_markets())
def test_what_is_left_is_what_was_not_taken(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    public = run_draw(spec_of(problem), rows, SEED_OF_DRAWS).public
    left = parse_problem(remaining_problem(problem, public["schools"]))
    for school, given_school in zip(left.schools, public["schools"], strict=True):
        assert school.plan == max(0, given_school["plan"] - given_school["taken"])
        for pool, given_pool in zip(school.pools, given_school["pools"], strict=True):
            assert pool.seats <= max(0, given_pool["capacity"] - given_pool["taken"])
    assert (left.key, left.stages, left.classes) == (parse_problem(problem).key, left.stages, left.classes)


def test_unused_seats_stay_where_they_ended_up() -> None:
    pools = [
        {"id": "a", "seats": 3, "classes": [1], "unfilled": "next"},
        {"id": "b", "seats": 2, "classes": [1], "unfilled": "close"},
        {"id": "c", "seats": 4},
    ]
    classes = [{"code": 0, "name": "甲"}, {"code": 1, "name": "乙"}]
    problem = problem_of({"s": pools}, classes=classes)
    rows = [{"pid": "1", "unit": "1", "choices": ["s"], "classes": [1], "flags": {}}]
    public = run_draw(spec_of(problem), rows, SEED_OF_DRAWS).public
    left = remaining_problem(problem, public["schools"])["schools"][0]
    assert left["plan"] == 8
    assert [pool["seats"] for pool in left["pools"]] == [0, 4, 4]


def test_an_over_run_is_missing_from_the_last_pool() -> None:
    pools = [{"id": "a", "seats": 1, "classes": [1]}, {"id": "b", "seats": 2}]
    classes = [{"code": 0, "name": "甲"}, {"code": 1, "name": "乙"}]
    problem = problem_of({"s": pools}, classes=classes)
    rows = [{"pid": pid, "unit": "u", "choices": ["s"], "classes": [1], "flags": {}} for pid in "12"]
    public = run_draw(spec_of(problem), rows, SEED_OF_DRAWS).public
    left = remaining_problem(problem, public["schools"])["schools"][0]
    assert left["plan"] == 1
    assert [pool["seats"] for pool in left["pools"]] == [0, 1]


def test_the_result_of_another_draw_is_refused() -> None:
    problem = problem_of({"a": 1})
    public = run_draw(spec_of(problem_of({"b": 1})), [], SEED_OF_DRAWS).public
    with pytest.raises(UserError, match="not those of the problem"):
        remaining_problem(problem, public["schools"])
