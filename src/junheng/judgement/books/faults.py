"""What is wrong in a book, where, and what to do: grouped by cause, never mended in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError

SHOWN = 30  # places told in one message; who has more reads again anyway


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: ``row`` from 1 (0: the whole sheet), ``column`` Excel's letter or ""."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        sheet = f" [{self.sheet}]" if self.sheet else ""
        cell = f" {self.column}{self.row}" if self.column else f" 第 {self.row} 行 row {self.row}"
        return f"{self.file}{sheet}" + (cell if self.row else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``cause`` is its grouping key."""

    cause: str
    place: Place
    what: Text
    fix: Text

    def as_json(self) -> dict[str, Any]:
        """The fault as it stands in an outcome."""
        return {
            "cause": self.cause,
            "where": str(self.place),
            "what": {"zh": self.what.zh, "en": self.what.en},
            "fix": {"zh": self.fix.zh, "en": self.fix.en},
        }


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All places of one cause."""

    cause: str
    what: Text
    fix: Text
    places: tuple[Place, ...]


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Faults by cause, in the order of their first place; the first fault words the group."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.cause, []).append(fault)
    return [
        FaultGroup(cause, group[0].what, group[0].fix, tuple(fault.place for fault in group))
        for cause, group in found.items()
    ]


def refused(faults: Iterable[Fault], why: Text) -> UserError:
    """One error for faults that leave nothing to work with."""
    listed = list(faults)
    told = listed[:SHOWN]
    zh = "；".join(f"{fault.place}：{fault.what.zh}" for fault in told)
    en = "; ".join(f"{fault.place}: {fault.what.en}" for fault in told)
    return UserError(
        Text(f"{zh}（共 {len(listed)} 处）", f"{en} ({len(listed)} in all)"),
        where="; ".join(dict.fromkeys(str(fault.place) for fault in told)),
        why=why,
        fix=told[0].fix,
    )
