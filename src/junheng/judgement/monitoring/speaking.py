"""From a rule that holds to the alert that says so."""

from collections.abc import Mapping
from fractions import Fraction

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.monitoring.alert import Alert, Scope
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.gap import alert_key
from junheng.judgement.monitoring.joined import Seen
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.state import State
from junheng.judgement.monitoring.wording import filled

LAST_YEAR = Text("上一年的数据", "last year's data")
_FUTURE_YEAR = "future_year"


def spoken(rule: Rule, seen: Seen, state: State) -> Alert:
    """The alert of ``rule`` for what it has seen."""
    facts = seen.with_lines(rule)
    value, threshold, distance = (
        _number(rule, text, facts) for text in (rule.value, rule.threshold, rule.distance)
    )
    year = facts.get(_FUTURE_YEAR)
    units = {
        "unit": rule.unit.text() if rule.unit else seen.subject.unit,
        "quantity_unit": rule.distance_unit.text() if rule.distance_unit else seen.subject.distance_unit,
    }
    reason = Text(filled(rule.reason.zh, facts, units, "zh"), filled(rule.reason.en, facts, units, "en"))
    return _alert(
        rule,
        seen,
        state,
        "warning",
        year=int(year) if isinstance(year, Fraction) else state.year,
        value=_double(value),
        threshold=_double(threshold),
        distance=None if distance is None else _double(abs(distance)),
        reason=_placed(reason, seen),
    )


def missing_alert(
    rule: Rule, seen: Seen, state: State, missing: Mapping[str, Text], rules: tuple[str, ...]
) -> Alert:
    """A subject that ``rules`` cannot tell, for these facts (by name, with what they are called) are missing."""
    told = ", ".join(rules)
    reason = Text(
        f"{'、'.join(word.zh for word in missing.values())}未报或无法判定，以下规则无法监测：{told}",
        f"not reported or cannot be told: {', '.join(word.en for word in missing.values())}; "
        f"rules that cannot watch: {told}",
    )
    placed = _placed(reason, seen)
    return _alert(rule, seen, state, "no_data", reason=placed, missing=tuple(missing), cases=len(rules))


def subject_words(seen: Seen) -> Text:
    """“小学 R4 生均…”, the place a reason speaks of; empty for a county."""
    stage = STAGE_NAMES.get(seen.subject.stage)
    words = Text("", "") if stage is None else stage
    own, name = seen.subject.indicator, seen.subject.name
    code = own if words.zh else ""  # the key of a part is no word of the field
    zh = " ".join(part for part in (words.zh, code, name.zh) if part)
    return Text(zh, " ".join(part for part in (words.en, code, name.en) if part))


def _placed(reason: Text, seen: Seen) -> Text:
    place = subject_words(seen)
    if not place.zh:
        return reason
    return Text(f"{place.zh}：{reason.zh}", f"{place.en}: {reason.en}")


def _number(rule: Rule, text: str, facts: dict[str, Value]) -> Fraction | None:
    return rule.parsed(text).number(facts) if text else None


def _double(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _alert(
    rule: Rule,
    seen: Seen,
    state: State,
    kind: str,
    *,
    reason: Text,
    year: int | None = None,
    value: float | None = None,
    threshold: float | None = None,
    distance: float | None = None,
    missing: tuple[str, ...] = (),
    cases: int = 1,
) -> Alert:
    subject = seen.subject
    own = (subject.school_id, subject.stage, subject.indicator)
    return Alert(
        key=alert_key(rule.id, state.county_code, *own),
        kind="no_data" if kind == "no_data" else "warning",
        rule=rule.id,
        name=rule.name.text(),
        level=rule.level,
        scope=rule.scope if kind == "warning" else _scope(own),
        topic=rule.topic,
        year=state.year if year is None else year,
        county_code=state.county_code,
        county=state.county,
        school_id=subject.school_id,
        school=subject.school,
        stage=subject.stage,
        indicator=subject.indicator,
        value=value,
        threshold=threshold,
        distance=distance,
        unit=rule.unit.text() if rule.unit else subject.unit,
        distance_unit=rule.distance_unit.text() if rule.distance_unit else subject.distance_unit,
        reason=reason,
        citation=rule.citation,
        figure=subject.figure,
        explain=subject.explain,
        cases=cases,
        missing=missing,
    )


def _scope(own: tuple[str, str, str]) -> Scope:
    return "school" if own[0] else "stage" if own[1] else "county"
