"""A bureau's table as records under known headings, each cell with its place, money with its unit."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text, heading_key
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.gathered import Gathered
from junheng.planning.invest.library_files import TableShape, load_shapes
from junheng.planning.invest.reading.amounts import cell_text, yuan_per

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
REMARK = "#"  # a row whose first filled cell begins with it is a remark or the example
_BRACKETS = re.compile(r"[（(\[]([^）)\]]*)[）)\]]")
_WORDS = frozenset({"name", "source"})  # kept as they were typed, with their own punctuation


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``cells``: what is filled in, by column; ``yuan``: how many yuan one unit of a money column is."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    yuan: int = 0

    def cell(self, column: str) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get(column, "")

    def at(self, column: str = "") -> str:
        """File, sheet and cell, as a message names them."""
        letter = self.letters.get(column, "")
        return (
            f"{self.sheet} {letter}{self.row}" if letter else f"{self.sheet} 第 {self.row} 行 row {self.row}"
        )


def read_records(path: Path, table: str, faults: Gathered, *, is_needed: bool = True) -> list[Record]:
    """The rows of ``table`` in the workbook or text file ``path``, from every sheet that has its headings.

    What is wrong with cells and headings goes to ``faults``. Raises UserError where the file cannot be read.
    """
    shape, found, is_there = load_shapes()[table], [], False
    for grid in read_sheets(path):
        headed = _headed(grid, shape)
        if headed is not None:
            is_there = True
            found += _rows(grid, *headed, shape, faults)
    if is_needed and not is_there:
        words = "、".join(column.zh for column in shape.columns.values() if column.required)
        fix = Text(f"请用表样；表头至少要有：{words}", f"use the template; it needs the headings {words}")
        zh, en = f"没有找到“{shape.sheet}”表", f"there is no table {shape.sheet}"
        faults.add(path.name, zh, en, fix)
    return found


def _headed(grid: Grid, shape: TableShape) -> tuple[int, dict[int, str]] | None:
    index = {
        heading_key(word): name
        for name, column in shape.columns.items()
        for word in (column.zh, column.en, *column.aliases, name)
    }
    needed = {name for name, column in shape.columns.items() if column.required}
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        words = [heading_key(_BRACKETS.sub("", cell_text(cell)).replace("*", "")) for cell in row]
        columns = {place: index[word] for place, word in enumerate(words) if word in index}
        if needed <= set(columns.values()):
            return number, columns
    return None


def _rows(grid: Grid, top: int, columns: dict[int, str], shape: TableShape, faults: Gathered) -> list[Record]:
    letters: dict[str, str] = {}
    for place, name in columns.items():
        if name in letters:
            zh, en = f"两列都是“{shape.columns[name].zh}”", f"two columns both mean {shape.columns[name].en}"
            where = f"{grid.where} {column_letter(place)}{top + 1}"
            faults.add(where, zh, en, Text("请删去或改名其中一列", "delete or rename one of them"))
        letters.setdefault(name, column_letter(place))
    yuan = _money_unit(grid, top, columns, shape, faults)
    found = []
    for number in range(top + 1, len(grid.rows)):
        record = _record(grid, number, columns, letters, yuan, faults)
        if record is not None:
            found.append(_checked(record, shape, faults))
    return found


def _record(
    grid: Grid,
    number: int,
    columns: Mapping[int, str],
    letters: Mapping[str, str],
    yuan: int,
    faults: Gathered,
) -> Record | None:
    texts = [cell_text(cell) for cell in grid.rows[number]]
    first = next((text for text in texts if text), "")
    broken = [place for row, place in grid.broken if row == number and place in columns]
    if first.startswith(REMARK) or not (first or broken):
        return None
    for place in broken:
        where = f"{grid.where} {column_letter(place)}{number + 1}"
        fix = Text("请重新计算并另存，或直接键入", "calculate it and save again, or type the value")
        faults.add(where, "没有算出的公式或错误值", "a formula never calculated, or an error", fix)
    cells = {name: texts[place] for place, name in columns.items() if place < len(texts) and texts[place]}
    cells |= {
        name: _as_typed(grid.rows[number][place])
        for place, name in columns.items()
        if name in _WORDS & cells.keys()
    }
    return Record(grid.where, number + 1, cells, letters, yuan)


def _as_typed(cell: object) -> str:
    return unicodedata.normalize("NFC", str(cell)).strip()


def _checked(record: Record, shape: TableShape, faults: Gathered) -> Record:
    """The record with stages by their canonical name; a blank cell that is needed is told (of money: by the costs)."""
    cells = dict(record.cells)
    for name, column in shape.columns.items():
        if column.required and not column.money and name != "stage" and not cells.get(name):
            fix = Text("请补填，或删去整行", "fill it in, or delete the row")
            faults.add(record.at(name), f"“{column.zh}”没有填", f"{column.en} is blank", fix)
    if cells.get("stage"):
        words = {
            heading_key(word): key for key, name in STAGE_NAMES.items() for word in (key, name.zh, name.en)
        }
        stage = words.get(heading_key(cells["stage"].removesuffix("部").removesuffix("段")))
        if stage is None:
            fix = Text("可用：小学、初中、高中", "use primary, junior or senior")
            zh, en = f"没有学段“{cells['stage']}”", f"no stage {cells['stage']!r}"
            faults.add(record.at("stage"), zh, en, fix)
        cells["stage"] = stage or ""
    return Record(record.sheet, record.row, cells, record.letters, record.yuan)


def _money_unit(grid: Grid, top: int, columns: Mapping[int, str], shape: TableShape, faults: Gathered) -> int:
    """Yuan of one unit of the money columns; 0 where the headings do not say, or contradict each other (a fault)."""
    said: dict[str, int] = {}
    for place, name in columns.items():
        if shape.columns[name].money:
            bracket = _BRACKETS.search(cell_text(grid.rows[top][place]))
            said[column_letter(place)] = (
                yuan_per(bracket[1].partition("/")[0].strip()) if bracket else None
            ) or 0
    where = f"{grid.where} " + "、".join(f"{letter}{top + 1}" for letter in said)
    if 0 in said.values():
        fix = Text("请在标题里写明，例如“一次性单价（元）”", "say so in the heading, like cost (yuan)")
        faults.add(where, "金额列的标题没有写明元或万元", "headings of money do not say 元 or 万元", fix)
    elif len(set(said.values())) > 1:
        fix = Text("请把全表的金额统一为元或万元", "use 元 or 万元 in the whole table")
        faults.add(where, "同一张表混用元和万元", "元 and 万元 are mixed in one table", fix)
    units = set(said.values())
    return units.pop() if len(units) == 1 else 0
