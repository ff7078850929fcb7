"""Sheets with Chinese headings as records that know their cells; values read exactly, nothing guessed.

``columns``: sheet name → {"columns": [{"name", "zh", "aliases", "needed"?}]}, as a library YAML states them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import heading_key, nearest, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.gathered import Gathered

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_LARGEST_EXACT = 1e15  # a spreadsheet keeps 15 digits
_LARGEST = 10**13  # yuan and metres alike
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
Columns = Mapping[str, Mapping[str, Any]]


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
        """The whole number in a cell; None as in ``number``."""
        found = self.number(name, faults, whole=True, least=least)
        return None if found is None else int(found)

    def day(self, name: str, faults: Gathered) -> str:
        """A day as ISO 8601; "" where blank or none (noted)."""
        return iso_day(self[name], self.at(name), faults)

    def word(self, name: str, words: Mapping[str, Sequence[str]], faults: Gathered) -> str:
        """The key of ``words`` that a cell is a spelling of; "" where blank or none (noted)."""
        key = heading_key(self[name])
        found = next((w for w, spelled in words.items() if key in map(heading_key, (w, *spelled))), "")
        if key and not found:
            told = "、".join(spelled[0] for spelled in words.values())
            faults.add(
                self.at(name), f"“{self[name]}”应为 {told} 之一", f"{self[name]!r} must be one of {told}"
            )
        return found


def read_records(paths: Sequence[Path], columns: Columns, faults: Gathered) -> dict[str, list[Record]]:
    """The records of every known sheet of ``paths``, by the sheet's name. Raises UserError for an unreadable file."""
    found: dict[str, list[Record]] = {}
    for path in paths:
        for grid in read_sheets(path):
            if grid.is_empty():
                continue
            name = _sheet_name(grid, columns)
            if name is None:
                near = nearest(grid.title, list(columns)) or "、".join(columns)
                faults.add(grid.where, f"不认识的表；应为 {near}", f"unknown sheet; expected {near}")
                continue
            if name in found:
                faults.add(grid.where, f"{name}表有两张", f"there are two sheets {name}")
            found.setdefault(name, []).extend(_records(grid, columns[name]["columns"], faults))
    return found


def _sheet_name(grid: Grid, columns: Columns) -> str | None:
    """A sheet's name begins with that of its table: 学校, 学校（2024）."""
    key = heading_key(grid.title)
    begun = [name for name in columns if key.startswith(heading_key(name))]
    return max(begun, key=len, default=None)


def _records(grid: Grid, columns: Sequence[Mapping[str, Any]], faults: Gathered) -> Iterator[Record]:
    index = {heading_key(w): c["name"] for c in columns for w in (c["zh"], c["name"], *c.get("aliases", ()))}
    needed = {c["name"]: c["zh"] for c in columns if "needed" in c}
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        keys = [heading_key(cell_text(cell)) for cell in row]
        places = {index[key]: at for at, key in reversed(list(enumerate(keys))) if key in index}
        if set(needed) <= set(places):
            for doubled in (w for w in places if sum(index.get(key) == w for key in keys) > 1):
                faults.add(grid.where, f"两列都是 {doubled}", f"two columns both mean {doubled}")
            yield from _rows(grid, number + 1, places, needed, faults)
            return
    told = "、".join(needed.values())
    faults.add(grid.where, f"缺少列；至少要有 {told}", f"columns are missing; at least {told}")


def _rows(
    grid: Grid, first: int, places: Mapping[str, int], needed: Mapping[str, str], faults: Gathered
) -> Iterator[Record]:
    letters = {name: column_letter(at) for name, at in places.items()}
    for number in range(first, len(grid.rows)):
        row = grid.rows[number]
        cells = {name: cell_text(row[at]) if at < len(row) else "" for name, at in places.items()}
        if not any(cells.values()) or next(filter(None, cells.values())).startswith("#"):
            continue
        record = Record(cells, grid.where, number + 1, letters)
        for name, at in places.items():
            if (number, at) in grid.broken:
                faults.add(
                    record.at(name), "公式没有算出或有错误值", "a formula not calculated, or an error value"
                )
            elif name in needed and not cells[name]:
                faults.add(record.at(name), f"{needed[name]}为空", f"{needed[name]} is blank")
        yield record
