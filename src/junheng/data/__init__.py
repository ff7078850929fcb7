"""What was reported: reading, typing and freezing the tables of schools, each cell with its place.

The door opens a room when something in it is asked for: who only reads does not load what writes workbooks.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from junheng.data.annotate import annotate

if TYPE_CHECKING:
    from junheng.data.arrays import array_of, arrow_array, arrow_value, numpy_of
    from junheng.data.checks import check_snapshot
    from junheng.data.checks.check import Checked
    from junheng.data.checks.groups import ProblemGroup, group_problems, problem_json
    from junheng.data.checks.load import load_checks
    from junheng.data.dictionary import ColumnSpec, Dictionary, TableSpec, load_dictionary
    from junheng.data.reading.grid import Cell, Grid, column_letter, short_cells
    from junheng.data.reading.mapping import mapping_schema
    from junheng.data.reading.read import read_input
    from junheng.data.reading.sheets import hashed_sheets, read_sheets
    from junheng.data.register_query import Register, load_registers, register_sql
    from junheng.data.registers import roll_up_registers
    from junheng.data.synthetic import make_county, make_district, make_nation
    from junheng.data.tables import (
        ROW_COLUMN,
        SOURCE_COLUMN,
        InputFile,
        Problem,
        Severity,
        Snapshot,
        Source,
        SourceColumn,
    )
    from junheng.data.template import write_template

_ROOMS = {
    "arrays": ("array_of", "arrow_array", "arrow_value", "numpy_of"),
    "checks": ("check_snapshot",),
    "checks.check": ("Checked",),
    "checks.groups": ("ProblemGroup", "group_problems", "problem_json"),
    "checks.load": ("load_checks",),
    "dictionary": ("ColumnSpec", "Dictionary", "TableSpec", "load_dictionary"),
    "reading.grid": ("Cell", "Grid", "column_letter", "short_cells"),
    "reading.mapping": ("mapping_schema",),
    "reading.read": ("read_input",),
    "reading.sheets": ("hashed_sheets", "read_sheets"),
    "register_query": ("Register", "load_registers", "register_sql"),
    "registers": ("roll_up_registers",),
    "synthetic": ("make_county", "make_district", "make_nation"),
    "tables": (
        *("ROW_COLUMN", "SOURCE_COLUMN", "InputFile", "Problem", "Severity", "Snapshot", "Source"),
        "SourceColumn",
    ),
    "template": ("write_template",),
}
_HOMES = {name: f"{__name__}.{room}" for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:  # a type checker would take every name for granted

    def __getattr__(name: str) -> Any:
        """A name of ``__all__``, from the room it is at home in."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(_HOMES[name]), name)
        return found


__all__ = [
    "ROW_COLUMN",
    "SOURCE_COLUMN",
    "Cell",
    "Checked",
    "ColumnSpec",
    "Dictionary",
    "Grid",
    "InputFile",
    "Problem",
    "ProblemGroup",
    "Register",
    "Severity",
    "Snapshot",
    "Source",
    "SourceColumn",
    "TableSpec",
    "annotate",
    "array_of",
    "arrow_array",
    "arrow_value",
    "check_snapshot",
    "column_letter",
    "group_problems",
    "hashed_sheets",
    "load_checks",
    "load_dictionary",
    "load_registers",
    "make_county",
    "make_district",
    "make_nation",
    "mapping_schema",
    "numpy_of",
    "problem_json",
    "read_input",
    "read_sheets",
    "register_sql",
    "roll_up_registers",
    "short_cells",
    "write_template",
]
