"""The shipped rules of mergers: duties and states, limits, columns – data with citations."""

from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.planning.plain_yaml import read_plain_mapping

PAGE = "docs/method/plan_merge.md"
FIX = Text(f"写法见 {PAGE}", f"see {PAGE}")


@cache
def library(name: str) -> dict[str, Any]:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(Path(__file__).parent / "library" / f"{name}.yaml", FIX)


def words(kind: str) -> dict[str, list[str]]:
    """Spellings by the word they stand for."""
    found: dict[str, list[str]] = library("columns")["words"][kind]
    return found


def duty_words() -> dict[str, list[str]]:
    """Duty ids with their Chinese names."""
    return {duty["id"]: [duty["zh"], duty["en"]] for duty in library("duties")["duties"]}


def state_words() -> dict[str, list[str]]:
    """State ids with their names."""
    return {state["id"]: [state["zh"], state["en"]] for state in library("duties")["states"]}
