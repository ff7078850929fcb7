"""What to do about it: money, rotation, posts, itinerant teachers, groups – each plan with its proof.

Frozen problem → pure function → frozen outcome → independent check. A kind is loaded when it is asked for.
"""

from junheng.planning.folder import (
    altered_files,
    file_changes,
    is_plan,
    plans_in,
    read_plan,
    seal_plan,
    write_plan,
)
from junheng.planning.frozen import FORMAT, exact, number, problem_hash
from junheng.planning.kinds import KINDS, Kind, kind_of
from junheng.planning.many import Outcome, solve_many
from junheng.planning.map_layers import (
    MapArea,
    MapFlow,
    MapGroup,
    MapLayers,
    MapPlace,
    Number,
    Ring,
    with_rings,
)
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.step import Step
from junheng.planning.tables import Cell, Column, Table

__all__ = [
    "FORMAT",
    "KINDS",
    "Cell",
    "Column",
    "Kind",
    "MapArea",
    "MapFlow",
    "MapGroup",
    "MapLayers",
    "MapPlace",
    "Number",
    "Outcome",
    "Ring",
    "Step",
    "Table",
    "altered_files",
    "exact",
    "file_changes",
    "is_plan",
    "kind_of",
    "number",
    "plans_in",
    "problem_hash",
    "read_plain_mapping",
    "read_plan",
    "seal_plan",
    "solve_many",
    "with_rings",
    "write_plan",
]
