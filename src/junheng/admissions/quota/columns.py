"""The sheets of the quota workbook and their columns, from ``columns.csv``."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.basics import Text

SERIES = ("numbers", "codes")  # types of columns that come in a row: 志愿1, 志愿2 …
REQUIRED_SHEETS = ("senior", "junior")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one sheet."""

    name: str
    heading: Text
    aliases: tuple[str, ...]
    type: str
    required: bool
    example: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``name`` in the programs, ``title`` in the workbook (and of a CSV file)."""

    name: str
    title: str
    columns: tuple[Column, ...]


@cache
def sheets() -> tuple[Sheet, ...]:
    """The sheets in the order of the workbook."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(
        Sheet(name, title, tuple(_column(row) for row in rows if row["table"] == name))
        for name, title in dict.fromkeys((row["table"], row["sheet"]) for row in rows)
    )


def _column(row: dict[str, str]) -> Column:
    return Column(
        row["column"],
        Text(row["zh"], row["en"]),
        tuple(word for word in row["aliases"].split("|") if word),
        row["type"],
        row["required"] == "true",
        row["example"],
        Text(row["meaning_zh"], row["meaning_en"]),
    )
