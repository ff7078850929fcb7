"""``python -m junheng.web demo``: the made-up county, on an empty site."""

from typing import Any

from django.core.management.base import BaseCommand

from junheng.web.demo import make_demo


class Command(BaseCommand):
    """Make the demonstration county where the site is empty."""

    help = "演示县：仅在空站点上建立 | the made-up county, on an empty site only"

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say so."""
        for line in make_demo():
            self.stdout.write(line)
