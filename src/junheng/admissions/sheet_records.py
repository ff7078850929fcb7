"""Sheets of schools, pools and zones as records: headings by dictionary, every row with its place.

``headings.csv`` names the columns of each table with their aliases and values; readers and templates follow it.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.admissions.cell_text import text_of
from junheng.admissions.sheets import Place
from junheng.basics import Text, UserError, heading_key, value_key
from junheng.data import Grid, column_letter

HEADING_SEARCH_ROWS = 10  # title lines above the headings are passed over, but never more than this
REMARK = "#"  # a row whose first filled cell begins with it is a remark or the example
SHOWN = 30  # faults listed in one refusal; who has more will read again anyway
_DICTIONARY = Path(__file__).parent / "headings.csv"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table. ``values``: canonical value → Chinese word, where only these may stand."""

    name: str
    title: Text
    aliases: tuple[str, ...]
    is_required: bool
    values: Mapping[str, str]
    example: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``cells`` holds what is filled in, cleaned; ``letters`` the sheet's columns."""

    place: Place
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get(column, "")

    def at(self, column: str) -> Place:
        """The place of a cell."""
        return Place(self.place.file, self.place.sheet, self.place.row, self.letters.get(column, ""))


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in one row, and what to do."""

    place: Place
    what: Text
    fix: Text


@cache
def headings(table: str) -> Mapping[str, Heading]:
    """The columns of ``table`` (school, pool or zone) in their order."""
    with _DICTIONARY.open(encoding="utf-8", newline="") as stream:
        return {row["column"]: _heading(row) for row in csv.DictReader(stream) if row["table"] == table}


def _heading(row: Mapping[str, str]) -> Heading:
    pairs = [part.partition("=") for part in row["values"].split("|") if part]
    return Heading(
        name=row["column"],
        title=Text(row["zh"], row["en"]),
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        is_required=row["required"] == "yes",
        values={canonical: word for canonical, _, word in pairs},
        example=row["example"],
        meaning=Text(row["meaning_zh"], row["meaning_en"]),
    )


def read_records(sheet: Grid, table: str, faults: list[RowFault]) -> list[Record] | None:
    """The rows of ``sheet`` as records of ``table``; None when it lacks a required heading.

    Faults of cells (blank where required, not one of the values, no usable value) are added to ``faults``.
    Raises UserError when two headings mean the same column.
    """
    found = _heading_row(sheet, table)
    if found is None:
        return None
    top, columns = found
    letters = {name: column_letter(index) for index, name in columns.items()}
    records = []
    for number in range(top + 1, len(sheet.rows)):
        texts = [text_of(cell) for cell in sheet.rows[number]]
        first = next((text for text in texts if text), "")
        broken = [column for row, column in sheet.broken if row == number and column in columns]
        if (first or broken) and not first.startswith(REMARK):
            cells = {
                name: texts[index] for index, name in columns.items() if index < len(texts) and texts[index]
            }
            record = Record(Place(sheet.file, sheet.sheet, number + 1), cells, letters)
            faults += [_broken(record, columns[index]) for index in broken]
            records.append(_checked(record, table, faults, {columns[index] for index in broken}))
    return records


def _heading_row(sheet: Grid, table: str) -> tuple[int, dict[int, str]] | None:
    index = _index(table)
    required = {name for name, heading in headings(table).items() if heading.is_required}
    for number, row in enumerate(sheet.rows[:HEADING_SEARCH_ROWS]):
        known: dict[int, str] = {}
        for place, cell in enumerate(row):
            name = index.get(heading_key(text_of(cell).replace("*", ""))) if text_of(cell) else None
            if name is not None and name in known.values():
                where = str(Place(sheet.file, sheet.sheet, number + 1, column_letter(place)))
                title = headings(table)[name].title
                raise UserError(
                    Text(f"两列都是“{title.zh}”", f"two columns both mean {title.en}"),
                    where=where,
                    fix=Text("请删除或改名其中一列", "delete or rename one of them"),
                )
            if name is not None:
                known[place] = name
        if required <= set(known.values()):
            return number, known
    return None


@cache
def _index(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, heading in headings(table).items():
        for word in (heading.title.zh, heading.title.en, *heading.aliases):
            found.setdefault(heading_key(word), name)
    return found


def _checked(record: Record, table: str, faults: list[RowFault], told: set[str]) -> Record:
    """The record with words replaced by canonical values; what does not fit is reported."""
    cells = dict(record.cells)
    for name, heading in headings(table).items():
        if heading.is_required and not cells.get(name) and name not in told:
            zh, en = f"“{heading.title.zh}”没有填", f"{heading.title.en} is blank"
            faults.append(RowFault(record.at(name), Text(zh, en), Text("请补填", "fill it in")))
        if heading.values and cells.get(name):
            words = {value_key(word): c for c, zh in heading.values.items() for word in (c, zh)}
            canonical = words.get(value_key(cells[name]))
            if canonical is None:
                faults.append(_no_value(record, heading, cells.pop(name)))
            else:
                cells[name] = canonical
    return Record(record.place, cells, record.letters)


def _no_value(record: Record, heading: Heading, word: str) -> RowFault:
    listed = "、".join(heading.values.values())
    return RowFault(
        record.at(heading.name),
        Text(f"“{heading.title.zh}”中没有“{word}”", f"“{word}” is no value of {heading.title.en}"),
        Text(f"可用：{listed}", f"use one of {listed}"),
    )


def _broken(record: Record, name: str) -> RowFault:
    return RowFault(
        record.at(name),
        Text("没有算出的公式或错误值", "a formula never calculated, or an error"),
        Text("请重新计算并存为 .xlsx，或直接键入", "calculate it and save as .xlsx, or type the value"),
    )


def refuse_rows(what: Text, faults: Iterable[RowFault]) -> UserError:
    """One error that lists the faulty cells with their places, the first thirty in full."""
    listed: Sequence[RowFault] = list(faults)
    told, more = listed[:SHOWN], len(listed) - SHOWN
    rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more > 0 else Text("", "")
    zh = "".join(f"\n  · {fault.place}：{fault.what.zh}。{fault.fix.zh}" for fault in told)
    en = "".join(f"\n  · {fault.place}: {fault.what.en}. {fault.fix.en}" for fault in told)
    return UserError(
        Text(f"{what.zh}（{len(listed)} 处）：{zh}{rest.zh}", f"{what.en} ({len(listed)}):{en}{rest.en}"),
        where="; ".join(dict.fromkeys(str(fault.place) for fault in told)),
        why=Text("有疑问的行不能猜", "a row in doubt must not be guessed"),
        fix=Text("请逐条改正后再读", "mend each and read again"),
    )
