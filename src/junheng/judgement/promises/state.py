"""Where a promise stands on a day, by a finding's figures or by the evidence that closed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.basics import Text, UserError
from junheng.judgement.monitoring.condition import Condition, Value, parse_condition
from junheng.judgement.promises.fact_words import fact_words
from junheng.judgement.promises.promise import STATE_NAMES, Promise, State


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise with its state, the reason in words, and the figures it rests on."""

    promise: Promise
    state: State
    reason: Text
    figures: Mapping[str, Value]


def check_measure(text: str, names: Iterable[str], where: str = "") -> Condition:
    """``text`` as a condition over facts ``names``. Raises UserError quoting what is not understood."""
    return parse_condition(text, tuple(names), where)


def standing(promise: Promise, facts: Mapping[str, Value], on: date) -> Standing:
    """The state of ``promise`` on ``on`` by ``facts``: a measure decides alone, else evidence with a day.

    A measure that cannot be told leaves the promise untold, whatever somebody ticked: absent is not kept.
    Raises UserError where the measure cannot be read.
    """
    if not promise.measure:
        return _by_evidence(promise, on)
    condition = check_measure(promise.measure, facts, promise.where)
    figures = {name: facts.get(name) for name in condition.names}
    held = condition.holds(facts)
    if held is None:
        lacking = [fact_words(name) for name, value in figures.items() if value is None]
        lacking = lacking or [Text(promise.measure, promise.measure)]
        words = _said("无法衡量，缺", "not known:", lacking)
        return Standing(promise, "cannot_tell", words, figures)
    shown = [_with_value(fact_words(name), value) for name, value in figures.items()]
    if held:
        return Standing(promise, "kept", _said("衡量标准已满足：", "the measure holds:", shown), figures)
    words = _said("衡量标准未满足：", "the measure does not hold:", shown)
    return Standing(promise, _unkept(promise, on), words, figures)


def _said(zh: str, en: str, listed: Iterable[Text]) -> Text:
    held = tuple(listed)
    return Text(zh + "、".join(one.zh for one in held), f"{en} {', '.join(one.en for one in held)}")


def _with_value(name: Text, value: Value) -> Text:
    return Text(f"{name.zh} {_shown(value).zh}", f"{name.en} {_shown(value).en}")


def _by_evidence(promise: Promise, on: date) -> Standing:
    if promise.closed_on is not None and promise.closed_on > on:
        words = Text(f"销号日期 {promise.closed_on} 晚于 {on}", f"closed on {promise.closed_on}, after {on}")
        return Standing(promise, _unkept(promise, on), words, {})
    if promise.closed_on is not None and promise.evidence:
        words = Text(f"{promise.closed_on} 销号，佐证：{promise.evidence}", f"closed on {promise.closed_on}")
        return Standing(promise, "kept", words, {})
    if promise.closed_on is not None:
        words = Text("写了销号日期，没有佐证", "closed without evidence")
        return Standing(promise, "cannot_tell", words, {})
    return Standing(promise, _unkept(promise, on), Text("尚未销号", "not closed"), {})


def _unkept(promise: Promise, on: date) -> State:
    return "overdue" if promise.due is not None and promise.due < on else "open"


def _shown(value: Value) -> Text:
    if value is None:
        return Text("—", "—")
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    told = value if isinstance(value, str) else f"{float(value):.6g}"
    return Text(told, told)


def standings_json(standings: Iterable[Standing], on: date) -> dict[str, Any]:
    """The states as data, for a finding's promises.json."""
    rows = [
        {
            "id": one.promise.id,
            "text": one.promise.text,
            "report": one.promise.report,
            "owner": one.promise.owner,
            "due": one.promise.due.isoformat() if one.promise.due else None,
            "measure": one.promise.measure,
            "state": one.state,
            "state_name": {"zh": STATE_NAMES[one.state].zh, "en": STATE_NAMES[one.state].en},
            "reason": {"zh": one.reason.zh, "en": one.reason.en},
        }
        for one in standings
    ]
    if len({row["id"] for row in rows}) != len(rows):
        raise UserError(Text("承诺编号重复", "two promises have one number"))
    return {"format": "junheng/promises/1", "on": on.isoformat(), "promises": rows}
