"""The columns of an intake roll, from columns.yaml: headings, aliases, words; nothing else names one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, heading_key, value_key

_FILE = Path(__file__).parent / "columns.yaml"
MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``kind``: text, sex, special, label, labels, flag, number, or mark (then ``name`` is the subject)."""

    name: str
    title: Text
    kind: str
    needed: bool
    example: str
    aliases: tuple[str, ...]

    def words(self) -> Iterable[str]:
        """Every heading that means this column."""
        return (self.title.zh, self.title.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns: of the roll, the known marks, the plan sheet; ``words`` by meaning, ``by_key``: names of the roll's columns."""

    roll: Mapping[str, Column]
    marks: Mapping[str, Column]
    plan: Mapping[str, Column]
    total: str
    left_out: frozenset[str]
    words: Mapping[str, frozenset[str]]
    by_key: dict[str, str]

    def named(self, name: str) -> Column:
        """The column ``name``; what the dictionary does not list is a subject of this intake."""
        for known in (self.roll, self.marks, self.plan):
            if name in known:
                return known[name]
        return Column(name, Text(name, name), MARK, needed=False, example="", aliases=())

    def is_left_out(self, heading: str) -> bool:
        """Whether a column is known and never read."""
        return heading_key(heading) in self.left_out

    def means(self, word: str, text: str) -> bool:
        """Whether ``text`` is one of the words listed under ``word``."""
        return value_key(text) in self.words[word]


@cache
def load_columns() -> Columns:
    """The shipped columns, read once."""
    found = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    roll = {c["name"]: _column(c) for c in found["columns"]}
    marks = {c["zh"]: _column({"name": c["zh"], "kind": MARK, **c}) for c in found["marks"]}
    listed = (*roll.values(), *marks.values())
    return Columns(
        roll=roll,
        marks=marks,
        plan={c["name"]: _column({"kind": "text", **c}) for c in found["plan"]},
        total=found["total"],
        left_out=frozenset(map(heading_key, found["left_out"])),
        words={word: frozenset(map(value_key, texts)) for word, texts in found["words"].items()},
        by_key={heading_key(word): column.name for column in listed for word in column.words()},
    )


def _column(found: Mapping[str, Any]) -> Column:
    return Column(
        name=found["name"],
        title=Text(found["zh"], found["en"]),
        kind=found["kind"],
        needed=found.get("needed", False),
        example=found.get("example", ""),
        aliases=tuple(found["aliases"]),
    )
