"""Subgradient steps: how far and where to, shorter when steps no longer help."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
_PATIENCE, _SHRINK, _SMALLEST = 12, 0.7, 0.004
_FIRST_STEP, _TURN = 1.2, 0.3  # of the step; share of the last direction in the next (Crowder 1976)


@dataclass
class Climb:
    """The best ``prices`` so far with their ``value``; ``step`` is the share of the room to go (Polyak)."""

    prices: Doubles
    value: float = -np.inf
    step: float = _FIRST_STEP
    idle: int = 0
    direction: Doubles | float = 0.0

    @property
    def is_spent(self) -> bool:
        """Whether steps have become too short to matter."""
        return self.step < _SMALLEST

    def saw(self, value: float, prices: Doubles) -> None:
        """Keep ``prices`` when they are worth more."""
        if not value > self.value:
            self.idle += 1
            return
        is_much = not np.isfinite(self.value) or value > self.value + 1e-4 * abs(self.value)
        self.idle = 0 if is_much else self.idle + 1
        self.value, self.prices = value, prices.copy()

    def next(self, prices: Doubles, lacking: Doubles, room: float) -> Doubles:
        """One step along ``lacking`` (what each row wants) from ``prices``: from the best again where steps stopped helping."""
        if self.idle >= _PATIENCE:
            self.step, self.idle, self.direction = self.step * _SHRINK, 0, 0.0
            return self.prices.copy()
        self.direction = _TURN * self.direction + lacking
        norm = float(np.sum(self.direction * self.direction))
        if norm < 1e-9:
            self.step = 0.0
            return prices
        found: Doubles = prices + self.step * room / norm * self.direction
        return found
