"""One sheet of a filled return: each cell with its place, and what was not read, told.

``canonical`` is how a cell becomes the text a return keeps.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from junheng.basics import Text, normalise, value_key
from junheng.data.dictionary import ColumnSpec
from junheng.data.reading.grid import Cell, Grid, column_letter, is_blank
from junheng.data.template.return_layout import At, Sheet

_OUTSIDE = 20  # cells outside the form that are named one by one
Keys = tuple[str, ...]
_KEY_CHANGED = Text("行的编号被改动，没有读取", "the key of the line was changed, not read")
_KEYLESS = Text("这一行缺少编号，没有读取", "a line without its key, not read")
_BROKEN = Text("公式没有计算结果或有错误，没有读取", "an error, or a formula without its result: not read")


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell as it was filled: canonical text where it can be, else as typed; ``base`` is what it was given.

    ``is_changed``: it says something else than it did, in whatever words.
    """

    table: str
    key: Keys
    column: str
    value: str
    base: str
    is_changed: bool
    is_new: bool  # of a row that was not in the workbook when it was given
    sheet: str
    address: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something that is not taken, and where it stands."""

    what: Text
    sheet: str
    address: str


class SheetReader:
    """One sheet while it is read."""

    def __init__(
        self, sheet: Sheet, rows: Sequence[tuple[Keys, Mapping[str, str]]], not_read: list[NotRead]
    ) -> None:
        self._sheet, self._rows, self._not_read = sheet, rows, not_read
        self.name = sheet.table.sheet.zh

    def read(self, grid: Grid) -> Iterator[FilledCell]:
        """Its cells; none where a heading was changed."""
        headings = self._sheet.headings()
        changed = [at for at, words in headings.items() if normalise(_plain(grid, at)) != normalise(words)]
        if changed:
            what = Text(
                f"标题被改动：应为“{headings[changed[0]]}”，整张表没有读取",
                f"a heading was changed (it was {headings[changed[0]]!r}): the sheet was not read",
            )
            self._tell(what, changed[0])
            return
        own = set(headings)
        for index in range(self._sheet.lines if self._sheet.is_list else len(self._rows)):
            yield from self._row(grid, index, own)
        self._outside(grid, own)

    def _row(self, grid: Grid, index: int, own: set[At]) -> Iterator[FilledCell]:
        is_new = index >= len(self._rows)
        places = [(spec, self._sheet.at(index, number)) for number, spec in enumerate(self._sheet.fields)]
        line = 1 + index if self._sheet.is_list else 0
        own |= {at for _, at in places} | {(at[0], at[1] + 1) for _, at in places}
        own |= {(at[0], self._sheet.check_column) for _, at in places}
        given, base = ((), {}) if is_new else self._rows[index]
        key = self._key(grid, line, own, [at for _, at in places]) if self._sheet.is_list else given
        if key is None:
            return
        if not is_new and key != given:
            self._tell(_KEY_CHANGED, (line, 0))
            return
        for spec, at in places:
            if at in grid.broken:
                self._tell(_BROKEN, at)
                continue
            value, address = canonical(spec, _at(grid, at)), f"{column_letter(at[1])}{at[0] + 1}"
            was = base.get(spec.name, "")
            is_changed = value != canonical(spec, was)
            yield FilledCell(
                self._sheet.table.name,
                key,
                spec.name,
                value,
                was,
                is_changed,
                is_new,
                self.name,
                address,
            )

    def _key(self, grid: Grid, line: int, own: set[At], places: Sequence[At]) -> Keys | None:
        """The key of a list's line; None for a blank line, and, told, for one without its key."""
        at = [(line, column) for column in range(len(self._sheet.key_columns))]
        own |= set(at)
        pairs = zip(self._sheet.key_columns, at, strict=True)
        found = tuple(canonical(spec, _at(grid, place)) for spec, place in pairs)
        if all(found):
            return found
        if any(found) or not all(is_blank(_at(grid, place)) for place in places):
            self._tell(_KEYLESS, at[0])
        return None

    def _outside(self, grid: Grid, own: set[At]) -> None:
        outside = [
            (row, column)
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if not is_blank(cell) and (row, column) not in own
        ]
        for at in outside[:_OUTSIDE]:
            self._tell(Text("表格以外的行或列，没有读取", "a row or column outside the form, not read"), at)
        if len(outside) > _OUTSIDE:
            left = len(outside) - _OUTSIDE
            what = Text(
                f"另有 {left} 格在表格以外，没有读取", f"{left} more cells outside the form, not read"
            )
            self._tell(what, outside[_OUTSIDE])

    def _tell(self, what: Text, at: At) -> None:
        self._not_read.append(NotRead(what, self.name, f"{column_letter(at[1])}{at[0] + 1}"))


def _at(grid: Grid, at: At) -> Cell:
    row, column = at
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else ""


def _plain(grid: Grid, at: At) -> str:
    cell = _at(grid, at)
    return "" if cell is None else str(cell)


def canonical(spec: ColumnSpec, cell: Any) -> str:
    """A cell's value as the text a return keeps: exact, canonical where the dictionary knows the word; blank is ""."""
    if is_blank(cell):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return _word(spec, " ".join(str(cell).split()))


def _word(spec: ColumnSpec, typed: str) -> str:
    if spec.type == "boolean":
        return {"是": "true", "否": "false"}.get(typed, typed)
    for value, name in spec.values.items():
        words = (value, name.zh, name.en, *spec.value_aliases.get(value, ()))
        if value_key(typed) in {value_key(one) for one in words}:
            return value
    return typed
