"""Whatever the county: order says nothing, and a school that passes speaks only where the county is concerned."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.judgement.monitoring.conftest import COUNTY, made_state

from junheng.judgement.monitoring import (
    Gap,
    Watch,
    alert_key,
    gap_from_key,
    gap_of,
    load_rules,
    recheck,
    watch,
)

RULES = load_rules(on=date(2024, 9, 1))
GOOD = {
    "is_judged": True,
    "verdict": "met",
    "before_verdict": "met",
    "met": 7,
    "least_met": 6,
    "undecided": 0,
    "floors_missed": 0,
    "pupils": 800,
    "classes": 20,
    "compulsory_pupils": 800,
    "kind": "primary",
    "ownership": "public",
    "urban_rural_code": "111",
    "boarders": 0,
    "in_zone_pupils": 800,
    "special_rooms": 10,
    "entry_per_class": 40,
    "county_entry_per_class": 40,
}
facts = st.fixed_dictionaries(
    {
        "is_judged": st.booleans(),
        "verdict": st.sampled_from(["met", "not_met", None]),
        "met": st.integers(0, 7),
        "least_met": st.just(6),
        "undecided": st.integers(0, 1),
        "floors_missed": st.integers(0, 2),
        "pupils": st.one_of(st.none(), st.integers(0, 3000)),
        "classes": st.one_of(st.none(), st.integers(0, 60)),
        "compulsory_pupils": st.integers(0, 3000),
        "kind": st.sampled_from(["primary", "nine_year"]),
        "ownership": st.sampled_from(["public", "private", None]),
        "urban_rural_code": st.sampled_from(["111", "210"]),
        "boarders": st.integers(0, 1),
        "in_zone_pupils": st.one_of(st.none(), st.integers(0, 3000)),
        "special_rooms": st.one_of(st.none(), st.integers(0, 9)),
        "entry_per_class": st.integers(1, 70),
        "county_entry_per_class": st.just(40),
    }
)
counties = st.dictionaries(st.sampled_from("ABCDEF"), facts, min_size=1)


def _watched(now: Mapping[str, Any], before: Mapping[str, Any]) -> Watch:
    return watch([made_state(2023, before), made_state(2024, now)], RULES)


@settings(max_examples=examples(40))
@given(counties, counties, st.randoms())
def test_order_does_not_matter(now: dict[str, Any], before: dict[str, Any], random: Any) -> None:
    shuffled = list(now.items())
    random.shuffle(shuffled)
    rules = list(RULES)
    random.shuffle(rules)
    states = [made_state(2024, dict(shuffled)), made_state(2023, before)]
    assert watch(states, rules).alerts == _watched(now, before).alerts


@settings(max_examples=examples(40))
@given(counties, counties)
def test_a_passing_school_raises_nothing_elsewhere(now: dict[str, Any], before: dict[str, Any]) -> None:
    first = _watched(now, before)
    more = _watched({**now, "Z": GOOD}, {**before, "Z": GOOD})
    warned = {alert for alert in first.alerts if alert.kind == "warning"}
    again = {alert for alert in more.alerts if alert.kind == "warning"}
    assert {alert for alert in again - warned if alert.scope == "school"} == set()
    assert not any(alert.school_id == "Z" for alert in more.alerts)


@settings(max_examples=examples(40))
@given(counties, counties)
def test_what_warns_is_open_and_what_is_gone_is_unknown(now: dict[str, Any], before: dict[str, Any]) -> None:
    states = [made_state(2023, before), made_state(2024, now)]
    for alert in watch(states, RULES).alerts:
        if alert.kind == "warning":
            assert recheck(gap_of(alert), states, RULES).status == "open"
            gone = Gap(alert.rule, COUNTY, "nowhere", alert.stage, alert.indicator, 2024)
            assert recheck(gone, states, RULES).status == "cannot_tell"


@settings(max_examples=examples(40))
@given(st.lists(st.text("abcXYZ019-", max_size=8), min_size=5, max_size=5), st.integers(2000, 2100))
def test_a_key_leads_back_to_its_gap(parts: list[str], year: int) -> None:
    gap = Gap(parts[0], parts[1], parts[2], parts[3], parts[4], year)
    assert gap_from_key(gap.key, year) == gap
    assert gap.key == alert_key(*parts)
