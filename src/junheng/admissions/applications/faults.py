"""Faults of applications, each with its cause and cell, gathered by cause for who must mend them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from junheng.admissions.applications.vocabulary import Cause, causes, worded
from junheng.basics import Text
from junheng.data.books import Place

SHOWN = 5  # places a group names; the list of all is in the workbook of faults


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place. ``value`` as typed; ``other`` and ``expected`` fill the wording.

    ``children``: the document numbers concerned, by which an exception is confirmed.
    """

    cause: str
    place: Place
    value: str = ""
    expected: str = ""
    other: str = ""
    children: tuple[str, ...] = ()

    @property
    def rule(self) -> Cause:
        """What the fault is an instance of."""
        return causes()[self.cause]

    @property
    def what(self) -> Text:
        """The fault in words."""
        fields = {"value": self.value, "expected": self.expected, "other": self.other}
        return worded(self.rule.what, fields)


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All faults of one cause, in the order of the files."""

    cause: Cause
    faults: tuple[Fault, ...]

    @property
    def title(self) -> Text:
        """The group in one line."""
        count = len(self.faults)
        return Text(f"{self.cause.title.zh}：{count} 处", f"{self.cause.title.en}: {count}")

    def as_json(self) -> dict[str, Any]:
        """The group as plain data. Holds personal data: for the officers only, never public."""
        return {
            "cause": self.cause.id,
            "blocks": self.cause.blocks,
            "confirmable": self.cause.is_confirmable,
            "title": {"zh": self.title.zh, "en": self.title.en},
            "fix": {"zh": self.cause.fix.zh, "en": self.cause.fix.en},
            "count": len(self.faults),
            "faults": [
                {"where": str(fault.place), "zh": fault.what.zh, "en": fault.what.en} for fault in self.faults
            ],
        }


def place_order(place: Place) -> tuple[str, str, int, int, str]:
    """Sorts places as one reads a workbook: AA after Z."""
    return place.file, place.sheet, place.row, len(place.column), place.column


def group_faults(faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Faults by cause: those that block first, then the most frequent. The order given does not matter."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.cause, []).append(fault)
    groups = [
        FaultGroup(causes()[cause], tuple(sorted(members, key=_order))) for cause, members in found.items()
    ]
    return tuple(sorted(groups, key=lambda g: (not g.cause.blocks, -len(g.faults), g.cause.id)))


def _order(fault: Fault) -> tuple[Any, ...]:
    return *place_order(fault.place), fault.value, fault.expected, fault.other
