"""A draw's rule in both languages: the Chinese lines unchanged, an English one for each, whatever the rule."""

import re
from itertools import product
from typing import Any

import pytest

from junheng.reports.draws import beacon_text, beacon_words, rule_lines, rule_texts

_RANKINGS: list[dict[str, Any]] = [
    {"method": "hmac"},
    {"method": "ring", "start": 3, "step": 7},
    {"method": "tail_digits", "tails": [4, 1]},
    {"method": "entered"},
]


@pytest.mark.parametrize("ranking", _RANKINGS, ids=lambda one: str(one["method"]))
def test_every_rule_has_a_line_in_each_language(ranking: dict[str, Any]) -> None:
    for width, units, leftovers, first, order, tickets, stages in product(
        (1, 2, 9), ("overflow", "skip", "stop"), ("none", "spec_order", "by_lot"), ("band", "class"),
        ("ascending", "descending"), ("per_school", "per_family"), (1, 2),
    ):  # fmt: skip
        held = [{"id": f"s{n}", "schools": ["a", "b", "c"]} for n in range(stages)]
        problem = {
            "band_width": width, "key": [first], "ranking": ranking, "order": order, "tickets": tickets,
            "units": units, "stages": held, "leftovers": leftovers,
        }  # fmt: skip
        told = rule_texts(problem)
        assert [one.zh for one in told] == rule_lines(problem)
        for one in told:
            assert one.en
            assert not re.search("[\u4e00-\u9fff]", one.en)


@pytest.mark.parametrize(
    ("declared", "english"),
    [
        ({"kind": "drand", "round": 12}, "drand public randomness round 12"),
        ({"kind": "lottery", "name": "福彩3D", "issue": "2026001"}, "福彩3D issue 2026001"),
        ({"kind": "pulse", "pulse": 7}, "beacon 7"),
        ({"kind": "balls"}, "balls drawn in the hall"),
    ],
)
def test_a_beacon_is_told_in_both(declared: dict[str, Any], english: str) -> None:
    assert beacon_text(declared).en == english
    assert beacon_text(declared).zh == beacon_words(declared)
