"""A workbook as rows by key, with every cell's place for whoever must mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.data import Grid, column_letter, read_sheets
from junheng.web.people.imports.columns import COLUMNS, MAX_ROWS, SHEETS, Column, readings
from junheng.web.people.models import Import

_PLACES = 60  # of one cause, shown


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell."""

    where: str
    why: Text


@dataclass(frozen=True, slots=True)
class Group:
    """All places of one cause."""

    why: Text
    count: int
    places: Sequence[str]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.places)


@dataclass(slots=True)
class Line:
    """A row: its number, its cells by key ("" when blank)."""

    row: int
    cells: dict[str, str]
    choices: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows of a sheet and what is wrong with them."""

    sheet: str
    letters: Mapping[str, str]
    lines: list[Line]
    faults: list[Fault]

    def fault(self, line: Line, key: str, why: Text) -> None:
        """Note a fault of a cell."""
        self.faults.append(Fault(f"{self.sheet}!{self.letters.get(key, 'A')}{line.row}", why))


def grouped(faults: Sequence[Fault]) -> list[Group]:
    """Faults by their cause, the most frequent first."""
    ordered = sorted(faults, key=lambda one: (one.why.zh, one.why.en))
    found = []
    for _, same in groupby(ordered, key=lambda one: (one.why.zh, one.why.en)):
        all_of = list(same)
        found.append(Group(all_of[0].why, len(all_of), [one.where for one in all_of[:_PLACES]]))
    return sorted(found, key=lambda group: -group.count)


def read_table(path: Path, what: str) -> Table:
    """The sheet of ``what``. Raises UserError for what the reader refuses, a missing sheet or column, too many rows."""
    grid = _sheet(read_sheets(path), SHEETS[Import.What(what)])
    columns = COLUMNS[what]
    at = _positions(grid, columns)
    table = Table(grid.sheet or grid.title, {key: column_letter(one) for key, one in at.items()}, [], [])
    for number, cells in enumerate(grid.rows[1:], 1):
        texts = {key: _text(cells[place]) if place < len(cells) else "" for key, place in at.items()}
        if not any(texts.values()) and not any((number, place) in grid.broken for place in at.values()):
            continue
        line = Line(number + 1, {column.key: texts.get(column.key, "") for column in columns})
        for column in columns:
            _check(table, line, column, (number, at.get(column.key, -1)) in grid.broken)
        table.lines.append(line)
    if len(table.lines) > MAX_ROWS:
        raise _refused(
            Text(f"超过 {MAX_ROWS} 行", f"more than {MAX_ROWS} rows"), Text("请分成几份", "split the file")
        )
    return table


def _sheet(grids: Sequence[Grid], name: str) -> Grid:
    for grid in grids:
        if grid.title == name:
            return grid
    raise _refused(
        Text(f"没有名为“{name}”的工作表", f"there is no sheet “{name}”"),
        Text("请用本站的模板", "use this site's template"),
    )


def _positions(grid: Grid, columns: Sequence[Column]) -> dict[str, int]:
    heads = {_text(cell): number for number, cell in enumerate(grid.rows[0] if grid.rows else ())}
    found = {}
    for column in columns:
        for head, number in heads.items():
            if head.rstrip("*").split(" ")[0] == column.heading.zh:
                found[column.key] = number
        if column.is_needed and column.key not in found:
            raise _refused(
                Text(f"第 1 行缺少“{column.heading.zh}”列", f"row 1 lacks the column “{column.heading.en}”"),
                Text("请用本站的模板，不要改列名", "use this site's template and keep its headings"),
            )
    return found


def _check(table: Table, line: Line, column: Column, is_broken: bool) -> None:
    text = line.cells[column.key]
    if is_broken:
        table.fault(
            line, column.key, Text("单元格是错误值或未计算的公式", "an error value or an uncounted formula")
        )
    elif not text and column.is_needed:
        table.fault(line, column.key, Text(f"“{column.heading.zh}”没有填", f"“{column.heading.en}” is empty"))
    elif text and column.choices is not None:
        known = readings(column.choices).get(text.lower())
        if known is None:
            table.fault(line, column.key, Text(f"没有“{text}”这个选项", f"no such choice: “{text}”"))
        else:
            line.choices[column.key] = known


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _refused(what: Text, fix: Text) -> UserError:
    return UserError(what, where="", why=Text("没有导入任何内容", "nothing was imported"), fix=fix)
