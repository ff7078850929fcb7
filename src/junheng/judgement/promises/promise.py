"""A promise as the register keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from junheng.basics import Text

State = Literal["kept", "overdue", "open", "cannot_tell"]

STATE_NAMES: dict[State, Text] = {
    "kept": Text("已兑现", "kept"),
    "overdue": Text("逾期未兑现", "overdue"),
    "open": Text("进行中", "open"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One promised step. ``measure``: an expression over a finding's facts that says when it is kept, or "".

    ``closed_on`` and ``evidence`` close a promise that no figure can measure; ``where`` is its row in the register.
    """

    id: str
    text: str
    report: str
    owner: str = ""
    due: date | None = None
    measure: str = ""
    closed_on: date | None = None
    evidence: str = ""
    note: str = ""
    where: str = ""
