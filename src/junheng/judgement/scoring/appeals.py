"""Appeals: open, upheld, rejected or withdrawn; only what was upheld in time changes a score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.data.books import Fault
from junheng.judgement.scoring.faulted import row_fault
from junheng.judgement.scoring.problem import Problem, Row
from junheng.judgement.scoring.values import Key

OPEN, UPHELD = "filed", "upheld"


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal. ``is_taken``: it stands; refused ones (after sign-off, out of order) change nothing."""

    row: Row
    key: Key
    state: str
    points: Fraction | None
    is_taken: bool

    def as_json(self) -> dict[str, Any]:
        """The appeal as the outcome tells it."""
        told = {name: self.row.cell(name) for name in ("id", "ground", "filed_on", "decided_on")}
        named = dict(zip(("subject", "round", "item"), self.key, strict=True))
        points = None if self.points is None else str(self.points)
        return {
            **told,
            **named,
            "state": self.state,
            "points": points,
            "is_taken": self.is_taken,
            "where": self.row.where,
        }


def judge_appeals(
    problem: Problem, signed: Mapping[tuple[str, str], date]
) -> tuple[list[Appeal], list[Fault]]:
    """Every appeal, and what is wrong with those that are not taken.

    ``signed``: subject and round → the day its sign-off was complete; an appeal filed later comes too late.
    """
    appeals, faults = [], []
    for row in problem.appeals:
        key = (row.cell("subject"), row.cell("round"), row.cell("item"))
        points = Fraction(row.cell("points")) if row.cell("points") else None
        wrong = _wrong(row, key, points, problem, signed)
        appeals.append(Appeal(row, key, row.cell("state"), points, wrong is None))
        faults += [wrong] if wrong is not None else []
    twice = _second_decisions(appeals)
    faults += [
        row_fault(
            "appeals.twice", appeal.row,
            Text("同一项有不止一次成立的申诉，都不采用", "more than one appeal on the item was upheld: none is taken"),
            Text("请只保留最后的决定", "keep the last decision only"),
        )
        for appeal in twice
    ]  # fmt: skip
    return [Appeal(a.row, a.key, a.state, a.points, a.is_taken and a not in twice) for a in appeals], faults


def _wrong(
    row: Row, key: Key, points: Fraction | None, problem: Problem, signed: Mapping[tuple[str, str], date]
) -> Fault | None:
    filed, decided, item = row.day("filed_on"), row.day("decided_on"), problem.system.item(key[2])
    if not all(key) or filed is None or not row.cell("state") or item is None:
        what = Text("申诉没有写全", "the appeal is not complete")
        return row_fault("appeals.blank", row, what, Text("请补填后再计", "fill it in"))
    closed = signed.get(key[:2])
    if closed is not None and filed > closed:
        what = Text(
            f"签字（{closed}）以后提出的申诉，不受理", f"filed after the sign-off of {closed}: not taken"
        )
        return row_fault(
            "appeals.after_sign_off",
            row,
            what,
            Text("签字作废后才能申诉", "only once the sign-off is revoked"),
        )
    if decided is not None and decided < filed:
        what = Text("决定日期早于提出日期", "decided before it was filed")
        return row_fault("appeals.order", row, what, Text("请核对日期", "check the days"))
    if row.cell("state") == UPHELD and (points is None or not 0 <= points <= item.points):
        what = Text("申诉成立，但没有合用的复核得分", "upheld without points that fit")
        return row_fault("appeals.points", row, what, Text("填写复核得分", "give the item's new points"))
    return None


def _second_decisions(appeals: Iterable[Appeal]) -> list[Appeal]:
    upheld = [appeal for appeal in appeals if appeal.is_taken and appeal.state == UPHELD]
    keys = [appeal.key for appeal in upheld]
    return [appeal for appeal in upheld if keys.count(appeal.key) > 1]
