"""The app ``clocks``."""

from django.apps import AppConfig


class Config(AppConfig):
    """时限与提醒."""

    name = "junheng.web.clocks"
    label = "clocks"
    verbose_name = "时限与提醒"

    def ready(self) -> None:
        """Hear of gaps that somebody is given, or that are ordered."""
        from django.db.models.signals import post_save

        from junheng.web.clocks.of_orders import told
        from junheng.web.monitoring.models import Event

        post_save.connect(told, sender=Event, dispatch_uid="clocks.of_orders")
