"""学位建设项目台账: promised and delivered, what a seat and a square metre cost, totals reproduced."""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door
from junheng.planning.ledger.check import check  # at once: the room bears the name of what it holds

if TYPE_CHECKING:
    from junheng.planning.ledger.problem import read_problem
    from junheng.planning.ledger.solution import solve
    from junheng.planning.ledger.telling import summary
    from junheng.planning.ledger.telling_tables import tables

_ROOMS = {"read_problem": "problem", "solve": "solution", "tables": "telling_tables", "summary": "telling"}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _ROOMS)


__all__ = ["check", "read_problem", "solve", "summary", "tables"]
