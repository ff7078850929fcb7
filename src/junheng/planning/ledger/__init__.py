"""学位建设项目台账: promised and delivered, what a seat and a square metre cost, totals reproduced."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from junheng.planning.ledger.check import check  # at once: the room bears the name of what it holds

if TYPE_CHECKING:
    from junheng.planning.ledger.problem import read_problem
    from junheng.planning.ledger.solution import solve
    from junheng.planning.ledger.telling import summary
    from junheng.planning.ledger.telling_tables import tables

_ROOMS = {"read_problem": "problem", "solve": "solution", "tables": "telling_tables", "summary": "telling"}

if not TYPE_CHECKING:  # a type checker would take every name for granted

    def __getattr__(name: str) -> Any:
        """A name of ``__all__``, from the room it is at home in."""
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
        return found


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
