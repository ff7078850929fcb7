"""Ledgers that another program keeps between two comparisons: read, continued, stepped on, counted.

The table of states, the clocks and what each view may show stay those of this room.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from junheng.basics import Text, UserError
from junheng.enrolment.comparisons import HOUSEHOLD, REGISTER
from junheng.enrolment.entry import CLOSED, Entry, entry_of
from junheng.enrolment.ledgers import file_dropouts
from junheng.enrolment.problems import Problems
from junheng.enrolment.rules import Rules
from junheng.enrolment.steps import is_evidence, take
from junheng.enrolment.views import FULL, public_tables, tables_of

_NUMBER = re.compile(r"[A-Z]\d{4}-\d{5,12}")
_PRIORITIES = frozenset({"yes", "no", "to_check", "unknown"})
Json = dict[str, Any]
_FIX = Text(
    "请上传比对结果 full 文件夹里的 ledgers.json", "give ledgers.json of the folder full of the comparison"
)


def read_standing(content: bytes, rules: Rules) -> tuple[date, list[Json]]:
    """The day and the entries of a full ledger (``full/ledgers.json``). Raises UserError, which names no child."""
    try:
        found = json.loads(content, parse_constant=_refused_number)
        on, entries = date.fromisoformat(found["on"]), [_checked(one, rules) for one in found["entries"]]
        is_full = found["view"] == FULL
        if b"\\u0000" in content:
            raise ValueError("U+0000")  # no text of a database holds it
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(Text("不是比对结果的台账", "not the ledger of a comparison"), fix=_FIX) from error
    numbers = [one["number"] for one in entries]
    if not is_full:
        raise UserError(Text("这不是全部信息视图", "this is not the full view"), fix=_FIX)
    if len(set(numbers)) < len(numbers):
        raise UserError(Text("台账编号重复", "a number occurs twice"), fix=_FIX)
    return on, entries


def _checked(found: Mapping[str, Any], rules: Rules) -> Json:
    """The entry as this room writes it. Raises KeyError, TypeError or ValueError for what is none."""
    entry = entry_of(found)
    texts = (entry.number, entry.place, entry.status, entry.reason, entry.evidence, *entry.focus)
    fits = (
        all(isinstance(text, str) for text in texts),
        entry.ledger in rules.ledgers.kinds and entry.table in (HOUSEHOLD, REGISTER),
        entry.state in rules.states.names and entry.priority in _PRIORITIES,
        all(group in rules.focus.words for group in entry.focus),
        _NUMBER.fullmatch(entry.number) is not None,
        entry.near is None or {"place", "score", "parts"} <= set(entry.near),
        entry.state != CLOSED or (entry.reason in rules.reasons.words and is_evidence(entry.evidence)),
        _in_order(entry, rules),
    )
    if not all(fits):
        raise ValueError(fits.index(False))
    return entry.json(rules, date.fromisoformat(entry.opened))


def _in_order(entry: Entry, rules: Rules) -> bool:
    """Whether every step is one of the table's, and none before the one before it."""
    known = {step.action for step in rules.states.steps}
    days = [date.fromisoformat(day) for day in (entry.opened, *(step["dated"] for step in entry.steps))]
    return days == sorted(days) and all(step["action"] in known for step in entry.steps)


def _refused_number(_: str) -> None:
    raise ValueError("no number of JSON (RFC 8259, 6)")


def left_behind(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[str]:
    """Numbers of ``before`` that ``after`` does not continue: absent, or without the steps taken since."""
    later = {one["number"]: one for one in after}
    return [
        old["number"]
        for old in before
        if old["number"] not in later
        or later[old["number"]]["key"] != old["key"]
        or later[old["number"]]["steps"][: len(old["steps"])] != old["steps"]
    ]


def standing_json(entries: Sequence[Json], on: date) -> bytes:
    """The full ledger as ``enrolment match --previous`` reads it."""
    content = {"view": FULL, "on": on.isoformat(), "entries": list(entries)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_of(found: Mapping[str, Any], rules: Rules, on: date) -> Json:
    """The entry with due day and lateness as of a day."""
    return entry_of(found).json(rules, on)


def visit_step(word: str, dated: date, visitor: str, rules: Rules) -> Json:
    """The step that a visit's result means. Raises UserError for a word that the rules do not know."""
    action = next((key for key, words in rules.findings.words.items() if word in words), None)
    if action is None:
        raise UserError(Text("走访结果不在名目内", "no such result of a visit"))
    return {"action": action, "dated": dated.isoformat(), "visitor": visitor}


def close_step(reason: str, dated: date, evidence: str, rules: Rules) -> Json:
    """The step of a closing. Raises UserError for an unknown reason, and without the SHA-256 of what proves it."""
    if reason not in rules.reasons.words:
        raise UserError(Text("销号理由不在名目内", "no such reason"))
    if not is_evidence(evidence):
        raise UserError(Text("销号须有佐证材料的 SHA-256 摘要", "closing needs the SHA-256 of its evidence"))
    return {"action": "close", "dated": dated.isoformat(), "reason": reason, "evidence": evidence}


def stepped(found: Mapping[str, Any], step: Json, rules: Rules, on: date) -> Json:
    """The entry after a step. Raises UserError where the table of states or the order of days forbids it."""
    entry: Entry = entry_of(found)
    problems = Problems()
    if step["dated"] > on.isoformat():
        raise UserError(Text("日期在今天之后", "the day is after today"))
    take(entry, step, entry.number, rules, problems)
    for problem in problems.listed():
        raise UserError(problem.what, where=entry.number)
    file_dropouts({entry.number: entry})
    return entry.json(rules, on)


def allowed_actions(found: Mapping[str, Any], rules: Rules) -> frozenset[str]:
    """The actions that the table of states offers an entry now."""
    return frozenset(step.action for step in rules.states.steps if found["state"] in step.from_)


def standing_counts(entries: Sequence[Mapping[str, Any]], rules: Rules) -> Json:
    """Every count of the ledgers without small cells: what leaves the office. ``entries`` as of the day asked."""
    return public_tables(tables_of(entries, {}), rules.privacy.small_cell)
