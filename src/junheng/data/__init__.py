"""What was reported: reading, typing and freezing the tables of schools, each cell with its place.

The door opens a room when something in it is asked for: who only reads does not load what writes workbooks.
"""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door
from junheng.data.annotate import annotate

if TYPE_CHECKING:
    from junheng.data.arrays import array_of, arrow_array, arrow_value, numpy_of
    from junheng.data.changes.apply import Changed, change_tables
    from junheng.data.changes.change import (
        AddBuilding,
        Change,
        MergeSchools,
        OpenSchool,
        SetCell,
        changes_json,
        read_changes,
    )
    from junheng.data.changes.opened import new_school_id
    from junheng.data.changes.recheck import changed_names, every_rule, rules_of_change
    from junheng.data.changes.rows import of_year, tables_of, with_tables
    from junheng.data.changes.written import write_csv_tables
    from junheng.data.checks import check_snapshot
    from junheng.data.checks.check import Checked
    from junheng.data.checks.definition import Check
    from junheng.data.checks.groups import ProblemGroup, group_problems, problem_json
    from junheng.data.checks.load import load_checks
    from junheng.data.checks.ready import get_ready_for_returns
    from junheng.data.dictionary import ColumnSpec, Dictionary, TableSpec, load_dictionary
    from junheng.data.mappings import ShippedMapping, shipped_mappings
    from junheng.data.reading.grid import Cell, Grid, column_letter, short_cells
    from junheng.data.reading.mapping import mapping_schema
    from junheng.data.reading.read import read_input
    from junheng.data.reading.sheets import hashed_sheets, read_sheets
    from junheng.data.reading.texts import read_texts
    from junheng.data.register_query import Register, load_registers, register_sql
    from junheng.data.registers import roll_up_registers
    from junheng.data.sources.disagreement import Disagreement, disagreements, same_value
    from junheng.data.sources.figures import Figure, Told, figures_of, register_figures
    from junheng.data.synthetic import (
        NEIGHBOUR_CODE,
        make_county,
        make_district,
        make_nation,
        make_neighbour,
        past_births,
        past_pupils,
    )
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
    from junheng.data.template.return_book import write_return_book
    from junheng.data.template.return_layout import ReturnBook, ReturnRow
    from junheng.data.template.return_read import FilledBook, read_return_book
    from junheng.data.template.return_sheet import FilledCell, NotRead

_ROOMS = {
    "arrays": ("array_of", "arrow_array", "arrow_value", "numpy_of"),
    "changes.apply": ("Changed", "change_tables"),
    "changes.change": (
        *("AddBuilding", "Change", "MergeSchools", "OpenSchool", "SetCell", "changes_json", "read_changes"),
    ),
    "changes.opened": ("new_school_id",),
    "changes.recheck": ("changed_names", "every_rule", "rules_of_change"),
    "changes.rows": ("of_year", "tables_of", "with_tables"),
    "changes.written": ("write_csv_tables",),
    "checks": ("check_snapshot",),
    "checks.check": ("Checked",),
    "checks.definition": ("Check",),
    "checks.groups": ("ProblemGroup", "group_problems", "problem_json"),
    "checks.load": ("load_checks",),
    "checks.ready": ("get_ready_for_returns",),
    "dictionary": ("ColumnSpec", "Dictionary", "TableSpec", "load_dictionary"),
    "mappings": ("ShippedMapping", "shipped_mappings"),
    "reading.grid": ("Cell", "Grid", "column_letter", "short_cells"),
    "reading.mapping": ("mapping_schema",),
    "reading.read": ("read_input",),
    "reading.sheets": ("hashed_sheets", "read_sheets"),
    "reading.texts": ("read_texts",),
    "register_query": ("Register", "load_registers", "register_sql"),
    "registers": ("roll_up_registers",),
    "sources.disagreement": ("Disagreement", "disagreements", "same_value"),
    "sources.figures": ("Figure", "Told", "figures_of", "register_figures"),
    "synthetic": (
        *("NEIGHBOUR_CODE", "make_county", "make_district", "make_nation", "make_neighbour"),
        *("past_births", "past_pupils"),
    ),
    "tables": (
        *("ROW_COLUMN", "SOURCE_COLUMN", "InputFile", "Problem", "Severity", "Snapshot", "Source"),
        "SourceColumn",
    ),
    "template": ("write_template",),
    "template.return_book": ("write_return_book",),
    "template.return_layout": ("ReturnBook", "ReturnRow"),
    "template.return_read": ("FilledBook", "read_return_book"),
    "template.return_sheet": ("FilledCell", "NotRead"),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _HOMES)


__all__ = [
    "NEIGHBOUR_CODE",
    "ROW_COLUMN",
    "SOURCE_COLUMN",
    "AddBuilding",
    "Cell",
    "Change",
    "Changed",
    "Check",
    "Checked",
    "ColumnSpec",
    "Dictionary",
    "Disagreement",
    "Figure",
    "FilledBook",
    "FilledCell",
    "Grid",
    "InputFile",
    "NotRead",
    "MergeSchools",
    "OpenSchool",
    "Problem",
    "ProblemGroup",
    "Register",
    "ReturnBook",
    "ReturnRow",
    "SetCell",
    "Severity",
    "ShippedMapping",
    "Snapshot",
    "Source",
    "SourceColumn",
    "TableSpec",
    "Told",
    "annotate",
    "array_of",
    "arrow_array",
    "arrow_value",
    "change_tables",
    "changed_names",
    "changes_json",
    "check_snapshot",
    "column_letter",
    "disagreements",
    "figures_of",
    "every_rule",
    "get_ready_for_returns",
    "group_problems",
    "hashed_sheets",
    "load_checks",
    "load_dictionary",
    "load_registers",
    "make_county",
    "make_district",
    "make_nation",
    "make_neighbour",
    "mapping_schema",
    "new_school_id",
    "numpy_of",
    "past_births",
    "past_pupils",
    "of_year",
    "problem_json",
    "read_changes",
    "read_input",
    "read_return_book",
    "read_sheets",
    "read_texts",
    "register_figures",
    "register_sql",
    "roll_up_registers",
    "same_value",
    "shipped_mappings",
    "rules_of_change",
    "short_cells",
    "tables_of",
    "with_tables",
    "write_csv_tables",
    "write_return_book",
    "write_template",
]
