"""The app ``filing``."""

from django.apps import AppConfig


class Config(AppConfig):
    """填报与审核."""

    name = "junheng.web.filing"
    label = "filing"
    verbose_name = "填报与审核"
