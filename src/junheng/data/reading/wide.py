"""One wide sheet that holds several tables side by side: a row per school-stage with all its figures.

School columns then repeat on each stage row of a school and must agree. Bare column names are unambiguous
across these tables, so nothing needs to be declared.
"""

from dataclasses import replace

from junheng.basics import heading_key
from junheng.data.dictionary import TableSpec, load_dictionary
from junheng.data.reading.grid import Grid
from junheng.data.reading.headings import find_column, find_heading_row
from junheng.data.reading.note_rows import without_notes
from junheng.data.reading.part import Part, read_block, read_part

WIDE_TABLES = ("school", "stage", "teacher_count", "premises", "finance")


def is_wide(grid: Grid) -> bool:
    """Whether the sheet has the headings of schools and of stages in one row."""
    row = find_heading_row("stage", grid.rows)
    if row is None:
        return False
    headings = [str(cell) for cell in grid.rows[row]]
    return all(_own_columns(load_dictionary().tables[name], headings) for name in ("school", "stage"))


def read_wide(grid: Grid, year: int | None) -> list[Part]:
    """The parts of a wide sheet, one for each table that has a column of its own in it."""
    row = find_heading_row("stage", grid.rows) or 0
    block, notes = without_notes(read_block(grid, row), load_dictionary().tables["school"])
    headings = list(block.headings)
    tables = [load_dictionary().tables[name] for name in WIDE_TABLES]
    mine = [table for table in tables if _own_columns(table, headings)]
    known = {
        heading_key(heading) for table in mine for heading in headings if find_column(table.name, heading)
    }
    everything = {heading_key(heading) for heading in [*headings, ""]}
    parts = [read_part(block, table, year, known if table is mine[0] else everything) for table in mine]
    parts[0] = replace(parts[0], problems=(*notes, *parts[0].problems))
    return [replace(part, distinct="stage" not in part.table.key) for part in parts]


def _own_columns(table: TableSpec, headings: list[str]) -> bool:
    shared = {"year", *table.key, "school_id", "stage"}
    found = [match[0].name for heading in headings if (match := find_column(table.name, heading))]
    return bool(set(found) - shared)
