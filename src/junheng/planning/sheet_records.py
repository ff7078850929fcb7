"""Sheets with Chinese headings as records that know their cells; values read exactly, nothing guessed.

``columns``: sheet name → {"columns": [{"name", "zh", "aliases"?, "needed"?, "needed_heading"?}], "en"?, "files"?,
"needed"?, "remarks_in_brackets"?}, as a library YAML states them; what has no "columns" (the words of cells) is
passed over. ``needed``: the column must be there and every cell filled in, or the sheet must be there;
``needed_heading``: the column must be there, its cells may be blank; ``en``, ``files``: other titles of the sheet;
``remarks_in_brackets``: 在校生数（人） is read as 在校生数.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.data import Grid, read_sheets
from junheng.data.books import CALCULATE, NOT_CALCULATED, Headed
from junheng.data.books import Record as Row
from junheng.planning.cell_values import Words, exact_number, iso_day, meant, whole_number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_headings import headed, required, tell_lacking
from junheng.planning.sheet_titles import Tables, sheet_name, tables_of, tell_absent, tell_unknown

Renamed = Mapping[str, Mapping[str, str]]  # sheet → our heading → the table's own heading


@dataclass(frozen=True, slots=True)
class Record:
    """One row as read ("" when blank); readers of values note faults."""

    line: Row

    def __getitem__(self, name: str) -> str:
        return self.line.cell(name)

    @property
    def file(self) -> str:
        """File and sheet."""
        return str(self.line.place.whole_sheet)

    def at(self, name: str = "") -> str:
        """The cell of ``name`` as messages name it, or the row."""
        return str(self.line.at(name))

    def over(self, other: "Record | None") -> "Record":
        """This row, its blank cells filled in from ``other``."""
        return Record(replace(self.line, cells={**other.line.cells, **self.line.cells})) if other else self

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
            known = headed(grid, tables[name], own, faults)
            found.setdefault(name, []).extend(_records(known, tables[name], faults))
    tell_unknown(others, tables, found, faults, passes_others=passes_others)
    tell_absent(others, tables, found, faults, paths)
    return found


def read_headed(path: Path, table: Mapping[str, Any], faults: Gathered) -> list[Record] | None:
    """The records of every sheet of ``path`` that has the headings of ``table``, whatever its title.

    None where no sheet has them (noted). Raises UserError for an unreadable file.
    """
    grids = [grid for grid in read_sheets(path) if not grid.is_empty()]
    known = [headed(grid, table, {}, faults) for grid in grids]
    whole = [one for one in known if not one.lacking(required(table))]
    if whole:
        return [record for one in whole for record in _records(one, table, faults)]
    if known:
        tell_lacking(max(known, key=lambda one: len(one.columns)), table, faults)
    else:
        faults.add(path.name, "没有工作表，或表中没有行", "there is no sheet, or none with rows")
    return None


def _records(found: Headed, table: Mapping[str, Any], faults: Gathered) -> Iterator[Record]:
    if found.lacking(required(table)):
        tell_lacking(found, table, faults)
        return
    words, needed = {column["name"]: column["zh"] for column in table["columns"]}, required(table, "needed")
    for at, name in found.doubled.items():
        told = (f"两列都是“{words[name]}”", f"two columns both mean {words[name]} ({name})")
        faults.add(str(found.place(at)), *told)
    for row in (row for row in found.records() if row.cells or row.broken):
        for name in found.columns:
            if name in row.broken:
                faults.add(str(row.at(name)), NOT_CALCULATED.zh, NOT_CALCULATED.en, CALCULATE)
            elif name in needed and name not in row.cells:
                faults.add(str(row.at(name)), f"{needed[name]}为空", f"{needed[name]} is blank")
        yield Record(row)
