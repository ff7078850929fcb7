"""The app ``filing``."""

from django.apps import AppConfig


class Config(AppConfig):
    """填报与审核."""

    name = "junheng.web.filing"
    label = "filing"
    verbose_name = "填报与审核"

    def ready(self) -> None:
        """Hear of the findings that jobs make of frozen years."""
        from junheng.web.filing.freezing import judged
        from junheng.web.jobs.signals import finding_made

        finding_made.connect(judged, dispatch_uid="filing.judged")
