"""What people did about entries: visits and closings by number, applied in order of day by the table of states."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from junheng.basics import Text, heading_key
from junheng.data.books import parse_day
from junheng.enrolment.entry import Entry
from junheng.enrolment.people import meant
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import Rules

_HASH = re.compile(r"[0-9a-f]{64}")
_FIX = Text("按 docs/method/enrolment.md 补正该行", "mend the row as docs/method/enrolment.md says")
_NONE = Roll("", "", (), {}, {})
Json = dict[str, Any]


def day_text(text: str) -> str:
    """A day as ISO 8601; "" where it is none."""
    day = parse_day(text)
    return day.isoformat() if day else ""


def is_evidence(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in hexadecimal."""
    return bool(_HASH.fullmatch(text.lower()))


def apply_steps(
    entries: Mapping[str, Entry], rolls: Mapping[str, Roll], rules: Rules, on: date, problems: Problems
) -> None:
    """Apply the sheets 走访 and 销号 to ``entries`` (by number). A row in doubt is told and not applied.

    A step already taken in an earlier run is passed over.
    """
    found = [*_visits(rolls, rules, on, problems), *_closings(rolls, rules, on, problems)]
    for place, number, step in sorted(found, key=lambda one: one[2]["dated"]):
        entry = entries.get(number)
        if entry is None:
            problems.add(place, "没有这个台账编号", "there is no entry of this number", _FIX)
        elif step not in entry.steps:
            take(entry, step, place, rules, problems)


def take(entry: Entry, step: Json, place: str, rules: Rules, problems: Problems) -> None:
    """Take ``step`` where the table of states and the order of days allow it; else tell why, and change nothing."""
    allowed = [s for s in rules.states.steps if s.action == step["action"] and entry.state in s.from_]
    if not allowed:
        state = rules.states.names[entry.state]
        problems.add(
            place,
            f"“{state.zh}”状态下不能做这一步（销号前须有走访）",
            f"not allowed in the state {state.en} (a visit comes before closing)",
            _FIX,
        )
        return
    if step["dated"] < max([entry.opened, *(s["dated"] for s in entry.steps)]):
        problems.add(place, "日期早于上一步", "the day is before the step before", _FIX)
        return
    entry.state = allowed[0].to
    entry.reason = step.get("reason", entry.reason)
    entry.evidence = step.get("evidence", entry.evidence)
    entry.steps.append(step)


def _visits(
    rolls: Mapping[str, Roll], rules: Rules, on: date, problems: Problems
) -> list[tuple[str, str, Json]]:
    roll = rolls.get("visits", _NONE)
    found = []
    for i in range(len(roll)):
        dated = _dated(roll, i, on, problems)
        word = heading_key(roll.column("finding")[i])
        actions = [a for a, words in rules.findings.words.items() if word in map(heading_key, words)]
        if not actions:
            told = "、".join(w for words in rules.findings.words.values() for w in words)
            problems.add(
                roll.at(i, "finding"), f"走访结果应为 {told}", f"a finding must be one of {told}", _FIX
            )
        elif dated:
            step = {"action": actions[0], "dated": dated, "visitor": roll.column("visitor")[i]}
            found.append((roll.at(i), roll.column("entry")[i], step))
    return found


def _closings(
    rolls: Mapping[str, Roll], rules: Rules, on: date, problems: Problems
) -> list[tuple[str, str, Json]]:
    roll = rolls.get("closings", _NONE)
    found = []
    for i in range(len(roll)):
        dated = _dated(roll, i, on, problems)
        reason = meant(roll.column("reason")[i], rules.reasons.words)
        evidence = roll.column("evidence")[i].lower()
        if not reason:
            told = "、".join(word.zh for word in rules.reasons.words.values())
            problems.add(roll.at(i, "reason"), f"理由应为 {told}", f"a reason must be one of {told}", _FIX)
        if not is_evidence(evidence):
            problems.add(
                roll.at(i, "evidence"),
                "销号须有佐证材料的 SHA-256 摘要",
                "closing needs the SHA-256 of its evidence",
                _FIX,
            )
        elif dated and reason:
            step = {"action": "close", "dated": dated, "reason": reason, "evidence": evidence}
            found.append((roll.at(i), roll.column("entry")[i], step))
    return found


def _dated(roll: Roll, i: int, on: date, problems: Problems) -> str:
    dated = day_text(roll.column("dated")[i])
    if not dated:
        problems.add(roll.at(i, "dated"), "没有日期或读不懂", "no day, or none that can be read", _FIX)
    elif dated > on.isoformat():
        problems.add(roll.at(i, "dated"), "日期晚于比对日", "the day lies after that of the comparison", _FIX)
        return ""
    return dated
