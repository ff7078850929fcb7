"""What became of the gaps of an earlier run: new, continuing, closed, or no longer to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from junheng.basics import Text
from junheng.judgement.monitoring.alert import Alert, Watch
from junheng.judgement.monitoring.gap import Recheck, gap_of
from junheng.judgement.monitoring.rechecking import Rechecking
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.state import State, Subject

Course = Literal["new", "continuing", "closed", "cannot_tell"]
COURSE_NAMES: Mapping[Course, Text] = {
    "new": Text("新增", "new"),
    "continuing": Text("延续", "continuing"),
    "closed": Text("销号", "closed"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """One gap's course since the earlier run; ``recheck`` is what the new data said, None for a new one."""

    course: Course
    alert: Alert
    recheck: Recheck | None = None

    def as_json(self) -> dict[str, Any]:
        """The public form."""
        found = None if self.recheck is None else self.recheck.as_json()
        return {"course": self.course, "key": self.alert.key, "recheck": found}


def followed(
    earlier: Sequence[Alert],
    found: Watch,
    states: Sequence[State],
    rules: Sequence[Rule],
    *,
    beside: Mapping[str, Sequence[Subject]] | None = None,
) -> tuple[Followed, ...]:
    """The course of every gap, in the order of the alerts: those raised now, then those only the earlier run had.

    A gap that is not raised again is closed only where ``recheck`` says so: "newly lost" is raised once and yet
    stays open until the line is met.
    """
    known = {alert.key: alert for alert in earlier}
    raised = {alert.key for alert in found.alerts}
    courses = [Followed("continuing" if alert.key in known else "new", alert) for alert in found.alerts]
    ready = Rechecking(states, rules, beside=beside, found=found)
    for key, alert in known.items():
        if key not in raised:
            answer = ready.of(gap_of(alert))
            course: Course = {"closed": "closed", "open": "continuing"}.get(answer.status, "cannot_tell")  # type: ignore[assignment] # the words of Course
            courses.append(Followed(course, alert, answer))
    return tuple(courses)
