"""A sheet as a roll: its row of headings found, its cells cleaned, what is broken told in its place."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import yaml

from junheng.basics import Text, heading_key, normalise
from junheng.data import Grid, column_letter
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import LIBRARY

_SEARCHED_ROWS = 10
_LARGEST_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
SHEETS_FIX = Text(
    "按 docs/method/enrolment.md 的表名和列名改正", "name sheets and columns as in docs/method/enrolment.md"
)
_TEXT_FIX = Text("把该列改为文本格式重新录入", "make the column text and type it again")
_CELL_FIX = Text("按原始材料改正该格", "mend the cell after the papers")


@cache
def columns() -> Mapping[str, Any]:
    """The library of sheets and headings."""
    with (LIBRARY / "columns.yaml").open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


def roll_of(grid: Grid, table: str, problems: Problems) -> Roll | None:
    """The sheet as a roll; None where headings are absent or doubled (noted)."""
    top, places = _heading_row(grid, table, problems)
    needed = columns()["needed"][table]
    lacking = [columns()["columns"][name]["zh"] for name in needed if name not in places]
    if lacking:
        told = "、".join(lacking)
        problems.add(f"{grid.where} 第 {top + 1} 行", f"缺少列 {told}", f"columns missing: {told}", SHEETS_FIX, blocks=True)  # fmt: skip
        return None
    return _filled(grid, table, top, places, problems)


def _heading_row(grid: Grid, table: str, problems: Problems) -> tuple[int, dict[str, int]]:
    """The row that knows most headings, and the place of each column; a doubled heading is noted."""
    index = _heading_index(table)
    best, best_keys = 0, [heading_key(_text(cell)) for cell in grid.rows[0]]
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        keys = [heading_key(_text(cell)) for cell in row]
        if len(index.keys() & set(keys)) > len(index.keys() & set(best_keys)):
            best, best_keys = number, keys
    places: dict[str, int] = {}
    for at, key in enumerate(best_keys):
        name = index.get(key)
        if name is not None and name in places:
            zh = columns()["columns"][name]["zh"]
            problems.add(
                f"{grid.where} {column_letter(at)}{best + 1}",
                f"两列都是“{zh}”",
                f"two columns mean {zh}",
                SHEETS_FIX,
                blocks=True,
            )
        elif name is not None:
            places[name] = at
    return best, places


@cache
def _heading_index(table: str) -> dict[str, str]:
    found = {}
    for name in columns()["sheets"][table]["columns"]:
        words = columns()["columns"][name]
        for word in (name, words["zh"], words["en"], *words["aliases"]):
            found[heading_key(word)] = name
    return found


def _filled(grid: Grid, table: str, top: int, places: Mapping[str, int], problems: Problems) -> Roll:
    letters = {name: column_letter(at) for name, at in places.items()}
    kept, texts = [], {name: list[str]() for name in places}
    broken = {row for row, at in grid.broken if at in places.values()}
    for number in range(top + 1, len(grid.rows)):
        row = grid.rows[number]
        found = [_text(row[at]) if at < len(row) else "" for at in places.values()]
        first = next(filter(None, found), "")
        if (not first and number not in broken) or first.startswith("#"):
            continue
        kept.append(number + 1)
        for name, text in zip(places, found, strict=True):
            texts[name].append(text)
        if number in broken:
            for name, at in places.items():
                if (number, at) in grid.broken:
                    problems.add(
                        f"{grid.where} {letters[name]}{number + 1}",
                        "公式没有算出或有错误值，按空处理",
                        "an error value or a formula not calculated: taken as missing",
                        _CELL_FIX,
                    )
    roll = Roll(table, grid.where, kept, texts, letters)
    _tell_lost_digits(grid, roll, places, problems)
    return roll


def _tell_lost_digits(grid: Grid, roll: Roll, places: Mapping[str, int], problems: Problems) -> None:
    """Numbers of 18 digits kept as numbers: Excel has dropped the last three."""
    for name in ("id_number", "student_number", "guardian_id"):
        if name in places:
            for i, number in enumerate(roll.rows):
                row = grid.rows[number - 1]
                cell = row[places[name]] if places[name] < len(row) else None
                if isinstance(cell, int | float) and abs(cell) >= _LARGEST_EXACT:
                    problems.add(
                        roll.at(i, name),
                        "证件号按数值保存，末几位已丢失",
                        "a number kept as a numeric cell has lost its last digits",
                        _TEXT_FIX,
                    )


def _text(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else normalise(cell)
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else normalise(str(cell))
