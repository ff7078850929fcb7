"""The words of the form, from data: headings with aliases, values, the wording of faults.

``columns.csv`` names the columns (``{n}`` stands for the number of a wish), ``values.csv`` the kinds of document and
the sexes, ``faults.yaml`` everything that can be wrong and whether it keeps the roll from being frozen.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, heading_key

FOLDER = Path(__file__).parent
MOST_NUMBERED = 30  # wishes a form may have columns for
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form; ``kind`` tells how a cell is read."""

    name: str
    heading: Text
    aliases: tuple[str, ...]
    kind: str
    example: str
    meaning: Text

    @property
    def is_numbered(self) -> bool:
        """Whether the column comes once for every wish."""
        return "{n}" in self.heading.zh


@dataclass(frozen=True, slots=True)
class Value:
    """One word of a list of values. ``pattern``: the form of a document's number; GB 11643 has a check character."""

    code: str
    name: Text
    aliases: tuple[str, ...]
    pattern: str
    is_gb11643: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that can be wrong. ``blocks`` the freeze, unless ``is_confirmable`` and confirmed as an exception."""

    id: str
    blocks: bool
    is_confirmable: bool
    title: Text
    what: Text
    fix: Text


@cache
def columns() -> Mapping[str, Column]:
    """The columns of the form, in its order."""
    with (FOLDER / "columns.csv").open(encoding="utf-8", newline="") as stream:
        return {row["column"]: _column(row) for row in csv.DictReader(stream)}


def _column(row: Mapping[str, str]) -> Column:
    return Column(
        name=row["column"],
        heading=Text(row["zh"], row["en"]),
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        kind=row["kind"],
        example=row["example"],
        meaning=Text(row["meaning_zh"], row["meaning_en"]),
    )


@cache
def values(kind: str) -> Mapping[str, Value]:
    """The values of ``kind`` (id_kind or sex) by code."""
    with (FOLDER / "values.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: _value(row) for row in csv.DictReader(stream) if row["kind"] == kind}


def _value(row: Mapping[str, str]) -> Value:
    aliases = tuple(filter(None, row["aliases"].split("|")))
    return Value(row["code"], Text(row["zh"], row["en"]), aliases, row["pattern"], row["is_gb11643"] == "yes")


def find_value(kind: str, word: str) -> Value | None:
    """The value of ``kind`` that ``word`` means: its code, name or alias."""
    return _value_index(kind).get(heading_key(word))


@cache
def _value_index(kind: str) -> Mapping[str, Value]:
    return {
        heading_key(word): value
        for value in values(kind).values()
        for word in (value.code, value.name.zh, value.name.en, *value.aliases)
    }


def find_column(heading: str) -> tuple[Column, int] | None:
    """The column a heading means and its number (0: not numbered, else from 1); None when nobody knows it.

    >>> found = find_column("第三志愿")
    >>> found[0].name, found[1]
    ('wish', 3)
    """
    return _heading_index().get(heading_key(heading.replace("*", "")))


@cache
def _heading_index() -> Mapping[str, tuple[Column, int]]:
    found: dict[str, tuple[Column, int]] = {}
    for column in columns().values():
        for word in (column.name, column.heading.zh, column.heading.en, *column.aliases):
            for number in range(1, MOST_NUMBERED + 1) if "{n}" in word else (0,):
                for numeral in _written(number):
                    found.setdefault(heading_key(word.replace("{n}", numeral)), (column, number))
    return found


def _written(number: int) -> tuple[str, ...]:
    """How a number stands in a heading: 3 and 三 (to 十, beyond which forms write digits)."""
    return (str(number), _NUMERALS[number - 1]) if 1 <= number <= len(_NUMERALS) else (str(number),)


def heading(column: str, number: int = 0) -> str:
    """The Chinese heading of a column as the template writes it."""
    return columns()[column].heading.zh.replace("{n}", str(number))


@cache
def causes() -> Mapping[str, Cause]:
    """Everything that can be wrong, by id."""
    given: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "faults.yaml").read_text(encoding="utf-8"))
    return {
        name: Cause(
            id=name,
            blocks=entry["blocks"],
            is_confirmable=entry.get("confirmable", False),
            title=Text(**entry["title"]),
            what=Text(**entry["what"]),
            fix=Text(**entry["fix"]),
        )
        for name, entry in given.items()
    }


_FIELD = re.compile(r"\{(value|other|expected)(!r)?\}")


def worded(template: Text, fields: Mapping[str, str]) -> Text:
    """``template`` with its fields filled in; braces typed by a user stay what they are."""

    def filled(text: str) -> str:
        return _FIELD.sub(lambda m: f"“{fields[m[1]]}”" if m[2] else fields[m[1]], text)

    return Text(filled(template.zh), filled(template.en))
