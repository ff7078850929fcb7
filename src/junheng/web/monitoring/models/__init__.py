"""What monitoring keeps: alerts and runs, the ledger of gaps, what was given, issued papers."""

from junheng.web.monitoring.models.alerts import Alert, AlertState, OwnValue, Run
from junheng.web.monitoring.models.gaps import Answer, Event, Gap
from junheng.web.monitoring.models.given import Given, GivenKind
from junheng.web.monitoring.models.papers import Paper, PaperKind

__all__ = [
    "Alert",
    "AlertState",
    "Answer",
    "Event",
    "Gap",
    "Given",
    "GivenKind",
    "OwnValue",
    "Paper",
    "PaperKind",
    "Run",
]
