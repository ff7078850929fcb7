"""Reads a return that was filled offline: every cell with its place, and what was not read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data.dictionary import load_dictionary
from junheng.data.reading.grid import Grid, is_blank
from junheng.data.reading.sheets import read_sheets
from junheng.data.template.return_layout import MARK, sheet_of
from junheng.data.template.return_sheet import FilledCell, Keys, NotRead, SheetReader

_NOTES = "说明"


@dataclass(frozen=True, slots=True)
class FilledBook:
    """What came back. ``given`` are the rows as they were handed out (table, key, values)."""

    seal: tuple[str, ...]
    given: tuple[tuple[str, Keys, Mapping[str, str]], ...]
    cells: tuple[FilledCell, ...]
    not_read: tuple[NotRead, ...]


def read_return_book(path: Path, known: Mapping[str, str]) -> FilledBook:
    """Read a filled workbook; ``known`` are the columns nobody was asked for.

    Raises UserError for what is no such workbook, is damaged, locked or has macros. A sheet whose headings were
    changed is not read; neither is a cell in error or a formula that was never calculated: each is told.
    """
    grids = {grid.sheet: grid for grid in read_sheets(path)}
    hidden = grids.pop(MARK, None)
    if hidden is None or not hidden.rows or str(hidden.rows[0][0]) != MARK:
        raise _unknown(path.name)
    seal, given = _hidden(hidden, path.name)
    tables = dict.fromkeys(table for table, _, _ in given)
    tables |= dict.fromkeys(str(row[0]) for row in hidden.rows[1:] if not is_blank(row[0]))
    cells: list[FilledCell] = []
    not_read: list[NotRead] = []
    for table in tables:
        if table not in load_dictionary().tables:
            raise _unknown(path.name)
        rows = [(key, values) for name, key, values in given if name == table]
        reader = SheetReader(sheet_of(table, known, [key for key, _ in rows]), rows, not_read)
        grid = grids.pop(reader.name, None)
        if grid is None:
            not_read.append(NotRead(Text("缺少这张表", "the sheet is missing"), reader.name, ""))
        else:
            cells += reader.read(grid)
    for name in grids:
        if name != _NOTES:
            not_read.append(NotRead(Text("多出的表，没有读取", "a sheet of its own, not read"), name, ""))
    return FilledBook(seal, given, tuple(cells), tuple(not_read))


def _unknown(name: str) -> UserError:
    return UserError(
        Text("这不是从本站下载的报表工作簿", "this is no workbook of a return from this site"),
        where=name,
        why=Text("没有读取", "nothing was read"),
        fix=Text(
            "请在报表页下载工作簿，在其中填写后上传", "download the workbook of the return, and fill that one"
        ),
    )


def _hidden(grid: Grid, name: str) -> tuple[tuple[str, ...], tuple[tuple[str, Keys, Mapping[str, str]], ...]]:
    seal = tuple(str(one) for one in grid.rows[0][1:] if not is_blank(one))
    given, table = [], ""
    try:
        for row in grid.rows[1:]:
            if not is_blank(row[0]):
                table = str(row[0])
            elif len(row) > 1 and not is_blank(row[1]):
                told = json.loads(str(row[1]))
                values = {str(column): str(value) for column, value in told["values"].items()}
                given.append((table, tuple(str(part) for part in told["key"]), values))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unknown(name) from error
    return seal, tuple(given)
