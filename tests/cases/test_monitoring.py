"""Worked cases of monitoring rules: facts in, alert or silence or “cannot tell”, and when a gap closes."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from junheng.judgement.monitoring import Gap, Rule, State, Subject, load_rules, recheck, watch

FOLDER = Path(__file__).parent / "monitoring"
RULES = {rule.id: rule for rule in load_rules(on=date(2024, 9, 1))}
YEAR, COUNTY = 2024, "150102"
PREFIXES = {"before_": 1, "before2_": 2}


def _entries() -> list[dict[str, Any]]:
    return [
        entry for path in sorted(FOLDER.glob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))
    ]


def _params(section: str) -> list[Any]:
    return [
        pytest.param(entry, case, id=f"{entry['rule']}-{number}")
        for entry in _entries()
        for number, case in enumerate(entry.get(section, ()), 1)
    ]


def _value(given: Any) -> Any:
    if isinstance(given, bool) or given is None:
        return given
    return Fraction(str(given)) if isinstance(given, int | float) else given


def _states(rule: Rule, facts: Mapping[str, Any], stage: str) -> list[State]:
    """Three years of one subject: facts with a prefix belong to the year before or two before."""
    states = []
    for prefix, back in {"": 0, **PREFIXES}.items():
        own = {
            name.removeprefix(prefix): _value(value)
            for name, value in facts.items()
            if (name.startswith(prefix) if prefix else not name.startswith(tuple(PREFIXES)))
        }
        subject = Subject("s1", "甲校", stage, "R1", {"stage": stage, **own})
        known = frozenset({("s1", stage)})
        states.append(
            State(YEAR - back, "quality-2017", COUNTY, "甲县", {rule.over: [subject]}, "", "", known)
        )
    return states


def _given(entry: Mapping[str, Any], case: Mapping[str, Any]) -> tuple[Rule, list[State], str]:
    rule, stage = RULES[entry["rule"]], case.get("stage", "primary")
    return rule, _states(rule, {**entry["facts"], **case.get("set", {})}, stage), stage


@pytest.mark.parametrize(("entry", "case"), _params("cases"))
def test_case(entry: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    rule, states, _ = _given(entry, case)
    found = watch(states, [rule, RULES["NO-DATA"]])
    raised = [alert for alert in found.alerts if alert.rule == rule.id]
    blind = bool(found.unwatched) or any(alert.kind == "no_data" for alert in found.alerts)
    assert (bool(raised), blind) == (case["then"] == "alert", case["then"] == "cannot_tell")


@pytest.mark.parametrize(("entry", "case"), _params("closes"))
def test_closing(entry: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    rule, states, stage = _given(entry, case)
    answer = recheck(Gap(rule.id, COUNTY, "s1", stage, "R1", YEAR - 1), states, [rule])
    assert answer.status == case["then"]


def test_every_rule_has_a_case_on_both_sides() -> None:
    sides: dict[str, set[str]] = {}
    for entry in _entries():
        sides.setdefault(entry["rule"], set()).update(case["then"] for case in entry["cases"])
    lacking = [
        name for name in RULES if name != "NO-DATA" and not {"alert", "quiet"} <= sides.get(name, set())
    ]
    assert lacking == []
