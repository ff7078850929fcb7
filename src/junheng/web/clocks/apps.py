"""The app ``clocks``."""

from django.apps import AppConfig


class Config(AppConfig):
    """时限与提醒."""

    name = "junheng.web.clocks"
    label = "clocks"
    verbose_name = "时限与提醒"
