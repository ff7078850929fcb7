"""``python -m junheng.web remind``: make the reminders that are due now."""

from typing import Any

from django.core.management.base import BaseCommand

from junheng.web.clocks.mailing import mail_notices
from junheng.web.clocks.remind import remind


class Command(BaseCommand):
    """Reminders into the inboxes, and by mail where that is configured; running it again adds nothing."""

    help = "生成到期提醒（重复运行不会重复提醒） | make the reminders that are due; running it twice adds nothing"

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        count, letters = remind(), mail_notices()
        self.stdout.write(f"提醒 {count} 条，邮件 {letters} 封 | {count} reminders, {letters} letters")
