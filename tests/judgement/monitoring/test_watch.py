"""The example district watched over three years: counts that the verdicts bear out, keys that last, no silence."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.judgement import explain_county, explain_indicator, read_finding
from junheng.judgement.monitoring import State, alert_from_json, load_rules, read_states, watch

RULES = load_rules(on=date(2024, 9, 1), region="999901")


def test_counts_agree_with_the_verdicts(states: tuple[State, ...], findings: Mapping[int, Path]) -> None:
    found = Counter(alert.rule for alert in watch(states, RULES).alerts)
    verdict = read_finding(findings[2024]).verdict
    results = [result for school in verdict["schools"] for result in school["indicators"].values()]
    below = sum(result["floor_verdict"] == "not_met" for result in results)
    unmet = sum(result["verdict"] == "not_met" for result in results)
    assert (found["IND-FLOOR"], found["IND-FLOOR"] + found["IND-UNMET"]) == (below, unmet) == (213, 335)
    over = [row["cv_verdict"] for stage in verdict["stages"].values() for row in stage["indicators"].values()]
    assert found["CV-OVER"] == over.count("not_met") == 2


def test_large_classes_are_those_of_the_class_table(states: tuple[State, ...]) -> None:
    alerts = [alert for alert in watch(states, RULES).alerts if alert.rule == "CLS-LARGE"]
    sizes = Counter(
        (subject.school_id, subject.stage)
        for subject in states[-1].over("class")
        if 56 <= int(Fraction(subject.facts["class_size"] or 0)) <= 65
    )
    assert {(alert.school_id, alert.stage): alert.cases for alert in alerts} == dict(sizes)
    assert alerts


def test_alerts_are_sorted_unique_and_read_back(states: tuple[State, ...]) -> None:
    found = watch(states, RULES)
    keys = [alert.key for alert in found.alerts]
    assert len(keys) == len(set(keys))
    assert [alert.level for alert in found.alerts if alert.kind == "warning"] == sorted(
        (alert.level for alert in found.alerts if alert.kind == "warning"),
        key=["red", "orange", "yellow"].index,
    )
    assert tuple(alert_from_json(alert.as_json()) for alert in found.alerts) == found.alerts


def test_order_of_the_inputs_does_not_matter(states: tuple[State, ...]) -> None:
    assert watch(tuple(reversed(states)), tuple(reversed(RULES))).alerts == watch(states, RULES).alerts


def test_every_alert_with_an_indicator_opens(states: tuple[State, ...], findings: Mapping[int, Path]) -> None:
    finding = read_finding(findings[2024])
    for alert in watch(states, RULES).alerts[:60]:
        if alert.school_id and alert.indicator:
            assert explain_indicator(finding, alert.school_id, alert.indicator, alert.stage).lines is not None
            assert alert.explain == (
                *("--school", alert.school_id),
                *("--stage", alert.stage),
                *("--indicator", alert.indicator),
            )
        elif alert.indicator:
            assert explain_county(finding, alert.indicator, alert.stage).children


def test_without_the_year_before_the_rules_are_named_idle(findings: Mapping[int, Path]) -> None:
    found = watch(read_states([findings[2024]]), RULES)
    idle = {rule.rule for rule in found.unwatched}
    assert {"IND-LOST", "IND-FALL", "IND-STUCK", "SCH-LOST", "CV-WIDENS", "STG-FEWER"} <= idle
    assert {"CLS-LARGE", "SCH-CLASS-MEAN", "HOT-OUT-OF-ZONE"} <= idle  # no tables were given
    assert not any(alert.rule in idle for alert in found.alerts)
    assert Counter(alert.rule for alert in found.alerts)["IND-FLOOR"] == 213


def test_a_new_school_lacks_last_year_once(states: tuple[State, ...]) -> None:
    found = watch(states[:2], RULES)
    new = [alert for alert in found.alerts if alert.missing == ("last_year",)]
    assert {alert.school_id for alert in new} == {"3199000001"}
    assert len(new) == 2  # one for each stage of the school that opened in 2023
    assert all(alert.kind == "no_data" for alert in new)


def test_findings_of_two_counties_or_one_year_twice_are_refused(findings: Mapping[int, Path]) -> None:
    with pytest.raises(UserError, match="不止一份"):
        read_states([findings[2024], findings[2024]])
    with pytest.raises(UserError, match="没有给出"):
        read_states([])
