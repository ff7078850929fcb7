"""Which problem is planned and which only audited; every outcome is checked before it is given."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, problem_hash
from junheng.planning.zone.audit import audit_today
from junheng.planning.zone.check import check as check_plan
from junheng.planning.zone.check_audit import COMPUTED, check_audit

if TYPE_CHECKING:
    from junheng.planning.step import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: Event | None = None,
) -> Json:
    """The zones of ``problem``, or the audit of today's where its mode is audit (nothing is searched then).

    Raises RuntimeError where the outcome does not pass its check: a fault of the program, not of the user.
    """
    if problem["mode"] != "audit":
        from junheng.planning.zone.solution import solve as search

        return search(problem, gap=gap, seconds=seconds, watch=watch, stop=stop)
    outcome = _audited(problem)
    if wrong := check_audit(problem, outcome):
        raise RuntimeError(f"the audit does not pass its check: {'; '.join(line.en for line in wrong)}")
    return outcome


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome of another problem is wrong."""
    if problem["mode"] == "audit":
        return check_audit(problem, outcome)
    return check_plan(problem, outcome)


def _audited(problem: Json) -> Json:
    found = audit_today(problem)
    return {
        "format": FORMAT,
        "kind": "zone",
        "mode": "audit",
        "problem_hash": problem_hash(problem),
        "status": COMPUTED,
        "objective": {},
        "bound": {},
        "audit": found,
        "moved": [],
        "reasons": [],
    }
