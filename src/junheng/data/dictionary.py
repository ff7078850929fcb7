"""The data dictionary: every table and column, its Chinese heading, type, unit and meaning, from CSV.

``data/dictionary/tables.csv`` names the tables, ``data/dictionary/<table>.csv`` their columns. The reader, the
checks, the template workbook, the made-up data and the manual are all made from it; nothing else names a heading.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from junheng.basics import Text

ColumnType = Literal["text", "code", "integer", "number", "boolean", "date", "enum"]
Privacy = Literal["public", "internal", "personal", "sensitive"]

FOLDER = Path(__file__).parent / "dictionary"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column. ``values`` maps canonical value → name; an enum takes nothing else.

    On an integer column ``values`` are words that stand for a number (一年级 → 1). ``minimum`` and ``maximum``
    are the bounds of what is believable, in ``unit``; ``first_year`` is the first school year it is reported.
    """

    name: str
    heading: Text
    aliases: tuple[str, ...]
    type: ColumnType
    unit: str
    whole: bool
    required: bool
    first_year: int | None
    privacy: Privacy
    values: Mapping[str, Text]
    value_aliases: Mapping[str, tuple[str, ...]]
    minimum: float | None
    maximum: float | None
    example: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: ``sheet`` is its name in the workbook, ``key`` identifies a row within a year."""

    name: str
    sheet: Text
    aliases: tuple[str, ...]
    key: tuple[str, ...]
    columns: Mapping[str, ColumnSpec]
    meaning: Text


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All tables in the order of ``tables.csv``."""

    tables: Mapping[str, TableSpec]

    def column(self, table: str, column: str) -> ColumnSpec:
        """The specification of one column; KeyError when the dictionary has none."""
        return self.tables[table].columns[column]


@cache
def load_dictionary() -> Dictionary:
    """The shipped dictionary, read once."""
    rows = _rows(FOLDER / "tables.csv")
    return Dictionary(tables={row["table"]: _table(row) for row in rows})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _table(row: Mapping[str, str]) -> TableSpec:
    columns = (_column(found) for found in _rows(FOLDER / f"{row['table']}.csv"))
    return TableSpec(
        name=row["table"],
        sheet=Text(row["zh"], row["en"]),
        aliases=_parts(row["aliases"]),
        key=_parts(row["key"]),
        columns={column.name: column for column in columns},
        meaning=Text(row["meaning_zh"], row["meaning_en"]),
    )


def _column(row: Mapping[str, str]) -> ColumnSpec:
    entries = [entry.split("=") for entry in _parts(row["values"])]
    return ColumnSpec(
        name=row["column"],
        heading=Text(row["zh"], row["en"]),
        aliases=_parts(row["aliases"]),
        type=cast(ColumnType, _listed(row["type"], get_args(ColumnType))),
        unit=row["unit"],
        whole=row["whole"] == "true",
        required=row["required"] == "true",
        first_year=int(row["first_year"]) if row["first_year"] else None,
        privacy=cast(Privacy, _listed(row["privacy"], get_args(Privacy))),
        values={entry[0]: Text(entry[1], entry[2]) for entry in entries},
        value_aliases={
            entry[0]: tuple("=".join(entry[3:]).split("/")) for entry in entries if len(entry) > 3
        },
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        example=row["example"],
        meaning=Text(row["meaning_zh"], row["meaning_en"]),
    )


def _listed(word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise ValueError(f"{word!r} is none of {', '.join(known)}")
    return word


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
