"""Tables of officers as records: headings by dictionary, each cell with its place."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from junheng.basics import Text, UserError, heading_key, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.rotate.reading.faults import Faults, refuse, shown

_SEARCHED = 10  # title lines above the headings
_REMARK = "#"  # a row that begins with it is a remark
_DICTIONARY = Path(__file__).parent / "headings.csv"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: canonical name, words for it, and the words for each of its values (empty: any text)."""

    name: str
    title: Text
    words: tuple[str, ...]
    is_required: bool
    values: Mapping[str, str]  # heading_key of a word → canonical value
    choices: tuple[str, ...] = ()  # of each value the first word in Chinese, as a message lists it


@dataclass(frozen=True, slots=True)
class Record:
    """One row: ``cells`` holds what is filled in, cleaned, canonical where values are listed."""

    where: str
    row: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    refused: set[str] = field(default_factory=set)  # columns whose value is already told as a fault

    def at(self, column: str) -> str:
        """File, sheet and cell."""
        return f"{self.where} {self.letters.get(column, '')}{self.row}"

    def get(self, column: str) -> str:
        """What is filled in; "" when blank or there is no such column."""
        return self.cells.get(column, "")


@cache
def headings(table: str) -> tuple[Heading, ...]:
    """The known columns of ``table``."""
    with _DICTIONARY.open(encoding="utf-8", newline="") as stream:
        return tuple(_heading(row) for row in csv.DictReader(stream) if row["table"] == table)


def _heading(row: Mapping[str, str]) -> Heading:
    values: dict[str, str] = {}
    choices: list[str] = []
    for part in filter(None, row["values"].split("|")):
        canonical, *spellings = part.split("=")
        values |= {heading_key(word) or word: canonical for word in (canonical, *spellings)}
        choices.append(spellings[0] if spellings else canonical)
    words = (row["zh"], row["en"], row["column"], *filter(None, row["aliases"].split("|")))
    return Heading(
        row["column"], Text(row["zh"], row["en"]), words, row["required"] == "yes", values, tuple(choices)
    )


def flag_heading(name: str, word: str, en: str) -> Heading:
    """A yes/no column an officer added: an attribute of teachers."""
    like = next(heading for heading in headings("teachers") if heading.name == "backbone")
    return Heading(name, Text(word, en), (word,), True, like.values, like.choices)


def read_table(path: Path, table: str, faults: Faults, more: Sequence[Heading] = ()) -> list[Record]:
    """All rows of the one sheet of ``path`` that has the required headings, cells checked.

    Raises UserError where there is no such sheet or a heading stands twice; faults of cells go into ``faults``.
    """
    known = (*headings(table), *more)
    for sheet in read_sheets(path):
        if (found := _heading_row(sheet, known)) is not None:
            return _records(sheet, *found, known, faults)
    raise _no_headings(path, known)


def _no_headings(path: Path, known: Sequence[Heading]) -> UserError:
    """The refusal of a file without the table: the row nearest to it, and which headings that row lacks."""
    rows = [
        (len(columns), -number, sheet.where, {heading.name for heading in columns.values()})
        for sheet in read_sheets(path)
        for number, columns in _known_rows(sheet, known)
    ]
    most, number, where, there = max(rows, default=(0, 0, path.name, set[str]()), key=lambda row: row[:2])
    lacking = [heading.title for heading in known if heading.is_required and heading.name not in there]
    zh, en = "、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking)
    return refuse(
        f"{where} 第 {1 - number} 行" if most else where,
        f"缺少列：{zh}",
        f"columns are missing: {en}",
        Text(f"表头须在前 {_SEARCHED} 行内", f"the headings must stand in the first {_SEARCHED} rows"),
    )


def _heading_row(sheet: Grid, known: Sequence[Heading]) -> tuple[int, dict[int, Heading]] | None:
    for number, columns in _known_rows(sheet, known):
        if columns and all(h in columns.values() for h in known if h.is_required):
            return number, columns
    return None


def _known_rows(sheet: Grid, known: Sequence[Heading]) -> Iterator[tuple[int, dict[int, Heading]]]:
    """The first rows and what their cells mean as headings. Raises UserError where a heading stands twice."""
    index = {heading_key(word): heading for heading in reversed(known) for word in heading.words}
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        columns: dict[int, Heading] = {}
        for place, cell in enumerate(row):
            heading = index.get(heading_key(str(cell))) if cell is not None else None
            if heading is not None and any(heading.name == other.name for other in columns.values()):
                where = f"{sheet.where} {column_letter(place)}{number + 1}"
                raise refuse(
                    where, f"两列都是“{heading.title.zh}”", f"two columns both mean {heading.title.en}"
                )
            if heading is not None:
                columns[place] = heading
        yield number, columns


def _records(
    sheet: Grid, top: int, columns: Mapping[int, Heading], known: Sequence[Heading], faults: Faults
) -> list[Record]:
    letters = {heading.name: column_letter(place) for place, heading in columns.items()}
    records = []
    for number in range(top + 1, len(sheet.rows)):
        texts = [_text(cell) for cell in sheet.rows[number]]
        first = next((text for text in texts if text), "")
        broken = {column for row, column in sheet.broken if row == number and column in columns}
        if (not first and not broken) or first.startswith(_REMARK):
            continue
        cells: dict[str, str] = {}
        record = Record(sheet.where, number + 1, cells, letters)
        for place, heading in columns.items():
            if place in broken:
                faults.add(
                    record.at(heading.name),
                    "没有算出的公式或错误值",
                    "a formula never calculated, or an error",
                )
            elif place < len(texts) and texts[place]:
                _fill(cells, record, heading, texts[place], faults)
        records.append(record)
    return records


def _fill(cells: dict[str, str], record: Record, heading: Heading, text: str, faults: Faults) -> None:
    value = heading.values.get(heading_key(text) or text) if heading.values else text
    if value is None:
        zh, en = heading.title.zh, heading.title.en
        allowed = "、".join(heading.choices)
        record.refused.add(heading.name)
        faults.add(
            record.at(heading.name),
            f"“{zh}”不认识“{shown(text)}”，可填：{allowed}",
            f"“{shown(text)}” is no value of {en}; one of: {allowed}",
        )
    else:
        cells[heading.name] = value


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return normalise(str(cell))
