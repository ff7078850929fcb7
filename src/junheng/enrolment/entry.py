"""An entry of a ledger: whose, since when, in what state, with every step that led there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from junheng.enrolment.rules import Rules
from junheng.enrolment.school_age import period

OPEN, CLOSED, CONFIRMED = "open", "closed", "confirmed"
Json = dict[str, Any]
PERSONAL = ("key", "name", "id_number", "guardian", "address", "school", "grade", "class_no", "birth", "sex")


@dataclass(slots=True)
class Entry:
    """``status``: what the comparison says; ``state``: what people did about it. ``near``: the pair to check."""

    number: str
    ledger: str
    table: str
    place: str
    person: Mapping[str, str]
    status: str
    opened: str
    focus: Sequence[str] = ()
    near: Json | None = None
    priority: str = "no"
    state: str = OPEN
    reason: str = ""
    evidence: str = ""
    steps: list[Json] = field(default_factory=list)

    def json(self, rules: Rules, on: date) -> Json:
        """As the full ledger has it; due and overdue by the school's clock."""
        due = self.due(rules)
        return {
            "number": self.number,
            "ledger": self.ledger,
            "table": self.table,
            "place": self.place,
            **{name: self.person.get(name, "") for name in PERSONAL},
            "status": self.status,
            "focus": list(self.focus),
            "near": self.near,
            "priority": self.priority,
            "state": self.state,
            "opened": self.opened,
            "due": due,
            "overdue": bool(due) and on.isoformat() > due,
            "reason": self.reason,
            "evidence": self.evidence,
            "steps": self.steps,
        }

    def due(self, rules: Rules) -> str:
        """The last day for the next visit: of the school's period it was opened in, or of that after the last step."""
        if self.state == CLOSED:
            return ""
        clock = rules.clocks.levels["school"]
        _, last = period(clock, date.fromisoformat(self.opened))
        if self.steps:
            _, last = period(clock, date.fromisoformat(self.steps[-1]["dated"]))
            _, last = period(clock, last + timedelta(days=1))
        return last.isoformat()


def entry_of(found: Mapping[str, Any]) -> Entry:
    """The entry that ``Entry.json`` wrote."""
    own = {
        name: found[name] for name in ("number", "ledger", "table", "place", "status", "opened", "priority")
    }
    state = {name: found[name] for name in ("state", "reason", "evidence", "near")}
    person = {name: str(found[name]) for name in PERSONAL}
    return Entry(**own, **state, person=person, focus=tuple(found["focus"]), steps=list(found["steps"]))
