"""The app ``operation``."""

from django.apps import AppConfig


class Config(AppConfig):
    """运行."""

    name = "junheng.web.operation"
    label = "operation"
    verbose_name = "运行"
