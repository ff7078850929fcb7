"""The app ``api``."""

from django.apps import AppConfig


class Config(AppConfig):
    """接口."""

    name = "junheng.web.api"
    label = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """Listen to the trail: what it records is what webhooks tell."""
        from junheng.web.api import events

        events.listen()
