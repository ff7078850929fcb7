"""What to do about it: money, rotation, posts, itinerant teachers, groups – each plan with its proof.

Frozen problem → pure function → frozen outcome → independent check. A kind is loaded when it is asked for.
"""

from junheng.planning.folder import altered_files, is_plan, plans_in, read_plan, seal_plan, write_plan
from junheng.planning.frozen import FORMAT, exact, number, problem_hash
from junheng.planning.kinds import KINDS, Kind, kind_of
from junheng.planning.step import Step
from junheng.planning.tables import Cell, Column, Table

__all__ = [
    "FORMAT",
    "KINDS",
    "Cell",
    "Column",
    "Kind",
    "Step",
    "Table",
    "altered_files",
    "exact",
    "is_plan",
    "kind_of",
    "number",
    "plans_in",
    "problem_hash",
    "read_plan",
    "seal_plan",
    "write_plan",
]
