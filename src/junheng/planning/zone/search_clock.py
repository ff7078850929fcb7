"""The clock of a zoning search, and the models solved within its time."""

from junheng.planning.clock import Clock
from junheng.planning.solver import Solved
from junheng.planning.zone.model_program import Program


class ZoneClock(Clock):
    """A clock that solves models in the time left."""

    def relaxed(self, model: Program) -> Solved:
        """Without whole numbers, with prices."""
        return model.block.solve(relaxed=True, seconds=self.left, stop=self.stop)

    def whole(self, model: Program, gap: float, start: object = None) -> Solved:
        """In whole blocks. ``start``: values to begin from."""
        return model.block.solve(gap=gap, seconds=self.left, start=start, stop=self.stop)  # type: ignore[arg-type] # an array or None
