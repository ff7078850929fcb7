"""Sheets of funds and aid as records with exact values and their places, by ``columns.yaml``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data import Grid, column_letter, read_sheets
from junheng.data.books import (
    CALCULATE,
    NOT_CALCULATED,
    SEARCHED_ROWS,
    Headed,
    files_in,
    find_headings,
    text_of,
    without_brackets,
)
from junheng.data.books import Record as Row
from junheng.funding.problems import Problems
from junheng.funding.reading.cell_values import (
    day_of,
    flag_of,
    scale_of,
    term_of,
    word_of,
    year_of,
    yuan_of,
)

_BOOKS = (".xlsx", ".xls", ".ods", ".csv")
Table = Mapping[str, Any]
_READERS = {"day": day_of, "year": year_of, "term": term_of, "flag": flag_of}


@dataclass(frozen=True, slots=True)
class Record:
    """One row as read, and its typed texts by column (None where blank or no such value)."""

    values: Mapping[str, str | None]
    line: Row

    def __getitem__(self, name: str) -> str | None:
        return self.values.get(name)

    def at(self, name: str = "") -> str:
        """The cell, or the row, as messages name it."""
        return str(self.line.at(name))

    @property
    def where(self) -> str:
        """File and sheet."""
        return str(self.line.place.whole_sheet)


@cache
def tables() -> Mapping[str, Table]:
    """What ``columns.yaml`` says, table by table."""
    path = Path(__file__).with_name("columns.yaml")
    found: Mapping[str, Table] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def books_of(path: Path) -> list[Path]:
    """The workbook or text table itself, or those of a folder by name; none in an empty folder."""
    return files_in(path, _BOOKS)


def read_tables(paths: Sequence[Path], names: Sequence[str], problems: Problems) -> dict[str, list[Record]]:
    """The records of the tables ``names`` in all sheets of ``paths``; other sheets are another reader's.

    Raises UserError for a file that cannot be read, a sheet without a needed heading, a needed sheet that is absent,
    and a heading that may not be there (names of children).
    """
    found: dict[str, list[Record]] = {}
    for path in paths:
        for grid in read_sheets(path):
            name = None if grid.is_empty() else _table_of(grid.title, names)
            if name is not None:
                found.setdefault(name, []).extend(_records(grid, tables()[name], problems))
    for name in names:
        if tables()[name].get("needed") and name not in found:
            title = tables()[name]["zh"]
            raise UserError(
                Text(f"没有工作表“{title}”", f"there is no sheet “{title}” ({tables()[name]['en']})"),
                where="、".join(path.name for path in paths),
                fix=Text("样表见 --template", "see --template for the form"),
            )
    return found


def _table_of(title: str, names: Sequence[str]) -> str | None:
    key = heading_key(without_brackets(title))
    for name in names:
        table = tables()[name]
        if key in map(heading_key, (table["zh"], table["en"], name, *table["aliases"])):
            return name
    return None


def _records(grid: Grid, table: Table, problems: Problems) -> Iterator[Record]:
    _refuse_barred(grid, table)
    headed = _headed(grid, table)
    scales = {name: scale_of(headed.heading(name)) for name in headed.columns}
    columns = [column for column in table["columns"] if column["name"] in headed.columns]
    known: dict[tuple[str, str], str] = {}  # what a text of a column means: most texts stand in many rows
    for row in headed.records():
        if not (row.cells or row.broken):
            continue
        values = {}
        for column in columns:
            name = column["name"]
            if name in row.broken:
                problems.add("broken_cell", str(row.at(name)), NOT_CALCULATED, CALCULATE)
                continue
            text = row.cell(name)
            value = known.get((name, text)) or _value(column, text, scales[name], row, problems)
            if value:
                known[name, text] = value
            values[name] = value
        yield Record(values, row)


def _value(column: Mapping[str, Any], text: str, scale: int, row: Row, problems: Problems) -> str | None:
    at, kind = str(row.at(column["name"])), column["type"]
    if not text:
        if column.get("needed"):
            what = Text(f"“{column['zh']}”没有填", f"{column['zh']} ({column['name']}) is blank")
            problems.add(f"blank_{column['name']}", at, what, Text("请补填", "fill it in"))
        return None
    if kind == "yuan":
        return yuan_of(text, at, scale, problems)
    if kind == "word":
        return word_of(text, at, column["words"], problems)
    return _READERS[kind](text, at, problems) if kind in _READERS else text


def _headed(grid: Grid, table: Table) -> Headed:
    index = {
        heading_key(word): column["name"]
        for column in table["columns"]
        for word in (column["zh"], column["name"], *column.get("aliases", ()))
    }
    needed = {column["name"]: column["zh"] for column in table["columns"] if column.get("needed")}
    headed = find_headings(grid, index, needed, passes_brackets=True)
    for at, name in headed.doubled.items():
        zh, en = f"两列都是“{headed.heading(name)}”", f"two columns both mean {name}"
        fix = Text("请删去一列", "delete one of them")
        raise UserError(Text(zh, en), where=str(headed.place(at)), fix=fix)
    if lacking := [needed[name] for name in headed.lacking(needed)]:
        near = nearest(lacking[0], headed.unknown())
        fix = (
            Text(f"；最接近的标题是“{near}”", f"; the nearest heading is {near!r}") if near else Text("", "")
        )
        raise UserError(
            Text(f"缺少列 {'、'.join(lacking)}", f"columns are missing: {', '.join(lacking)}"),
            where=str(headed.place()),
            fix=Text(f"样表见 --template{fix.zh}", f"see --template for the form{fix.en}"),
        )
    return headed


def _refuse_barred(grid: Grid, table: Table) -> None:
    barred = {heading_key(word) for word in table.get("forbidden", ())}
    for row in grid.rows[:SEARCHED_ROWS] if barred else ():
        for at, cell in enumerate(row):
            if heading_key(without_brackets(text_of(cell))) in barred:
                raise _barred(text_of(cell), f"{grid.where} {column_letter(at)}列")


def _barred(heading: str, where: str) -> UserError:
    return UserError(
        Text(f"不得含“{heading}”一列", f"a column “{heading}” must not be there"),
        where=where,
        why=Text(
            "资助档案只用假名编号，不收姓名和证件号",
            "the archive holds pseudonyms: no names, no identity numbers",
        ),
        fix=Text("请删去该列后再读", "delete the column and read again"),
    )
