"""``python -m junheng.web gap_clocks``: tell each newly reached step of escalation; run it once a day."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from junheng.web.monitoring.actions import run_clocks


class Command(BaseCommand):
    """Escalate what is overdue. Run twice, it tells nothing twice."""

    help = "整改台账逾期升级，每天运行一次 | escalate overdue gaps; run it once a day"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--now``."""
        parser.add_argument("--now", help="时刻（ISO 8601），缺省为现在 | the moment; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the clocks."""
        now = datetime.fromisoformat(options["now"]) if options["now"] else timezone.now()
        told = run_clocks(now, timezone.localdate(now))
        self.stdout.write(f"升级 {told} 项 | {told} escalated")
