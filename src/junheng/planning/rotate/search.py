"""The clock, the listener and the wish to stop of one search."""

import threading
import time
from collections.abc import Callable

from junheng.planning.rotate.model import Flows
from junheng.planning.solver import Solved, Step

_LEAST_SECONDS = 0.1


class Search:
    """``seconds`` by the clock from now on; ``watch`` hears of progress, ``stop`` ends it."""

    def __init__(
        self, seconds: float, watch: Callable[[Step], None] | None = None, stop: threading.Event | None = None
    ) -> None:
        self._watch, self._stop = watch, stop
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds still to be used."""
        return max(self._end - time.monotonic(), _LEAST_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether the time is out or a stop was asked for."""
        return time.monotonic() >= self._end or (self._stop is not None and self._stop.is_set())

    def relaxed(self, flows: Flows) -> Solved:
        """Without whole numbers, with prices."""
        return flows.block.solve(relaxed=True, seconds=self.left, stop=self._stop)

    def whole(self, flows: Flows, gap: float) -> Solved:
        """In whole persons."""
        return flows.block.solve(gap=gap, seconds=self.left, watch=self._watch, stop=self._stop)

    def part(self, seconds: float) -> "Search":
        """A search of its own length within this one, at least ``seconds``."""
        return Search(max(self.left, seconds), self._watch, self._stop)
