"""The tables of a zoning problem: sheets in Chinese as records that know where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import heading_key, nearest, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.reading.settings import library

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_LARGEST_EXACT = 1e15  # a spreadsheet keeps 15 digits
Renamed = Mapping[str, Mapping[str, str]]  # sheet → our heading → the table's own heading


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


Sheets = dict[str, list[Record]]


def read_tables(files: Mapping[Path, str], renamed: Renamed, faults: Faults) -> Sheets:
    """The records of every known sheet of ``files`` (file → its one table, "" to go by the sheets' names).

    ``renamed``: headings of foreign tables. Raises UserError: unreadable file.
    """
    found: Sheets = {}
    for path, said in files.items():
        for grid in read_sheets(path):
            if grid.is_empty():
                continue
            name = said or sheet_name(grid.title)
            if name is None:
                near = nearest(grid.title, list(_tables())) or "、".join(_tables())
                faults.add(grid.where, f"不认识的表；应为 {near}", f"unknown sheet; expected {near}")
                continue
            if name in found:
                faults.add(grid.where, f"{name}表有两张", f"there are two sheets {name}")
            found.setdefault(name, []).extend(_records(grid, name, renamed.get(name, {}), faults))
    return found


def word(kind: str, text: str) -> str:
    """Which of the words ``kind`` (separated by spaces) ``text`` is; "" where it is none."""
    key = heading_key(text)
    return next(
        (w for w in kind.split() if key in {heading_key(x) for x in library("columns")["words"][w]}), ""
    )


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return {key: table for key, table in library("columns").items() if key != "words"}


def sheet_name(title: str) -> str | None:
    """The table a title names: 片块, 片块（2024）, blocks; None where it names none."""
    key = heading_key(title)
    words = {heading_key(word): name for name, table in _tables().items() for word in (name, table["en"])}
    begun = [name for word, name in words.items() if key.startswith(word)]
    return words.get(key) or next(iter(begun), None)


def _records(grid: Grid, name: str, renamed: Mapping[str, str], faults: Faults) -> Iterator[Record]:
    columns = _tables()[name]["columns"]
    index = {heading_key(w): c["name"] for c in columns for w in (c["zh"], c["name"], *c["aliases"])}
    for ours, theirs in renamed.items():
        if heading_key(ours) not in index:
            faults.add(grid.where, f"columns 里没有列“{ours}”", f"there is no column {ours!r} to rename")
            continue
        column = index[heading_key(ours)]
        index = {word: found for word, found in index.items() if found != column}
        index[heading_key(theirs)] = column
    needed = {c["name"]: c["zh"] for c in columns if "needed" in c}
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        keys = [heading_key(cell_text(cell)) for cell in row]
        places = {index[key]: at for at, key in reversed(list(enumerate(keys))) if key in index}
        if set(needed) <= set(places):
            for doubled in {w for w in places if sum(index.get(key) == w for key in keys) > 1}:
                faults.add(grid.where, f"两列都是 {doubled}", f"two columns both mean {doubled}")
            yield from _rows(grid, number + 1, places, needed, faults)
            return
    zh = "、".join(needed.values())
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
