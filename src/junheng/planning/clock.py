"""How long a search may still take, whether somebody wants it to end, and who hears how far it has come."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

from junheng.planning.step import Step


@dataclass
class Clock:
    """``gap``: how near the bound is near enough; ``seconds`` of wall time from now; ``stop`` ends at once.

    ``least``: seconds that a step is given, however late it is.
    """

    gap: float = 1e-4
    seconds: float = 60.0
    watch: Callable[[Step], None] | None = None
    stop: threading.Event | None = None
    least: float = 0.0
    started: float = field(default_factory=time.monotonic)

    @property
    def _used(self) -> float:
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds left, never less than ``least``."""
        return max(self.least, self.seconds - self._used)

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked for the end."""
        return self.stop is not None and self.stop.is_set()

    def is_over(self) -> bool:
        """Whether to end with what there is."""
        return self.is_stopped or self._used >= self.seconds

    def part(self, share: float) -> Self:
        """A clock for ``share`` of what is left."""
        return replace(self, seconds=self.left * share, started=time.monotonic())

    def tell(self, best: float | None, bound: float) -> None:
        """Let whoever watches know; ``best`` is None while there is nothing yet."""
        if self.watch is not None:
            gap = float("inf") if best is None else abs(best - bound) / max(abs(best), 1.0)
            self.watch(Step(self._used, best, bound, gap))
