"""The app ``sources``."""

from django.apps import AppConfig


class Config(AppConfig):
    """两源核对."""

    name = "junheng.web.sources"
    label = "sources"
    verbose_name = "两源核对"

    def ready(self) -> None:
        """Keep what jobs read of sources."""
        from junheng.web.jobs.signals import source_read
        from junheng.web.sources.kept_by_job import keep_read

        source_read.connect(keep_read, dispatch_uid="sources.keep_read")
