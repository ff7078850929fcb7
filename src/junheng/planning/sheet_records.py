"""Sheets with Chinese headings as records that know their cells; values read exactly, nothing guessed.

``columns``: sheet name → {"columns": [{"name", "zh", "aliases"?, "needed"?, "needed_heading"?}], "en"?, "files"?,
"needed"?, "remarks_in_brackets"?}, as a library YAML states them; what has no "columns" (the words of cells) is
passed over. ``needed``: the column must be there and every cell filled in, or the sheet must be there;
``needed_heading``: the column must be there, its cells may be blank; ``en``, ``files``: other titles of the sheet;
``remarks_in_brackets``: 在校生数（人） is read as 在校生数.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.cell_values import Words, cell_text, exact_number, iso_day, meant, whole_number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_headings import heading_row, index_of, keys_of, required, tell_lacking
from junheng.planning.sheet_titles import Tables, sheet_name, tables_of, tell_absent, tell_unknown

Renamed = Mapping[str, Mapping[str, str]]  # sheet → our heading → the table's own heading


@dataclass(frozen=True, slots=True)
class Record:
    """One row: cleaned texts by column name ("" when blank) and its place; readers of values note faults."""

    cells: Mapping[str, str]
    file: str
    row: int
    letters: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def at(self, name: str = "") -> str:
        """The cell of ``name`` as messages name it, or the row."""
        letter = self.letters.get(name, "")
        return f"{self.file} {letter}{self.row}" if letter else f"{self.file} 第 {self.row} 行"

    def number(self, name: str, faults: Gathered, *, whole: bool = False, least: int = 0) -> Fraction | None:
        """The number in a cell; None where it is blank, or none at least ``least`` (noted)."""
        return exact_number(self[name], self.at(name), faults, whole=whole, least=least)

    def count(self, name: str, faults: Gathered, *, least: int = 0) -> int | None:
        """The whole number in a cell, 10**9 at most; None as in ``number``."""
        return whole_number(self[name], self.at(name), faults, least=least)

    def day(self, name: str, faults: Gathered) -> str:
        """A day as ISO 8601; "" where blank or none (noted)."""
        return iso_day(self[name], self.at(name), faults)

    def word(self, name: str, words: Words, faults: Gathered) -> str:
        """The key of ``words`` that a cell is a spelling of; "" where blank or none (noted)."""
        found = meant(self[name], words)
        if self[name] and not found:
            told = "、".join(spelled[0] for spelled in words.values())
            faults.add(
                self.at(name), f"“{self[name]}”应为 {told} 之一", f"{self[name]!r} must be one of {told}"
            )
        return found


def read_records(
    paths: Sequence[Path],
    columns: Tables,
    faults: Gathered,
    *,
    said: Mapping[Path, str] | None = None,
    renamed: Renamed | None = None,
    passes_others: bool = False,
) -> dict[str, list[Record]]:
    """The records of every known sheet of ``paths``, by the sheet's name. Raises UserError for an unreadable file.

    ``said``: the one sheet that a file is, whatever its title; ``renamed``: the headings of foreign tables;
    ``passes_others``: an unknown sheet is a fault only where its title resembles that of a sheet that is absent.
    """
    tables = tables_of(columns)
    found: dict[str, list[Record]] = {}
    others: list[Grid] = []
    for path in paths:
        for grid in read_sheets(path):
            if grid.is_empty():
                continue
            name = (said or {}).get(path) or sheet_name(grid.title, tables)
            if name is None:
                others.append(grid)
                continue
            if name in found:
                faults.add(grid.where, f"{name}表有两张", f"there are two sheets {name}")
            own = (renamed or {}).get(name, {})
            found.setdefault(name, []).extend(_records(grid, tables[name], own, faults))
    tell_unknown(others, tables, found, faults, passes_others=passes_others)
    tell_absent(others, tables, found, faults, paths)
    return found


def read_headed(path: Path, table: Mapping[str, Any], faults: Gathered) -> list[Record] | None:
    """The records of every sheet of ``path`` that has the headings of ``table``, whatever its title.

    None where no sheet has them (noted). Raises UserError for an unreadable file.
    """
    grids = [grid for grid in read_sheets(path) if not grid.is_empty()]
    headings = required(table)
    known = [(grid, heading_row(grid, table, index_of(grid, table, {}, faults))) for grid in grids]
    whole = [grid for grid, (_, places) in known if set(headings) <= set(places)]
    if whole:
        return [record for grid in whole for record in _records(grid, table, {}, faults)]
    if known:
        grid, row = max(known, key=lambda one: len(one[1][1]))
        tell_lacking(grid, row, headings, faults)
    else:
        faults.add(path.name, "没有工作表，或表中没有行", "there is no sheet, or none with rows")
    return None


def _records(
    grid: Grid, table: Mapping[str, Any], renamed: Mapping[str, str], faults: Gathered
) -> Iterator[Record]:
    index, headings = index_of(grid, table, renamed, faults), required(table)
    number, places = heading_row(grid, table, index)
    if not set(headings) <= set(places):
        tell_lacking(grid, (number, places), headings, faults)
        return
    keys = keys_of(grid.rows[number], table)
    words = {column["name"]: column["zh"] for column in table["columns"]}
    for name in (name for name in places if sum(index.get(key) == name for key in keys) > 1):
        faults.add(grid.where, f"两列都是“{words[name]}”", f"two columns both mean {words[name]} ({name})")
    yield from _rows(grid, number + 1, places, required(table, "needed"), faults)


def _rows(
    grid: Grid, first: int, places: Mapping[str, int], needed: Mapping[str, str], faults: Gathered
) -> Iterator[Record]:
    letters = {name: column_letter(at) for name, at in places.items()}
    for number in range(first, len(grid.rows)):
        row = grid.rows[number]
        cells = {name: cell_text(row[at]) if at < len(row) else "" for name, at in places.items()}
        broken = {name for name, at in places.items() if (number, at) in grid.broken}
        filled = next(filter(None, cells.values()), "")
        if filled.startswith("#") or not (filled or broken):
            continue
        record = Record(cells, grid.where, number + 1, letters)
        for name in places:
            if name in broken:
                faults.add(
                    record.at(name), "公式没有算出或有错误值", "a formula not calculated, or an error value"
                )
            elif name in needed and not cells[name]:
                faults.add(record.at(name), f"{needed[name]}为空", f"{needed[name]} is blank")
        yield record
