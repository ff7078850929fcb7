"""Investment plans: what to buy, hire, train and build to reach the standard at least cost.

The door opens a room when something in it is asked for: who checks a plan loads neither the solver nor the readers.
"""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door
from junheng.planning.invest.check import check  # at once: the room bears the name of what it holds

if TYPE_CHECKING:
    from junheng.planning.invest.planned import base_rows, planned_state
    from junheng.planning.invest.reading import read_problem, write_problem_templates
    from junheng.planning.invest.solution import solve
    from junheng.planning.invest.telling import summary
    from junheng.planning.invest.telling_tables import tables

_ROOMS = {
    "base_rows": "planned",
    "read_problem": "reading",
    "write_problem_templates": "reading",
    "solve": "solution",
    "tables": "telling_tables",
    "summary": "telling",
    "planned_state": "planned",
}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _ROOMS)


__all__ = [
    "base_rows",
    "check",
    "planned_state",
    "read_problem",
    "solve",
    "summary",
    "tables",
    "write_problem_templates",
]
