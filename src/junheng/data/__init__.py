"""What was reported: reading, typing and freezing the tables of schools, each cell with its place."""

from junheng.data.annotate import annotate
from junheng.data.checks import (
    Checked,
    ProblemGroup,
    check_snapshot,
    group_problems,
    load_checks,
    problem_json,
)
from junheng.data.dictionary import ColumnSpec, Dictionary, TableSpec, load_dictionary
from junheng.data.reading import mapping_schema, read_input, short_cells
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

__all__ = [
    "ROW_COLUMN",
    "SOURCE_COLUMN",
    "Checked",
    "ColumnSpec",
    "Dictionary",
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
    "check_snapshot",
    "group_problems",
    "load_checks",
    "load_dictionary",
    "load_registers",
    "problem_json",
    "make_county",
    "make_district",
    "make_nation",
    "mapping_schema",
    "read_input",
    "register_sql",
    "roll_up_registers",
    "short_cells",
    "write_template",
]
