"""The app ``ledgers``."""

from django.apps import AppConfig


class Config(AppConfig):
    """常设台账."""

    name = "junheng.web.ledgers"
    label = "ledgers"
    verbose_name = "常设台账"
