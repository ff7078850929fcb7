"""What monitoring keeps: alerts and runs, the ledger of gaps, issued papers."""

from junheng.web.monitoring.models.alerts import Alert, AlertState, OwnValue, Run
from junheng.web.monitoring.models.gaps import Answer, Event, Gap
from junheng.web.monitoring.models.papers import Paper, PaperKind

__all__ = ["Alert", "AlertState", "Answer", "Event", "Gap", "OwnValue", "Paper", "PaperKind", "Run"]
