"""The app ``monitoring``."""

from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone


class Config(AppConfig):
    """监测与整改."""

    name = "junheng.web.monitoring"
    label = "monitoring"
    verbose_name = "监测与整改"

    def ready(self) -> None:
        """A finding that becomes current has the rules run on it, once it is safely kept; each day the clocks run."""
        from junheng.web.clocks.models import ReminderDay
        from junheng.web.findings.models import Finding

        post_save.connect(_kept, sender=Finding, dispatch_uid="monitoring.kept")
        post_save.connect(_day_begun, sender=ReminderDay, dispatch_uid="monitoring.day")


def _kept(instance: Any, created: bool, **_: Any) -> None:
    from junheng.web.monitoring.running import after_keeping

    if created and instance.is_current:
        transaction.on_commit(lambda: after_keeping(instance), robust=True)


def _day_begun(created: bool, **_: Any) -> None:
    """The worker's daily round has begun a day (clocks.daily): what is overdue is escalated."""
    from junheng.web.monitoring.actions import run_clocks

    if created:
        transaction.on_commit(lambda: run_clocks(timezone.now(), timezone.localdate()), robust=True)
