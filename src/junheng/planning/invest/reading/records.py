"""A bureau's table as records under known headings, each cell with its place, money with its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text, heading_key
from junheng.data import Grid, read_sheets
from junheng.data.books import CALCULATE, NOT_CALCULATED, Headed, as_typed, find_headings
from junheng.data.books import Record as Row
from junheng.planning.cell_values import Words, meant
from junheng.planning.gathered import Gathered
from junheng.planning.invest.library_files import TableShape, load_shapes
from junheng.planning.invest.reading.amounts import yuan_per
from junheng.planning.sheet_records import Record as SheetRecord

_BRACKETS = re.compile(r"[（(\[]([^）)\]]*)[）)\]]")
_STAGES: Words = {key: (name.zh, name.en) for key, name in STAGE_NAMES.items()}
_WORDS = frozenset({"name", "source"})  # kept as they were typed, with their own punctuation


@dataclass(frozen=True, slots=True)
class Record(SheetRecord):
    """One row. ``yuan``: how many yuan one unit of a money column is."""

    yuan: int = 0


def read_records(path: Path, table: str, faults: Gathered, *, is_needed: bool = True) -> list[Record]:
    """The rows of ``table`` in the workbook or text file ``path``, from every sheet that has its headings.

    What is wrong with cells and headings goes to ``faults``. Raises UserError where the file cannot be read.
    """
    shape, found, is_there = load_shapes()[table], list[Record](), False
    for grid in read_sheets(path):
        headed = _headed(grid, shape)
        if headed is not None:
            is_there = True
            found += _rows(headed, shape, faults)
    if is_needed and not is_there:
        words = "、".join(column.zh for column in shape.columns.values() if column.required)
        fix = Text(f"请用表样；表头至少要有：{words}", f"use the template; it needs the headings {words}")
        zh, en = f"没有找到“{shape.sheet}”表", f"there is no table {shape.sheet}"
        faults.add(path.name, zh, en, fix)
    return found


def _headed(grid: Grid, shape: TableShape) -> Headed | None:
    index = {
        heading_key(word): name
        for name, column in shape.columns.items()
        for word in (column.zh, column.en, *column.aliases, name)
    }
    needed = [name for name, column in shape.columns.items() if column.required]
    headed = find_headings(grid, index, needed, passes_brackets=True)
    return None if headed.lacking(needed) else headed


def _rows(headed: Headed, shape: TableShape, faults: Gathered) -> Iterator[Record]:
    for at, name in headed.doubled.items():
        zh, en = f"两列都是“{shape.columns[name].zh}”", f"two columns both mean {shape.columns[name].en}"
        fix = Text("请删去或改名其中一列", "delete or rename one of them")
        faults.add(str(headed.place(at)), zh, en, fix)
    yuan = _money_unit(headed, shape, faults)
    for row in headed.records():
        for name in row.broken:
            faults.add(str(row.at(name)), NOT_CALCULATED.zh, NOT_CALCULATED.en, CALCULATE)
        cells = {name: _exact(name, headed.typed(row, name), text) for name, text in row.cells.items()}
        yield _checked(replace(row, cells=cells), shape, yuan, faults)


def _exact(name: str, cell: object, text: str) -> str:
    """Names with their own punctuation; of a computed double the fifteen digits that a spreadsheet shows."""
    if name in _WORDS:
        return as_typed(cell)
    return f"{cell:.15g}" if isinstance(cell, float) and not cell.is_integer() else text


def _checked(row: Row, shape: TableShape, yuan: int, faults: Gathered) -> Record:
    """The record with stages by their canonical name; a blank cell that is needed is told (of money: by the costs)."""
    for name, column in shape.columns.items():
        if column.required and not column.money and name != "stage" and not row.cell(name):
            fix = Text("请补填，或删去整行", "fill it in, or delete the row")
            faults.add(str(row.at(name)), f"“{column.zh}”没有填", f"{column.en} is blank", fix)
    given = row.cell("stage")
    stage = meant(given.removesuffix("部").removesuffix("段"), _STAGES)
    if given and not stage:
        fix = Text("可用：小学、初中、高中", "use primary, junior or senior")
        faults.add(str(row.at("stage")), f"没有学段“{given}”", f"no stage {given!r}", fix)
    return Record(replace(row, cells={**row.cells, "stage": stage}), yuan)


def _money_unit(headed: Headed, shape: TableShape, faults: Gathered) -> int:
    """Yuan of one unit of the money columns; 0 where the headings do not say, or contradict each other (a fault)."""
    said: dict[str, int] = {}
    for name, letter in headed.letters.items():
        if shape.columns[name].money:
            bracket = _BRACKETS.search(headed.heading(name))
            said[letter] = (yuan_per(bracket[1].partition("/")[0].strip()) if bracket else None) or 0
    where = f"{headed.grid.where} " + "、".join(f"{letter}{headed.top + 1}" for letter in said)
    if 0 in said.values():
        fix = Text("请在标题里写明，例如“一次性单价（元）”", "say so in the heading, like cost (yuan)")
        faults.add(where, "金额列的标题没有写明元或万元", "headings of money do not say 元 or 万元", fix)
    elif len(set(said.values())) > 1:
        fix = Text("请把全表的金额统一为元或万元", "use 元 or 万元 in the whole table")
        faults.add(where, "同一张表混用元和万元", "元 and 万元 are mixed in one table", fix)
    units = set(said.values())
    return units.pop() if len(units) == 1 else 0
