"""The app ``audit``."""

from django.apps import AppConfig


class Config(AppConfig):
    """审计."""

    name = "junheng.web.audit"
    label = "audit"
    verbose_name = "审计"
