"""学校撤并: duties as a checklist with evidence, states that cannot be skipped, where the pupils go."""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door
from junheng.planning.merge.check import check  # at once: the room bears the name of what it holds

if TYPE_CHECKING:
    from junheng.planning.merge.problem import read_problem
    from junheng.planning.merge.solution import solve
    from junheng.planning.merge.telling import summary
    from junheng.planning.merge.telling_maps import maps
    from junheng.planning.merge.telling_tables import tables
    from junheng.planning.merge.walking import walking

_ROOMS = {
    "read_problem": "problem",
    "solve": "solution",
    "tables": "telling_tables",
    "summary": "telling",
    "maps": "telling_maps",
    "walking": "walking",
}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _ROOMS)


__all__ = ["check", "maps", "read_problem", "solve", "summary", "tables", "walking"]
