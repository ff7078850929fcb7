"""The files of an input put into one snapshot: which tables they hold, and what stays unread.

Sheets and files are known by name (``tables.csv``), columns by heading (``<table>.csv``). A sheet that is no table
stays unread and is reported; an input that cannot be read for certain is refused. The input is only ever read.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from junheng.basics import Text, UserError, heading_key, nearest, sha256_bytes, sha256_file
from junheng.data.dictionary import TableSpec
from junheng.data.reading.faults import other_year, unread_part
from junheng.data.reading.files import DataFile, check_file
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import PARQUET_SUFFIXES, TEXT_SUFFIXES
from junheng.data.reading.headings import find_heading_row, find_table, table_index
from junheng.data.reading.note_rows import only_notes, without_notes
from junheng.data.reading.part import Part, read_block, read_part
from junheng.data.reading.refusals import Refusals
from junheng.data.reading.snapshot import assemble
from junheng.data.reading.text_file import read_text_file
from junheng.data.reading.unsure_cells import with_unsure_in_rows
from junheng.data.reading.wide import is_wide, read_wide
from junheng.data.reading.workbook import Opened, open_workbook
from junheng.data.reading.years import FIELDS_SHEET, NOTES_SHEET, year_of_notes, year_of_path
from junheng.data.tables import InputFile, Problem, Snapshot

Read = tuple[list[Part], list[Problem], InputFile]


def read_files(
    files: Sequence[DataFile], ignored: Sequence[Problem], first: Opened | None, *, is_part: bool = False
) -> Snapshot:
    """The snapshot of ``files``; ``first`` is the first of them where it is being parsed already.

    Raises UserError as ``read_input`` does, for all bad files at once. ``ignored`` are the problems of files left
    unread.
    """
    refusals = Refusals()
    read: list[Read] = []
    for number, file in enumerate(files):
        with refusals.gather():
            check_file(file)
            read.append(_read_file(file, None if number else first))
    refusals.settle()
    parts = [part for found, _, _ in read for part in found]
    problems = [*ignored, *(problem for _, found, _ in read for problem in found)]
    return assemble(parts, [entry for _, _, entry in read], problems, is_part=is_part)


def _read_file(file: DataFile, opened: Opened | None) -> Read:
    year = year_of_path(file.name)
    if file.suffix in PARQUET_SUFFIXES:
        return _read_parquet(file, year)
    content = file.path.read_bytes() if opened is None else opened.content
    if file.suffix in TEXT_SUFFIXES:
        return read_text(file.name, content)
    entry = InputFile(file.name, sha256_bytes(content), len(content), {})
    grids = with_unsure_in_rows((opened or open_workbook(content, file.name)).grids(), content, file.name)
    noted = year_of_notes(grids)
    parts, problems = _read_grids(grids, file.name, year or noted)
    problems += _other_year(file.name, noted, parts)
    return parts, problems, entry


def read_text(name: str, content: bytes) -> Read:
    """A text table by its name within the input. Raises UserError when it cannot be read."""
    parts, problems = _read_grids([read_text_file(content, name)], name, year_of_path(name))
    return parts, problems, InputFile(name, sha256_bytes(content), len(content), {})


def _other_year(file: str, noted: int | None, parts: Sequence[Part]) -> list[Problem]:
    """A problem when the notes sheet states a year that no row is of: the rows are believed, and that is said."""
    years: set[int] = set()
    for part in parts:
        stated = set(part.data["year"].unique().to_pylist()) if "year" in part.data else {None}
        years |= {year for found in stated if (year := part.year if found is None else found) is not None}
    if noted is None or not years or noted in years:
        return []
    return [other_year(file, noted, sorted(years))]


def _read_parquet(file: DataFile, year: int | None) -> Read:
    entry = InputFile(file.name, sha256_file(file.path), file.path.stat().st_size, {})
    table = _table_of_path(file.name)
    if table is None:
        return [], [_unread(file.name, "")], entry
    from junheng.data.reading.parquet_file import (
        read_parquet,
    )

    return [read_parquet(file.path, file.name, table, year)], [], entry


def _read_grids(grids: Sequence[Grid], file: str, year: int | None) -> tuple[list[Part], list[Problem]]:
    """The tables among the grids of one file; a lone sheet of unknown name may hold several tables side by side."""
    filled = [grid for grid in grids if grid.sheet not in (NOTES_SHEET, FIELDS_SHEET) and not grid.is_empty()]
    if not filled:
        raise UserError(
            Text("没有任何数据", "there is no data in it"),
            where=file,
            fix=Text("请检查是否选错了文件", "check whether it is the right file"),
        )
    known = [(grid, table) for grid in filled if (table := _table_of(grid, file)) is not None]
    if not known and len(filled) == 1 and is_wide(filled[0]):
        return read_wide(filled[0], year), []
    refusals = Refusals()
    parts: list[Part] = []
    told: list[Problem] = []
    for grid, table in known:
        with refusals.gather():
            part = _read_grid(grid, table, year)
            parts += [part] if len(part.rows) else []
            told += [] if len(part.rows) else only_notes(part)
    refusals.settle()
    strangers = [grid for grid in filled if all(grid is not found for found, _ in known)]
    return parts, [*told, *(_unread(grid.file, grid.sheet) for grid in strangers)]


def _table_of(grid: Grid, file: str) -> TableSpec | None:
    return find_table(grid.sheet) if grid.sheet else _table_of_path(file)


def _table_of_path(name: str) -> TableSpec | None:
    """The table that a file name means, or the nearest folder that is named like a table."""
    path = PurePosixPath(name)
    for word in (path.stem, *reversed(path.parent.parts)):
        if (found := find_table(word)) is not None:
            return found
    return None


def _read_grid(grid: Grid, table: TableSpec, year: int | None) -> Part:
    heading_row = find_heading_row(table.name, grid.rows)
    if heading_row is None:
        raise UserError(
            Text(f"找不到“{table.sheet.zh}”的标题行", f"no heading row found for {table.sheet.en}"),
            where=grid.where,
            why=Text("不知道各列是什么", "there is no telling what the columns are"),
            fix=Text("请在前十行内保留模板的标题", "keep the template's headings within the first ten rows"),
        )
    block, notes = without_notes(read_block(grid, heading_row), table)
    part = read_part(block, table, year)
    return replace(part, problems=(*notes, *part.problems))


def _unread(file: str, sheet: str) -> Problem:
    index = table_index()
    near = nearest(heading_key(sheet or PurePosixPath(file).stem), index)
    return unread_part(file, sheet, "" if near is None else index[near].sheet.zh)
