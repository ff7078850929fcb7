"""``python -m junheng.web migrate``: Django's own, but never on a database of a newer software."""

from typing import Any

from django.core.management.commands import migrate

from junheng.web.operation.telling import told
from junheng.web.operation.versions import require_not_newer


class Command(migrate.Command):
    """Bring the database up to date; refuse one that is ahead, as ``junheng serve`` does through this."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse, or migrate."""
        with told(self.stderr):
            require_not_newer()
        super().handle(*args, **options)
