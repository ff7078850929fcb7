"""The app ``survey``."""

from django.apps import AppConfig


class Config(AppConfig):
    """社会认可度调查."""

    name = "junheng.web.survey"
    label = "survey"
    verbose_name = "社会认可度调查"
