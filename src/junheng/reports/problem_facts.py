"""The grouped data problems of a finding, as the report lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.data import short_cells
from junheng.reports.read_facts import chinese


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One cause: how severe, in words, how often, and where it was first seen."""

    severity: str
    cause: str
    what: str
    fix: str
    count: int
    where: str


def problem_groups(problems: Any) -> list[ProblemLine]:
    """The groups of problems.json, logic first, then the most frequent."""
    groups = problems.get("groups", []) if isinstance(problems, Mapping) else problems
    found = [_line(group) for group in groups]
    return sorted(found, key=lambda line: (line.severity != "logic", -line.count, line.cause))


def _line(group: Mapping[str, Any]) -> ProblemLine:
    first = _first(group)
    place = [first.get("file", ""), first.get("sheet", ""), short_cells(str(first.get("cell") or ""))]
    return ProblemLine(
        severity=str(group.get("severity", "")),
        cause=str(group.get("cause", "")),
        what=_words(group, first),
        fix=chinese(group.get("fix")),
        count=int(group.get("count") or 1),
        where=" ".join(str(part) for part in place if part),
    )


def _words(group: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """The cause in words, with the first case as an example where that says more."""
    title, example = chinese(group.get("title")), chinese(first.get("what"))
    has_example = "如：" in title or example in title
    return f"{title}（如：{example}）" if title and example and not has_example else title or example


def _first(group: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in ("samples", "problems"):
        found = group.get(key)
        if isinstance(found, Mapping):
            return found
        if isinstance(found, Sequence) and found and isinstance(found[0], Mapping):
            return found[0]
    return group
