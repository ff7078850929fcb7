"""The app ``people``."""

from django.apps import AppConfig


class Config(AppConfig):
    """机构与人员."""

    name = "junheng.web.people"
    label = "people"
    verbose_name = "机构与人员"
