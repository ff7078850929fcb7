"""The app ``front``."""

from django.apps import AppConfig


class Config(AppConfig):
    """门面."""

    name = "junheng.web.front"
    label = "front"
    verbose_name = "门面"
