"""The app ``evidence``."""

from django.apps import AppConfig


class Config(AppConfig):
    """佐证材料."""

    name = "junheng.web.evidence"
    label = "evidence"
    verbose_name = "佐证材料"
