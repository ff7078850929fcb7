"""The time of one search, shared among its steps, and what cut it short."""

import threading
import time
from collections.abc import Callable
from typing import Any

from junheng.planning.solver import Block, Solved, Step

_LEAST_SECONDS = 1.0  # for the last steps, however late it is: they take milliseconds


class Clock:
    """Runs the steps of a search. ``ended`` says what cut a step short: "interrupted", "time_limit" or ""."""

    def __init__(
        self, seconds: float, gap: float, watch: Callable[[Step], None] | None, stop: threading.Event | None
    ) -> None:
        self.gap, self.watch, self.stop = gap, watch, stop
        self.ended = ""
        self._until = time.monotonic() + seconds

    def seconds(self, portion: float = 1.0) -> float:
        """Seconds that a step may take: a portion of what is left."""
        return max(_LEAST_SECONDS, portion * (self._until - time.monotonic()))

    def run(self, block: Block, *, portion: float = 1.0, gap: float = 0.0, start: Any = None) -> Solved:
        """Solve a step. Raises RuntimeError where the solver fails: every model here has a solution."""
        solved = block.solve(
            gap=gap, seconds=self.seconds(portion), start=start, watch=self.watch, stop=self.stop
        )
        if solved.status in ("failed", "unbounded", "infeasible"):
            raise RuntimeError(f"the solver ended with {solved.status}")
        if solved.status != "optimal" and self.ended != "interrupted":
            self.ended = "interrupted" if solved.status == "interrupted" else "time_limit"
        return solved
