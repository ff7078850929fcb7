"""The tables of a forecast problem: sheets in Chinese as records that know where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import heading_key, nearest, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.forecast.reading.faults import Faults
from junheng.planning.forecast.reading.settings import library

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_LARGEST_EXACT = 1e15  # a spreadsheet keeps 15 digits


@dataclass(frozen=True, slots=True)
class Record:
    """One row: texts by column name ("" when blank) and its place."""

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


def read_tables(paths: list[Path], faults: Faults) -> dict[str, list[Record]]:
    """The records of every known sheet of ``paths``, by the sheet's name. UserError: unreadable file."""
    found: dict[str, list[Record]] = {}
    for path in paths:
        for grid in read_sheets(path):
            if grid.is_empty():
                continue
            name = _sheet_name(grid)
            if name is None:
                near = nearest(grid.title, list(_tables())) or "、".join(_tables())
                faults.add(grid.where, f"不认识的表；应为 {near}", f"unknown sheet; expected {near}")
                continue
            if name in found:
                faults.add(grid.where, f"{name}表有两张", f"there are two sheets {name}")
            found.setdefault(name, []).extend(_records(grid, name, faults))
    return found


def word(kind: str, text: str) -> str:
    """Which of the words ``kind`` (separated by spaces) ``text`` is; "" where it is none."""
    key = heading_key(text)
    return next(
        (w for w in kind.split() if key in {heading_key(x) for x in library("columns")["words"][w]}), ""
    )


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return {key: table["columns"] for key, table in library("columns").items() if key != "words"}


def _sheet_name(grid: Grid) -> str | None:
    """A sheet or file is known by the name of its table, in Chinese or as a file name, or one that begins with it."""
    key = heading_key(grid.title)
    names = [(heading_key(word), name) for name, words in _titles().items() for word in words]
    exact = [name for word, name in names if word == key]
    begun = [name for word, name in names if key.startswith(word)]
    return next(iter(exact + begun), None)


@cache
def _titles() -> dict[str, list[str]]:
    return {key: [key, *table["files"]] for key, table in library("columns").items() if key != "words"}


def _records(grid: Grid, name: str, faults: Faults) -> Iterator[Record]:
    columns = _tables()[name]
    index = {heading_key(w): c["name"] for c in columns for w in (c["zh"], c["name"], *c["aliases"])}
    needed = {c["name"]: c["zh"] for c in columns if "needed" in c}
    headings = {c["name"]: c["zh"] for c in columns if "needed" in c or "needed_heading" in c}
    must = set(headings)
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        keys = [heading_key(cell_text(cell)) for cell in row]
        places = {index[key]: at for at, key in reversed(list(enumerate(keys))) if key in index}
        if must <= set(places):
            twice = [w for w in places if sum(index.get(key) == w for key in keys) > 1]
            for doubled in twice:
                faults.add(grid.where, f"两列都是 {doubled}", f"two columns both mean {doubled}")
            yield from _rows(grid, number + 1, places, needed, faults)
            return
    zh = "、".join(headings.values())
    faults.add(grid.where, f"缺少列；至少要有 {zh}", f"columns are missing; at least {zh}")


def _rows(
    grid: Grid, first: int, places: Mapping[str, int], needed: Mapping[str, str], faults: Faults
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


def cell_text(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601, "" when blank.

    >>> cell_text(12.0), cell_text(" 甲　区 "), cell_text(88.5)
    ('12', '甲 区', '88.5')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LARGEST_EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else normalise(str(cell))
