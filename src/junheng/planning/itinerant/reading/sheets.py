"""Sheets found by title, columns by heading (``columns.csv``); rows of texts with their places."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.basics import heading_key, nearest, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.itinerant.reading.faults import Faults

_HEADING_ROWS = 10
_DICTIONARY = Path(__file__).parents[1] / "columns.csv"
REQUIRED = ("school", "class", "own", "teacher")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cleaned texts of its columns ("" where blank), and where it stands."""

    where: str
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def at(self, column: str) -> str:
        """The place of a cell."""
        return f"{self.where} {self.letters.get(column, '')}".strip()


@cache
def _columns() -> tuple[Mapping[str, str], ...]:
    with _DICTIONARY.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def types(table: str) -> dict[str, str]:
    """Column → type of a table."""
    return {row["column"]: row["type"] for row in _columns() if row["table"] == table}


def read_tables(files: list[Path], faults: Faults) -> dict[str, list[Row]]:
    """The rows of every table; of those not required and not there, none. Raises UserError for unreadable files."""
    grids = {heading_key(grid.title): grid for file in files for grid in read_sheets(file)}
    found: dict[str, list[Row]] = {}
    for table, title in dict.fromkeys((row["table"], row["sheet"]) for row in _columns()):
        grid = grids.get(heading_key(title)) or grids.get(table)
        if grid is None:
            if table in REQUIRED:
                there = "、".join(other.title for other in grids.values())
                faults.add(
                    files[0].name, f"缺少工作表“{title}”（现有：{there}）", f"the sheet {title} is missing"
                )
            found[table] = []
            continue
        found[table] = list(_rows(grid, table, faults))
    return found


def _rows(grid: Grid, table: str, faults: Faults) -> Iterator[Row]:
    heading, places = _headings(grid, table)
    lacking = [
        r for r in _columns() if r["table"] == table and r["required"] == "yes" and r["column"] not in places
    ]
    if lacking:
        seen = [_text(cell) for cell in (grid.rows[heading] if grid.rows else ())]
        for column in lacking:
            near = nearest(column["zh"], seen)
            hint = f"（最接近的是“{near}”）" if near else ""
            faults.add(
                f"{grid.where} 第{heading + 1}行",
                f"缺少列“{column['zh']}”{hint}",
                f"no column {column['en']}",
            )
        return
    letters = {name: column_letter(place) for name, place in places.items()}
    for number in range(heading + 1, len(grid.rows)):
        cells = grid.rows[number]
        where = f"{grid.where} 第{number + 1}行"
        broken = [name for name, place in places.items() if (number, place) in grid.broken]
        for name in broken:
            faults.add(
                f"{where} {letters[name]}列",
                "没有算出的公式或错误值",
                "a formula never calculated, or an error",
            )
        texts = {name: _text(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        first = next((text for text in texts.values() if text), "")
        if first and not first.startswith("#"):
            yield Row(where, texts, {name: f"{letter}列" for name, letter in letters.items()})


def _headings(grid: Grid, table: str) -> tuple[int, dict[str, int]]:
    """The row that knows most of the table's headings, and the place of each column."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(grid.rows[:_HEADING_ROWS]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = _meaning(table, _text(cell).replace("*", ""))
            if name:
                places.setdefault(name, place)
        if len(places) > len(best[1]):
            best = (number, places)
    return best


def _meaning(table: str, word: str) -> str | None:
    key = heading_key(word)
    for row in _columns() if key else ():
        if row["table"] == table:
            names = (row["column"], row["zh"], row["en"], *row["aliases"].split("|"))
            if key in {heading_key(name) for name in names if name}:
                return row["column"]
    return None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return normalise(str(cell))
