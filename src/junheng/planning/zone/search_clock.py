"""The clock, the listener and the wish to stop of one search."""

import threading
import time
from collections.abc import Callable

from junheng.planning.solver import Solved, Step
from junheng.planning.zone.model_program import Program

_LEAST_SECONDS = 0.1


class Clock:
    """``seconds`` from now on; ``watch`` hears of progress, ``stop`` ends it."""

    def __init__(
        self, seconds: float, watch: Callable[[Step], None] | None = None, stop: threading.Event | None = None
    ) -> None:
        self._watch, self._stop = watch, stop
        self._begun = time.monotonic()
        self._end = self._begun + seconds

    @property
    def left(self) -> float:
        """Seconds still to be used."""
        return max(self._end - time.monotonic(), _LEAST_SECONDS)

    @property
    def is_stopped(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop is not None and self._stop.is_set()

    def is_over(self) -> bool:
        """Whether the time is out or a stop was asked for."""
        return self.is_stopped or time.monotonic() >= self._end

    def tell(self, incumbent: float | None, bound: float) -> None:
        """Say how far the search has come."""
        if self._watch is not None:
            gap = float("inf") if incumbent is None else (incumbent - bound) / max(abs(incumbent), 1.0)
            self._watch(Step(time.monotonic() - self._begun, incumbent, bound, gap))

    def part(self, share: float) -> "Clock":
        """A search within this one that takes a share of the time left."""
        return Clock(self.left * share, self._watch, self._stop)

    def relaxed(self, model: Program) -> Solved:
        """Without whole numbers, with prices."""
        return model.block.solve(relaxed=True, seconds=self.left, stop=self._stop)

    def whole(self, model: Program, gap: float, start: object = None) -> Solved:
        """In whole blocks. ``start``: values to begin from."""
        return model.block.solve(gap=gap, seconds=self.left, start=start, stop=self._stop)  # type: ignore[arg-type] # an array or None
