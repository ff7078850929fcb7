"""How long a search may still take, and whether somebody wants it to end."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from junheng.planning.solver import Step


@dataclass
class Clock:
    """``gap``: relative distance to the bound at which to be content."""

    gap: float
    seconds: float
    watch: Callable[[Step], None] | None = None
    stop: threading.Event | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked for the end."""
        return self.stop is not None and self.stop.is_set()

    def is_over(self) -> bool:
        """Whether the search must end now."""
        return self.is_stopped or self.left <= 0

    def part(self, share: float) -> "Clock":
        """A clock for ``share`` of what is left."""
        return Clock(self.gap, self.left * share, self.watch, self.stop)

    def tell(self, best: float, bound: float) -> None:
        """Let whoever watches know (yuan)."""
        if self.watch is not None:
            gap = (best - bound) / max(abs(best), 1.0)
            self.watch(Step(time.monotonic() - self.started, best, bound, gap))
