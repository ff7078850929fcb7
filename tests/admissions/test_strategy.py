"""The warning about strategic listing: present exactly where a later band costs something."""

from typing import Any

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import random_markets
from tests.effort import examples

from junheng.admissions import listing_advice, strategic_warning

Json = dict[str, Any]
PROBLEM: Json = {
    "band_width": 1,
    "classes": [{"code": 0, "name": ""}],
    "schools": [{"id": s, "name": "", "plan": 1, "pools": [{"id": "p", "seats": 1}]} for s in "abc"],
    "stages": [{"id": "main", "schools": list("abc")}],
}


def test_immediate_acceptance_warns() -> None:
    found = strategic_warning(PROBLEM)
    assert found is not None
    assert "第一志愿" in found.zh
    assert "order of wishes matters" in found.en


def test_parallel_wishes_name_their_band() -> None:
    found = strategic_warning({**PROBLEM, "band_width": 2})
    assert found is not None
    assert "第 3 个志愿起" in found.zh
    assert "wish 3" in found.en


@pytest.mark.parametrize(("width", "longest"), [(3, None), (9, None), (2, 2), (1, 1)])
def test_a_band_for_the_whole_list_needs_no_warning(width: int, longest: int | None) -> None:
    problem = {**PROBLEM, "band_width": width}
    assert strategic_warning(problem, longest) is None
    assert "真实意愿" in listing_advice(problem, longest).zh


def test_stages_shorten_the_list_that_counts() -> None:
    stages = [{"id": s, "schools": [s]} for s in "abc"]
    assert strategic_warning({**PROBLEM, "stages": stages}) is None


def test_class_first_says_that_the_order_counts_within_a_class() -> None:
    found = strategic_warning({**PROBLEM, "key": ["class", "band", "ticket"]})
    assert found is not None
    assert "同一优先类别内" in found.zh


@given(random_markets())
@settings(max_examples=examples(60))
def test_every_rule_gets_a_warning_or_an_all_clear(market: tuple[Json, list[Json]]) -> None:
    problem = market[0]
    longest = max(len(stage["schools"]) for stage in problem["stages"])
    assert (strategic_warning(problem) is not None) == (problem["band_width"] < longest)
