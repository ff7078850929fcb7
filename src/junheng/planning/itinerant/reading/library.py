"""The shipped defaults and subjects."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.itinerant.reading.faults import FIX
from junheng.planning.plain_yaml import read_plain, read_plain_mapping

LIBRARY = Path(__file__).parents[1] / "library"


@cache
def subjects() -> dict[str, Mapping[str, Any]]:
    """The library's subjects by id."""
    return {row["id"]: row for row in read_plain(LIBRARY / "subjects.yaml", FIX)}


@cache
def defaults() -> Mapping[str, Any]:
    """The library's defaults with their sources."""
    return read_plain_mapping(LIBRARY / "defaults.yaml", FIX)


def subject_of(word: str) -> str | None:
    """The id of a subject, from id, name or alias."""
    for name, row in subjects().items():
        if word in (name, row["zh"], row["en"], *row["aliases"]):
            return name
    return None
