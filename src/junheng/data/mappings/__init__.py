"""Mapping files that come with the library: exports every bureau has, read without writing a mapping."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.basics import Text
from junheng.data.reading.mapping import load_mapping


@dataclass(frozen=True, slots=True)
class ShippedMapping:
    """A mapping by its name (the file's, without suffix) and title; ``path`` is what ``read_input`` takes."""

    name: str
    title: Text
    path: Path


@cache
def shipped_mappings() -> tuple[ShippedMapping, ...]:
    """All of them, by name."""
    return tuple(
        ShippedMapping(path.stem, _title(path), path) for path in sorted(Path(__file__).parent.glob("*.yaml"))
    )


def _title(path: Path) -> Text:
    zh, _, en = load_mapping(path).title.partition(" | ")
    return Text(zh, en or zh)
