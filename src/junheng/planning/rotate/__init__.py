"""Rotation of teachers: who goes where, so that shares hold and schools become more alike.

A frozen problem → `solve` → a frozen outcome → `check`, which knows no solver.
"""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from junheng.planning.rotate.check import check
from junheng.planning.rotate.reading import read_problem
from junheng.planning.rotate.summary import summary
from junheng.planning.rotate.telling import tables

if TYPE_CHECKING:
    from junheng.planning.solver import Step


def solve(
    problem: Mapping[str, Any],
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> dict[str, Any]:
    """The best rotation found, with its bound; see `solution.solve`. The solver is loaded when it is asked for.

    Raises RuntimeError when a plan does not pass `check` – a fault of the program, never of the input.
    """
    from junheng.planning.rotate.solution import solve as run

    return run(problem, gap=gap, seconds=seconds, watch=watch, stop=stop)


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
