"""The figures of a ledger, computed and checked; nothing is searched."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from junheng.planning.frozen import FORMAT, Json, problem_hash
from junheng.planning.ledger.check import check
from junheng.planning.ledger.figures import (
    batch_rows,
    claim_rows,
    origin_rows,
    project_rows,
    spreads,
    total_rows,
)

if TYPE_CHECKING:
    from junheng.planning.step import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome: unit costs and outliers, sums by batch and source, published totals and figures recomputed.

    The keywords are those of every kind; nothing is searched. Raises RuntimeError where the check would not pass.
    """
    found, batches = spreads(problem), batch_rows(problem)
    outcome: Json = {
        "format": FORMAT,
        "kind": "ledger",
        "problem_hash": problem_hash(problem),
        "status": "computed",
        "objective": {"projects": len(problem["projects"])},
        "spreads": found,
        "projects": project_rows(problem, found),
        "batches": batches,
        "origins": origin_rows(problem),
        "totals": total_rows(problem, batches),
        "claims": claim_rows(problem),
    }
    if wrong := check(problem, outcome):
        raise RuntimeError("the outcome fails its own check: " + "; ".join(line.en for line in wrong[:5]))
    return outcome
