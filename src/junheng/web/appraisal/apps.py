"""The app ``appraisal``."""

from typing import Any

from django.apps import AppConfig


class Config(AppConfig):
    """考核评价."""

    name = "junheng.web.appraisal"
    label = "appraisal"
    verbose_name = "考核评价"

    def ready(self) -> None:
        """Hand the standing promises to every report that is made."""
        from junheng.web.jobs.signals import report_wanted

        report_wanted.connect(_print, dispatch_uid="appraisal.hand_over")


def _print(sender: Any, **told: Any) -> None:
    """What a report prints of promises; the library is loaded only when one is made."""
    from junheng.web.appraisal.printing import hand_over

    hand_over(sender, **told)
