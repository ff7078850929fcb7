"""Dated targets – three-year plans, principals' targets, recognition – met early, on time or late."""

from datetime import date, timedelta
from typing import Any

from junheng.judgement.scoring.problem import Problem, Row

EARLY, ON_TIME, LATE, OVERDUE, PENDING, UNKNOWN = "early", "on_time", "late", "overdue", "pending", "unknown"
AWARDED = (EARLY, ON_TIME)


def target_state(due: date | None, achieved: date | None, on: date, early_days: int) -> str:
    """Where a target stands on ``on``: what is met on its day is on time, ``early_days`` before it early.

    A target met after ``on`` is not met yet. Without a day that it is due nothing can be said.
    """
    if due is None:
        return UNKNOWN
    if achieved is None or achieved > on:
        return OVERDUE if on > due else PENDING
    if achieved > due:
        return LATE
    return EARLY if achieved <= due - timedelta(days=early_days) else ON_TIME


def judge_targets(problem: Problem) -> list[dict[str, Any]]:
    """Every target with its state, whether it earns the award, and the row it comes from."""
    return [_told(row, problem) for row in problem.targets if row.cell("subject")]


def _told(row: Row, problem: Problem) -> dict[str, Any]:
    state = target_state(row.day("due_on"), row.day("achieved_on"), problem.on, problem.system.early_days)
    named = ("subject", "kind", "title", "owner", "due_on", "achieved_on", "evidence")
    return {
        **{name: row.cell(name) for name in named},
        "name": problem.name_of(row.cell("subject")),
        "state": state,
        "is_awarded": state in AWARDED,
        "where": row.where,
    }
