"""The sheets that a book may have: headings with aliases and kinds, from a small dictionary in CSV."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.basics import Text, heading_key


@dataclass(frozen=True, slots=True)
class Heading:
    """One column. ``values``: canonical value → Chinese word.

    ``kind``: text, number, date or yes_no; who converts cells in another way may know further kinds.
    """

    name: str
    title: Text
    aliases: tuple[str, ...]
    is_required: bool
    kind: str
    values: Mapping[str, str]
    example: str
    meaning: Text

    def spellings(self) -> set[str]:
        """The forms in which the heading may stand in a sheet."""
        return {heading_key(word) for word in (self.title.zh, self.title.en, self.name, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Form:
    """One table: the name of its sheet and its columns."""

    table: str
    title: Text
    aliases: tuple[str, ...]
    is_required: bool
    headings: Mapping[str, Heading]

    def spellings(self) -> set[str]:
        """The names its sheet may have."""
        return {heading_key(word) for word in (self.title.zh, self.title.en, self.table, *self.aliases)}

    def required(self) -> list[Heading]:
        """The columns that must be there, every cell filled in."""
        return [heading for heading in self.headings.values() if heading.is_required]


@cache
def load_forms(path: Path) -> Mapping[str, Form]:
    """The forms of the dictionary at ``path``: its rows with an empty column name the sheets."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    heads = [row for row in rows if not row["column"]]
    return {
        row["table"]: _form(row, [r for r in rows if r["table"] == row["table"] and r["column"]])
        for row in heads
    }


def _form(head: Mapping[str, str], rows: list[dict[str, str]]) -> Form:
    return Form(
        table=head["table"],
        title=Text(head["zh"], head["en"]),
        aliases=_parts(head["aliases"]),
        is_required=head["required"] == "yes",
        headings={row["column"]: _heading(row) for row in rows},
    )


def _heading(row: Mapping[str, str]) -> Heading:
    pairs = [part.partition("=") for part in _parts(row["values"])]
    return Heading(
        name=row["column"],
        title=Text(row["zh"], row["en"]),
        aliases=_parts(row["aliases"]),
        is_required=row["required"] == "yes",
        kind=row["kind"] or "text",
        values={canonical: word for canonical, _, word in pairs},
        example=row["example"],
        meaning=Text(row["meaning_zh"], row["meaning_en"]),
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
