"""The app ``findings``."""

from django.apps import AppConfig


class Config(AppConfig):
    """评估结论."""

    name = "junheng.web.findings"
    label = "findings"
    verbose_name = "评估结论"
