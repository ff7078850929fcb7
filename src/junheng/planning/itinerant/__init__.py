"""Itinerant teachers 走教 and shared lessons 同步课堂: fewest lessons untaught, then the least way.

What reads and solves is loaded when it is called: who only checks an outcome never meets the solver. ``check`` comes
at once, for a module of that name would else take the place of the function.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from junheng.planning.itinerant.check import check

if TYPE_CHECKING:
    from junheng.planning.itinerant.problem import read_problem
    from junheng.planning.itinerant.solution import solve
    from junheng.planning.itinerant.summing_up import summary
    from junheng.planning.itinerant.telling import tables
else:
    _HOMES = {"read_problem": "problem", "solve": "solution", "summary": "summing_up", "tables": "telling"}

    def __getattr__(name: str) -> Any:
        """A name of ``__all__``, from the module it is at home in."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
