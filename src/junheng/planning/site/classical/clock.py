"""When a search must end: the time limit, or whoever watches asks."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from junheng.planning.step import Step


@dataclass
class Clock:
    """``gap``: how near the bound is near enough; ``seconds`` of wall time; ``stop`` ends at once."""

    gap: float = 1e-4
    seconds: float = 60.0
    watch: Callable[[Step], None] | None = None
    stop: threading.Event | None = None
    _started: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds left, at least a moment."""
        return max(0.1, self.seconds - (time.monotonic() - self._started))

    def is_over(self) -> bool:
        """Whether to end with what there is."""
        return self.is_stopped() or time.monotonic() - self._started >= self.seconds

    def is_stopped(self) -> bool:
        """Whether somebody asked to end."""
        return self.stop is not None and self.stop.is_set()

    def tell(self, best: float, bound: float) -> None:
        """Say how far the search has come."""
        if self.watch is not None:
            gap = abs(best - bound) / max(abs(best), 1e-9)
            self.watch(Step(time.monotonic() - self._started, best, bound, gap))
