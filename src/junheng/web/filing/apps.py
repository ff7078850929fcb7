"""The app ``filing``."""

from django.apps import AppConfig


class Config(AppConfig):
    """填报与审核."""

    name = "junheng.web.filing"
    label = "filing"
    verbose_name = "填报与审核"

    def ready(self) -> None:
        """Hear of the findings that jobs make of frozen years, and of the workbooks they write."""
        from junheng.web.filing.freezing import judged
        from junheng.web.filing.packing import hand_over
        from junheng.web.jobs.signals import books_wanted, finding_made

        finding_made.connect(judged, dispatch_uid="filing.judged")
        books_wanted.connect(hand_over, dispatch_uid="filing.hand_over")
