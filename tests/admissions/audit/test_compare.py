"""Other rules on the same wishes and numbers, all audits side by side; names of rules."""

from typing import Any

import pytest
from tests.admissions.audit.test_audit import SEED, one_seat, roth

from junheng.admissions import compare_mechanisms, market_from, mechanism_name, order_of, parse_problem
from junheng.basics import UserError


def test_rules_are_compared_on_the_same_applications() -> None:
    market = market_from(*roth(1))
    ranks = order_of(market, "sha256", SEED).ranks
    found = compare_mechanisms(market, ranks, {"parallel": {"band_width": 2}, "deferred": {"band_width": 3}})
    assert {name: audit.by_choice for name, audit in found.audits.items()} == {
        "declared": (2, 0, 1),
        "parallel": (0, 2, 1),  # e = 2 gives the answer of deferred acceptance here
        "deferred": (0, 2, 1),
    }
    assert [audit.envious for audit in found.audits.values()] == [1, 0, 0]
    assert len({audit.mechanism for audit in found.audits.values()}) == 3
    assert any("改变填法" in text.zh for text in found.assumes)


def test_a_variant_that_makes_no_sense_is_refused() -> None:
    market = market_from(*roth(1))
    with pytest.raises(UserError):
        compare_mechanisms(market, order_of(market, "sha256", SEED).ranks, {"x": {"band_width": 0}})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"band_width": 1}, "志愿优先（逐志愿录取）"),
        ({"band_width": 2}, "平行志愿（每 2 个志愿一段）"),
        ({"band_width": 3}, "延迟录取"),
        ({"band_width": 3, "classes": [{"code": 0, "name": ""}]}, "随机派位"),
        ({"band_width": 1, "key": ["class", "band", "ticket"]}, "优先类别先于志愿次序"),
        ({"band_width": 3, "tickets": "per_school"}, "每校一号"),
        ({"band_width": 1, "units": "skip"}, "跳过"),
        ({"band_width": 1, "units": "stop"}, "截止"),
        ({"band_width": 3, "ranking": {"method": "ring", "start": 6, "step": 3}}, "起号加步长"),
        (
            {"band_width": 3, "stages": [{"id": "1", "schools": ["a", "b"]}, {"id": "2", "schools": ["c"]}]},
            "分 2 批",
        ),
    ],
)
def test_every_rule_has_its_name(changes: dict[str, Any], words: str) -> None:
    problem, _ = one_seat({"a": 1, "b": 1, "c": 1}, {}, ranking={"method": "hmac"})
    assert words in mechanism_name(parse_problem({**problem, **changes})).zh
