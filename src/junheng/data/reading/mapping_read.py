"""Reading tables of the world as a mapping file describes them."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from junheng.basics import Text, UserError, sha256_bytes
from junheng.data.reading.faults import unread_part
from junheng.data.reading.files import DataFile, check_file, data_files
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import PARQUET_SUFFIXES, TEXT_SUFFIXES
from junheng.data.reading.mapped_part import mapped_parts, unread_columns
from junheng.data.reading.mapping import Mapping, SourceRule
from junheng.data.reading.note_rows import only_notes
from junheng.data.reading.parquet_file import read_parquet_table
from junheng.data.reading.part import Part
from junheng.data.reading.refusals import Refusals
from junheng.data.reading.snapshot import assemble
from junheng.data.reading.text_file import read_text_file
from junheng.data.reading.unsure_cells import with_unsure_in_rows
from junheng.data.reading.workbook import read_workbook
from junheng.data.reading.years import year_of_notes, year_of_path
from junheng.data.tables import InputFile, Problem, Snapshot


def read_mapped(path: Path, mapping: Mapping, *, is_part: bool = False) -> Snapshot:
    """The snapshot of ``path`` read by ``mapping``; files no source asks for stay unread and are reported."""
    files, problems = data_files(path)
    alone = path.is_file()
    parts: list[Part] = []
    inputs: list[InputFile] = []
    refusals = Refusals()
    for file in files:
        sources = [source for source in mapping.sources if alone or _wanted(file, source)]
        if not sources:
            problems.append(unread_part(file.name, "", ""))
            continue
        with refusals.gather():
            check_file(file)
            content = file.path.read_bytes()
            inputs.append(InputFile(file.name, sha256_bytes(content), len(content), {}))
            found, odd = _read(_grids(file, content), sources, file)
            parts += found
            problems += [*odd, *(said for part in found if not len(part.rows) for said in only_notes(part))]
    refusals.settle()
    if not inputs:
        raise _nothing(path, mapping)
    return assemble([part for part in parts if len(part.rows)], inputs, problems, is_part=is_part)


def _read(
    grids: Sequence[Grid], sources: Sequence[SourceRule], file: DataFile
) -> tuple[list[Part], list[Problem]]:
    """The parts of one file, and a problem for each sheet or column that no source asks for."""
    year = year_of_path(file.name) or year_of_notes(grids)
    asked = [(source, _sheets(grids, source, file)) for source in sources]
    parts: list[Part] = []
    problems: list[Problem] = []
    for grid in grids:
        mine = [source for source, sheets in asked if any(sheet is grid for sheet in sheets)]
        if not mine:
            problems += [] if grid.is_empty() else [unread_part(grid.file, grid.sheet, "")]
            continue
        found = [part for source in mine for part in mapped_parts(grid, source, year)]
        unread = unread_columns(grid, mine, found)
        problems += [unread] if unread else []
        parts += found
    return parts, problems


def _wanted(file: DataFile, source: SourceRule) -> bool:
    return fnmatchcase(file.name, source.file) or fnmatchcase(file.path.name, source.file)


def _grids(file: DataFile, content: bytes) -> list[Grid]:
    if file.suffix in TEXT_SUFFIXES:
        return [read_text_file(content, file.name)]
    if file.suffix in PARQUET_SUFFIXES:
        table = read_parquet_table(file.path, file.name)
        columns = [["" if cell is None else cell for cell in column.to_pylist()] for column in table.columns]
        return [Grid(file.name, "", [table.column_names, *zip(*columns, strict=True)])]
    return with_unsure_in_rows(read_workbook(content, file.name), content, file.name)


def _sheets(grids: Sequence[Grid], source: SourceRule, file: DataFile) -> list[Grid]:
    """The sheets a source asks for: by pattern, or the first that holds anything."""
    filled = [grid for grid in grids if not grid.is_empty()]
    if source.sheet is None or (len(grids) == 1 and not grids[0].sheet):
        found = filled[:1]
    else:
        found = [grid for grid in filled if fnmatchcase(grid.sheet, source.sheet)]
    if not found:
        raise UserError(
            Text(
                f"没有映射文件要求的工作表“{source.sheet or '*'}”",
                f"no sheet {source.sheet or '*'!r} as the mapping asks",
            ),
            where=file.name,
            fix=Text(
                f"文件中的工作表：{'、'.join(grid.sheet for grid in grids)}",
                f"sheets in the file: {', '.join(grid.sheet for grid in grids)}",
            ),
        )
    return found


def _nothing(path: Path, mapping: Mapping) -> UserError:
    patterns = ", ".join(source.file for source in mapping.sources)
    return UserError(
        Text(f"没有文件符合映射文件中的 {patterns}", f"no file matches {patterns} of the mapping"),
        where=str(path),
        fix=Text("请检查 file 一项", "check the key file"),
    )
