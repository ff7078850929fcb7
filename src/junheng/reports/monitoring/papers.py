"""What the papers are made of: plain values, so that a command and a site can both hand them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from junheng.basics import Text
from junheng.judgement.monitoring import Followed, Level, Rule, Watch
from junheng.reports.monitoring.printing import Language


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap under rectification. ``deadline`` None: none was set, so it is never late. ``closed_on`` None: open.

    ``returns``: how often the school's mending was sent back; ``escalations``: what was done about delay, oldest
    first (“06-01 约谈校长”); ``evidence``: names of the files handed in; ``state``: where it stands, in words.
    """

    key: str
    school: str
    stage: str  # primary, junior or empty
    gap: Text
    level: Level
    owner: str
    found_on: date
    deadline: date | None
    state: Text
    returns: int = 0
    escalations: Sequence[str] = ()
    evidence: Sequence[str] = ()
    closed_on: date | None = None
    recheck: Text | None = None

    def days_late(self, on: date) -> int:
        """Days past the deadline on ``on``, or on the day it was closed; 0 where it is not late."""
        if self.deadline is None:
            return 0
        return max(0, ((self.closed_on or on) - self.deadline).days)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A 监测通报. ``courses``: how the alerts went since the bulletin before; a first one has none to follow.

    ``first``: there is no earlier bulletin to compare with; ``before`` names the one compared with ("2025年第1期 …"),
    where it is known. ``gaps``: those under rectification, for the overdue list. ``language``: of the document.
    """

    county: str
    number: Text  # “2025年第1期”
    period_from: date
    period_to: date
    on: date
    watch: Watch
    rules: Sequence[Rule]
    courses: Sequence[Followed] = ()
    gaps: Sequence[GapLine] = ()
    issuer: str = ""
    first: bool = False
    before: Text | None = None
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class AccountabilityList:
    """A 问责清单: every open gap past its deadline, and those escalated."""

    county: str
    on: date
    gaps: Sequence[GapLine]
    issuer: str = ""
    note: Text | None = None
    language: Language = "zh"

    def listed(self) -> list[GapLine]:
        """Open gaps that are late or were escalated: the latest first, then by level and name."""
        order = {"red": 0, "orange": 1, "yellow": 2}
        found = [
            gap
            for gap in self.gaps
            if gap.closed_on is None and (gap.days_late(self.on) > 0 or gap.escalations)
        ]
        return sorted(found, key=lambda gap: (-gap.days_late(self.on), order[gap.level], gap.school, gap.key))
