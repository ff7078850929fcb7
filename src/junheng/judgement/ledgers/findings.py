"""Findings and hazards: found, published, mended, reviewed – and closed only with what proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from junheng.basics import Text
from junheng.data.books import Book, Fault, Place, Record
from junheng.judgement.ledgers.definition import Ledger, Severity
from junheng.judgement.ledgers.records import unknown_school
from junheng.judgement.ledgers.schools import LedgerSchool

State = Literal["open", "overdue", "to_review", "returned", "closed", "cannot_tell"]

STATE_NAMES: dict[State, Text] = {
    "open": Text("整改中", "being mended"),
    "overdue": Text("逾期未整改", "overdue"),
    "to_review": Text("待复查", "waiting for review"),
    "returned": Text("复查退回", "returned"),
    "closed": Text("已销号", "closed"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """A finding with its state on the day asked about. ``late_days``: days past its term, 0 when in time."""

    number: str
    school_id: str
    item: str
    what: str
    severity: Severity
    found_on: date
    due_on: date | None
    mended_on: date | None
    reviewed_on: date | None
    state: State
    late_days: int
    reason: Text
    place: Place


def findings(
    book: Book, ledger: Ledger, schools: Mapping[str, LedgerSchool], on: date
) -> tuple[list[FindingEntry], list[Fault]]:
    """Every finding found by ``on``, with its state; and the faults: doubled numbers, days in the wrong order."""
    faults: list[Fault] = []
    seen: dict[str, Place] = {}
    told = []
    for row in book.rows("finding"):
        number = row.cell("number")
        if number in seen:
            faults.append(_doubled(row, seen[number]))
            continue
        seen[number] = row.place
        if row.cell("school_id") not in schools:
            faults.append(unknown_school(row, "finding"))
        elif row.cell("found_on") and _day(row, "found_on") <= on:
            faults += _disorder(row)
            told.append(_finding(row, ledger, on))
    return told, faults


def _day(row: Record, column: str) -> date:
    return date.fromisoformat(row.cell(column))


def _maybe(row: Record, column: str, on: date) -> date | None:
    """The day of a step that had been taken by ``on``."""
    found = date.fromisoformat(row.cell(column)) if row.cell(column) else None
    return found if found is not None and found <= on else None


def _finding(row: Record, ledger: Ledger, on: date) -> FindingEntry:
    severity: Severity = row.cell("severity") or "general"  # type: ignore[assignment] # the form allows no other
    found, mended, reviewed = (
        _day(row, "found_on"),
        _maybe(row, "mended_on", on),
        _maybe(row, "reviewed_on", on),
    )
    due = _due(row, ledger, severity, found)
    state, reason = _state(row, ledger, (mended, reviewed, due), on)
    late = max(0, ((mended or on) - due).days) if due is not None else 0
    return FindingEntry(
        row.cell("number"),
        row.cell("school_id"),
        row.cell("item"),
        row.cell("what"),
        severity,
        found,
        due,
        mended,
        reviewed,
        state,
        late,
        reason,
        row.place,
    )


def _due(row: Record, ledger: Ledger, severity: Severity, found: date) -> date | None:
    if row.cell("due_on"):
        return _day(row, "due_on")
    days = ledger.due_days.get(severity)
    return None if days is None else found + timedelta(days=days)


def _state(
    row: Record, ledger: Ledger, days: tuple[date | None, date | None, date | None], on: date
) -> tuple[State, Text]:
    mended, reviewed, due = days
    late = due is not None and due < on
    if reviewed is None:
        if mended is not None:
            return "to_review", Text(f"{mended} 报告整改完成", f"reported mended on {mended}")
        return ("overdue" if late else "open"), Text(f"期限 {due or '未定'}", f"due {due or 'not set'}")
    if row.cell("result") == "returned":
        return "returned", Text(f"{reviewed} 复查退回", f"returned on {reviewed}")
    lacking = _lacking(row, ledger, mended)
    if lacking:
        names = "、".join(word.zh for word in lacking)
        return "cannot_tell", Text(f"缺{names}，不能销号", f"cannot be closed without {lacking[0].en}")
    return "closed", Text(f"{reviewed} 复查通过", f"passed on {reviewed}")


def _lacking(row: Record, ledger: Ledger, mended: date | None) -> Sequence[Text]:
    """What a finding needs before it may be closed."""
    needed = [
        (mended is None, Text("整改日期", "the day it was mended")),
        (row.cell("result") != "passed", Text("复查结论", "the review's result")),
        (not row.cell("reviewed_by"), Text("复查人", "who reviewed it")),
        (not row.cell("after_photo"), Text("整改后照片或佐证", "a photo or evidence after")),
        (ledger.photos and not row.cell("before_photo"), Text("整改前照片", "a photo before")),
    ]
    return [words for is_lacking, words in needed if is_lacking]


def _doubled(row: Record, first: Place) -> Fault:
    number = row.cell("number")
    return Fault(
        "finding.number.doubled",
        row.at("number"),
        Text(f"编号 {number} 出现两次（另一处 {first}）", f"number {number} occurs twice (also {first})"),
        Text("每个问题一个编号；后一条没有读入", "one number a finding; the later row was not read"),
    )


def _disorder(row: Record) -> list[Fault]:
    """Steps that precede the step before them."""
    steps = [(name, row.cell(name)) for name in ("found_on", "mended_on", "reviewed_on") if row.cell(name)]
    return [
        Fault(
            f"finding.{later}.before",
            row.at(later),
            Text(f"{second} 早于前一步的 {first}", f"{second} is before the step before it, {first}"),
            Text("请核对日期", "check the days"),
        )
        for (_, first), (later, second) in pairwise(steps)
        if second < first
    ]
