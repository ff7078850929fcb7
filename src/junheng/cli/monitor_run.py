"""What one run of ``junheng monitor`` came to: its public form, and the bulletin made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng import __version__
from junheng.basics import Text
from junheng.judgement.monitoring import Followed, Rule, State, Watch
from junheng.reports.monitoring import Bulletin, GapLine

FORMAT = "junheng/monitoring/1"
_TWO_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """States, rules and what they gave. ``overlays``: names of the rule overlays, in their order."""

    states: Sequence[State]
    library: Sequence[Rule]
    found: Watch
    courses: Sequence[Followed]
    overlays: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """alerts.json."""
        latest = self.states[-1]
        return {
            "format": FORMAT,
            "software": f"junheng {__version__}",
            "county": {"code": latest.county_code, "name": latest.county},
            "standard": latest.standard,
            "findings": [
                {"year": state.year, "folder": state.folder, "verdict_sha256": state.verdict_sha256}
                for state in self.states
            ],
            "overlays": list(self.overlays),
            "rules": [rule.model_dump(mode="json") for rule in self.library],
            **self.found.as_json(),
            "courses": [entry.as_json() for entry in self.courses],
        }

    def bulletin(self, gaps: Sequence[GapLine], on: date, *, first: bool) -> Bulletin:
        """The bulletin of the two months that end on ``on``."""
        order = (on.month + 1) // _TWO_MONTHS
        number = Text(f"{on.year}年第{order}期", f"No. {order} of {on.year}")
        return Bulletin(
            self.states[-1].county,
            number,
            _two_months_before(on),
            on,
            on,
            self.found,
            self.library,
            self.courses,
            gaps,
            first=first,
        )


def _two_months_before(on: date) -> date:
    """The first day of the month before that of ``on``."""
    return date(on.year - (on.month == 1), (on.month - 2) % 12 + 1, 1)
