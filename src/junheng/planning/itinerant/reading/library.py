"""The shipped defaults, subjects and columns of tables."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain, read_plain_mapping
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.sheet_titles import Tables

PAGE = "docs/method/plan_itinerant.md"
FIX = Gathered(PAGE).fix
LIBRARY = Path(__file__).parents[1] / "library"


@cache
def subjects() -> dict[str, Mapping[str, Any]]:
    """The library's subjects by id."""
    return {row["id"]: row for row in read_plain(LIBRARY / "subjects.yaml", FIX)}


@cache
def defaults() -> Mapping[str, Any]:
    """The library's defaults with their sources."""
    return read_plain_mapping(LIBRARY / "defaults.yaml", FIX)


def read_tables(files: list[Path], faults: Gathered) -> dict[str, list[Record]]:
    """The rows of every table by its name in English; of those not there, none. Raises UserError: unreadable file."""
    columns: Tables = read_plain_mapping(LIBRARY / "columns.yaml", FIX)
    found = read_records(files, columns, faults, passes_others=True)
    return {str(table["en"]): found.get(name, []) for name, table in columns.items()}


def subject_of(word: str) -> str | None:
    """The id of a subject, from id, name or alias."""
    for name, row in subjects().items():
        if word in (name, row["zh"], row["en"], *row["aliases"]):
            return name
    return None
