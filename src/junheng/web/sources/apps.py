"""The app ``sources``."""

from django.apps import AppConfig


class Config(AppConfig):
    """两源核对."""

    name = "junheng.web.sources"
    label = "sources"
    verbose_name = "两源核对"
