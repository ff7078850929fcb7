"""The app ``whatif``."""

from django.apps import AppConfig


class Config(AppConfig):
    """假设测算."""

    name = "junheng.web.whatif"
    label = "whatif"
    verbose_name = "假设测算"
