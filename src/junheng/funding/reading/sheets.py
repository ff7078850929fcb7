"""Sheets of funds and aid as records with exact values and their places, by ``columns.yaml``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data import Grid, column_letter, read_sheets
from junheng.funding.problems import Problems
from junheng.funding.reading.cell_values import (
    cell_text,
    day_of,
    flag_of,
    scale_of,
    term_of,
    word_of,
    year_of,
    yuan_of,
)

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_BRACKETS = re.compile(r"[（(][^）)]*[）)]|\*")
_BOOKS = (".xlsx", ".xls", ".ods", ".csv")
Table = Mapping[str, Any]
_READERS = {"day": day_of, "year": year_of, "term": term_of, "flag": flag_of}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: typed texts by column (None where blank or no such value) and where it stands."""

    values: Mapping[str, str | None]
    where: str
    row: int
    letters: Mapping[str, str]

    def __getitem__(self, name: str) -> str | None:
        return self.values.get(name)

    def at(self, name: str = "") -> str:
        """The cell, or the row, as messages name it."""
        letter = self.letters.get(name, "")
        return f"{self.where} {letter}{self.row}" if letter else f"{self.where} 第 {self.row} 行"


@cache
def tables() -> Mapping[str, Table]:
    """What ``columns.yaml`` says, table by table."""
    path = Path(__file__).with_name("columns.yaml")
    found: Mapping[str, Table] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def books_of(path: Path) -> list[Path]:
    """The workbook or text table itself, or those of a folder by name; none in an empty folder."""
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir()) if path.is_dir() else []
    return [one for one in inside if one.suffix.lower() in _BOOKS and not one.name.startswith(("~$", "."))]


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
    key = heading_key(_BRACKETS.sub("", title))
    for name in names:
        table = tables()[name]
        if key in map(heading_key, (table["zh"], table["en"], name, *table["aliases"])):
            return name
    return None


def _records(grid: Grid, table: Table, problems: Problems) -> Iterator[Record]:
    top, places = _headings(grid, table)
    letters = {name: column_letter(at) for name, at in places.items()}
    heads, columns = grid.rows[top], [column for column in table["columns"] if column["name"] in places]
    known: dict[tuple[str, str], str] = {}  # what a text of a column means: most texts stand in many rows
    for number in range(top + 1, len(grid.rows)):
        row = grid.rows[number]
        texts = {name: cell_text(row[at]) if at < len(row) else "" for name, at in places.items()}
        first = next(filter(None, (cell_text(cell) for cell in row)), "")
        broken = [name for name, at in places.items() if (number, at) in grid.broken]
        if first.startswith("#") or not (any(texts.values()) or broken):
            continue
        record = Record({}, grid.where, number + 1, letters)
        _tell_broken(record, broken, problems)
        values = {}
        for column in (one for one in columns if one["name"] not in broken):
            name = column["name"]
            value = known.get((name, texts[name])) or _value(
                column, texts[name], heads[places[name]], record, problems
            )
            if value:
                known[name, texts[name]] = value
            values[name] = value
        yield Record(values, grid.where, number + 1, letters)


def _tell_broken(record: Record, broken: Sequence[str], problems: Problems) -> None:
    for name in broken:
        what = Text("公式没有算出或有错误值", "a formula not calculated, or an error value")
        problems.add("broken_cell", record.at(name), what, Text("请重新计算后保存", "calculate and save"))


def _value(
    column: Mapping[str, Any], text: str, heading: object, record: Record, problems: Problems
) -> str | None:
    at, kind = record.at(column["name"]), column["type"]
    if not text:
        if column.get("needed"):
            what = Text(f"“{column['zh']}”没有填", f"{column['zh']} ({column['name']}) is blank")
            problems.add(f"blank_{column['name']}", at, what, Text("请补填", "fill it in"))
        return None
    if kind == "yuan":
        return yuan_of(text, at, scale_of(str(heading)), problems)
    if kind == "word":
        return word_of(text, at, column["words"], problems)
    return _READERS[kind](text, at, problems) if kind in _READERS else text


def _headings(grid: Grid, table: Table) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        best = max(best, (number, _places(row, table, grid)), key=lambda one: len(one[1]))
    lacking = [
        column["zh"] for column in table["columns"] if column.get("needed") and column["name"] not in best[1]
    ]
    if not lacking:
        return best
    seen = [cell_text(cell) for cell in grid.rows[best[0]]]
    near = nearest(lacking[0], [word for word in seen if word])
    fix = (f"；最接近的标题是“{near}”", f"; the nearest heading is {near!r}") if near else ("", "")
    raise UserError(
        Text(f"缺少列 {'、'.join(lacking)}", f"columns are missing: {', '.join(lacking)}"),
        where=f"{grid.where} 第 {best[0] + 1} 行",
        fix=Text(f"样表见 --template{fix[0]}", f"see --template for the form{fix[1]}"),
    )


def _places(row: Sequence[object], table: Table, grid: Grid) -> dict[str, int]:
    index = {
        heading_key(word): column["name"]
        for column in table["columns"]
        for word in (column["zh"], column["name"], *column.get("aliases", ()))
    }
    barred = {heading_key(word) for word in table.get("forbidden", ())}
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        key = heading_key(_BRACKETS.sub("", cell_text(cell)))
        if key and key in barred:
            raise _barred(cell_text(cell), f"{grid.where} {column_letter(at)}列")
        if key in index:
            if index[key] in found:
                zh, en = f"两列都是“{cell_text(cell)}”", f"two columns both mean {index[key]}"
                raise UserError(Text(zh, en), where=grid.where, fix=Text("请删去一列", "delete one of them"))
            found[index[key]] = at
    return found


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
