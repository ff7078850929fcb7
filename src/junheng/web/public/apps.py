"""The app ``public``."""

from django.apps import AppConfig


class Config(AppConfig):
    """公开页面."""

    name = "junheng.web.public"
    label = "public"
    verbose_name = "公开页面"
