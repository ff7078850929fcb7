"""Limits of the way to school by grade: minutes and radii with their sources (library/limits.yaml)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from junheng.basics import Text

_FILE = Path(__file__).parent / "library" / "limits.yaml"


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule: ``minutes`` by ``mode`` or ``metres``; 0 where it does not speak of that. ``mark``: how sure the text is.

    ``place``: city, rural or "" (everywhere); ``mark``: checked, unchecked or local. Rules do not bind boarders.
    """

    id: str
    grades: tuple[int, ...]
    text: Text
    source: str
    mark: str
    mode: str = ""
    minutes: int = 0
    metres: int = 0
    place: str = ""


@cache
def limits(grade: int | None = None) -> tuple[Limit, ...]:
    """All limits of the library, or those that speak of a grade (1 to 9)."""
    found = tuple(
        Limit(
            entry["id"], tuple(entry["grades"]), Text(entry["zh"], entry["en"]), entry["source"], entry["mark"],
            entry.get("mode", ""), entry.get("minutes", 0), entry.get("metres", 0), entry.get("place", ""),
        )
        for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    )  # fmt: skip
    return found if grade is None else tuple(limit for limit in found if grade in limit.grades)
