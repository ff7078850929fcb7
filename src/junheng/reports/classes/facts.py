"""What the papers of a class formation are made of: who is where, how even the classes are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from junheng.class_formation import Certificate


@dataclass(frozen=True)
class ClassFacts:
    """One layout. ``groups``: public result, school by school; ``rows``: the roll's rows with those who came later.

    ``classes`` and ``names`` by pid: class number today, identity. ``notes`` by pid: what happened since (插班, 调班).
    ``is_trial``: printed on every page, and no code of a child is shown.
    """

    title: str
    is_trial: bool
    groups: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    classes: Mapping[str, int]
    names: Mapping[str, Mapping[str, str]]
    certificate: Certificate
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """What stands at the head of every page."""
        return f"{self.title}（试算——不是正式结果）" if self.is_trial else self.title

    @cached_property
    def members(self) -> Mapping[tuple[str, str], list[list[Mapping[str, Any]]]]:
        """By school and grade the rows of class 1, 2, …, each ascending by pid: an order that says nothing."""
        found: dict[tuple[str, str], list[list[Mapping[str, Any]]]] = {
            (group["school"], group["grade"]): [[] for _ in group["sizes"]] for group in self.groups
        }
        for row in sorted(self.rows, key=lambda row: str(row["pid"])):
            found[row["school"], row["grade"]][self.classes[row["pid"]] - 1].append(row)
        return found
