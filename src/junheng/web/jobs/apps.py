"""The app ``jobs``."""

from django.apps import AppConfig


class Config(AppConfig):
    """后台任务."""

    name = "junheng.web.jobs"
    label = "jobs"
    verbose_name = "后台任务"
