"""学校撤并: duties as a checklist with evidence, states that cannot be skipped, where the pupils go."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

    def __getattr__(name: str) -> Any:
        """A name of ``__all__``, from the room it is at home in."""
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
        return found


__all__ = ["check", "maps", "read_problem", "solve", "summary", "tables", "walking"]
