"""Every printed number has an id: ``explain --figure`` opens it, ``lint_report`` recomputes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from junheng.reports.percent import PercentMode, format_share
from junheng.reports.word.blocks import Tagged


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number.

    ``name`` says what it is in a stable way ("primary.R1.met"), ``id`` is its tag in this report ("F12").
    ``refs`` tell where it comes from: ``file`` and ``path`` (dotted, into that file), ``stage``,
    ``indicator``, ``school_id``; for a share ``part`` and ``whole`` (ids), ``mode`` and ``digits``; for a sum
    ``parts`` (ids).
    """

    id: str
    name: str
    value: int | float | str | None
    text: str
    label: str
    kind: str
    refs: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The entry of figures.json."""
        return {
            "id": self.id,
            "name": self.name,
            "value": self.value,
            "text": self.text,
            "label": self.label,
            "kind": self.kind,
            "refs": dict(self.refs),
        }


@dataclass(slots=True)
class NumberIndex:
    """The numbers of one report in order of appearance; the same name is entered once."""

    mode: PercentMode = "truncate"
    digits: int = 1
    entries: dict[str, Number] = field(default_factory=dict)
    _by_id: dict[str, Number] = field(default_factory=dict)

    def add(
        self,
        name: str,
        value: int | float | str | None,
        text: str,
        label: str,
        kind: str,
        **refs: Any,
    ) -> Tagged:
        """Enter a number and return it as it is printed."""
        if name not in self.entries:
            refs = {key: found for key, found in refs.items() if found not in (None, "")}
            entry = Number(f"F{len(self.entries) + 1}", name, value, text, label, kind, refs)
            self.entries[name] = self._by_id[entry.id] = entry
        entry = self.entries[name]
        return Tagged(entry.text, entry.id)

    def count(self, name: str, value: int, label: str, path: str, **refs: Any) -> Tagged:
        """A whole number of verdict.json at ``path``."""
        return self.add(name, value, str(value), label, "count", file="verdict.json", path=path, **refs)

    def share(self, name: str, part: Tagged, whole: Tagged, label: str) -> Tagged:
        """``part`` of ``whole`` in percent, without the sign; "—" where the whole is 0."""
        top, bottom = self.by_id(part.id).value, self.by_id(whole.id).value
        if not isinstance(top, int) or not isinstance(bottom, int) or bottom == 0:
            return self.add(name, None, "—", label, "share", part=part.id, whole=whole.id)
        text = format_share(top, bottom, mode=self.mode, digits=self.digits)
        refs = {"part": part.id, "whole": whole.id, "mode": self.mode, "digits": self.digits}
        return self.add(name, float(text), text, label, "share", **refs)

    def by_id(self, figure_id: str) -> Number:
        """The number with this id; KeyError when there is none."""
        return self._by_id[figure_id]

    def as_json(self) -> list[dict[str, Any]]:
        """The content of figures.json."""
        return [entry.as_json() for entry in self.entries.values()]


def id_range(numbers: list[Tagged]) -> str:
    """The ids of one table row, shortened: "F12–F15"."""
    if not numbers:
        return ""
    return numbers[0].id if len(numbers) == 1 else f"{numbers[0].id}–{numbers[-1].id}"
