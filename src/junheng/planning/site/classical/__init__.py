"""Location models of the literature: p-median, p-centre, set and maximal covering, capacitated.

``problem["model"]`` names one. What reads and solves is loaded when it is called: who only checks never meets the solver.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text
from junheng.planning.site.classical.check import check

if TYPE_CHECKING:
    from junheng.planning.step import Step
    from junheng.planning.tables import Table

Json = dict[str, Any]


def read_problem(path: Path) -> Json:
    """The frozen problem of a YAML file. Raises UserError with every fault found."""
    from junheng.planning.site.classical.reading.problem import read_problem as read

    return read(path)


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome, already checked; on ``stop`` or when the time is up the best plan found, with its gap."""
    from junheng.planning.site.classical.solution import solve as run

    return run(problem, gap=gap, seconds=seconds, watch=watch, stop=stop)


def tables(problem: Json, outcome: Json) -> "tuple[Table, ...]":
    """Open sites, who is served from where, what the prices say, the proof, who could not be told."""
    from junheng.planning.site.classical.telling_tables import tables as told

    return told(problem, outcome)


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """The plan, its proof, what it means on the ground, in a few sentences."""
    from junheng.planning.site.classical.telling import summary as said

    return said(problem, outcome)


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
