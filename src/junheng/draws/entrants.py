"""What goes into a draw and what comes out: a child applying, the frozen roll, the decided outcome."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entrant:
    """One child as handed in. ``identity``: text fields, kept private (name, id_number, …).

    ``family``: the same text binds children into one unit; "" for a single child. ``row``: what the
    rule decides on (docs/method/draws.md), without pid and unit.
    """

    identity: dict[str, str]
    family: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Roll:
    """A frozen roll: root (hex) of its Merkle tree and the counts read out beside it.

    ``per_school``: rows that name the school; ``per_class``: choices standing in that class (admission).
    """

    draw_id: str
    kind: str
    purpose: str
    title: str
    hash_name: str
    root: str
    rows: int
    units: int
    per_school: dict[str, int] = field(default_factory=dict)
    per_class: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule decided: a leaf per row, in the roll's order, and what is said in public of it.

    ``public`` holds neither "root" nor "rows": the ceremony adds both.
    """

    leaves: list[dict[str, Any]]
    public: dict[str, Any]
