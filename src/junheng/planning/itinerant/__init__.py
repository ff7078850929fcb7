"""Itinerant teachers 走教 and shared lessons 同步课堂: fewest lessons untaught, then the least way.

What reads and solves is loaded when it is called: who only checks an outcome never meets the solver. ``check`` comes
at once, for a module of that name would else take the place of the function.
"""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door
from junheng.planning.itinerant.check import check

if TYPE_CHECKING:
    from junheng.planning.itinerant.problem import read_problem
    from junheng.planning.itinerant.solution import solve
    from junheng.planning.itinerant.summing_up import summary
    from junheng.planning.itinerant.telling import tables
else:
    _HOMES = {"read_problem": "problem", "solve": "solution", "summary": "summing_up", "tables": "telling"}
    __getattr__ = lazy_door(__name__, _HOMES)


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
