"""What an import would do: what is new, what changes, what stays, what is wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.basics import Text, sha256_bytes
from junheng.web.people.imports.reading import Fault, Group, grouped
from junheng.web.people.models import Organisation

_SHOWN = 200
MAKE = Text("新增", "made")
GIVE = Text("任职", "given the post")
INVITE = Text("邀请", "invited")


@dataclass(slots=True)
class Step:
    """One row that does something. ``target`` is an organisation or an account there is."""

    row: int
    act: Text
    text: str
    given: dict[str, Any]
    target: Any = None
    place: Organisation | None = None


@dataclass(slots=True)
class Plan:
    """All rows."""

    makes: list[Step] = field(default_factory=list)
    changes: list[Step] = field(default_factory=list)
    same: int = 0
    faults: Sequence[Fault] = ()

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what it does: whoever agrees agrees to this."""
        steps = [[step.row, step.act.zh, step.text] for step in (*self.makes, *self.changes)]
        return sha256_bytes(json.dumps(steps, ensure_ascii=False).encode())

    @property
    def grouped(self) -> list[Group]:
        """Faults by cause."""
        return grouped(self.faults)

    @property
    def shown(self) -> list[Step]:
        """The first rows that do something, in their order."""
        return sorted([*self.changes, *self.makes], key=lambda step: step.row)[:_SHOWN]

    @property
    def hidden(self) -> int:
        """How many more do."""
        return max(0, len(self.makes) + len(self.changes) - _SHOWN)
