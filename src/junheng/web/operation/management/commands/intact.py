"""``python -m junheng.web intact``: is everything the site keeps whole?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from junheng.web.audit.chain import record
from junheng.web.operation.intact import wrongs
from junheng.web.operation.telling import told
from junheng.web.operation.versions import require_not_newer


class Command(BaseCommand):
    """Walk the trail and hash every finding, snapshot, paper and piece of evidence; exit 1 where one does not hold."""

    requires_system_checks = ()  # the addresses and the library need not be loaded
    help = "核对操作记录链和全部文件的摘要 | check the trail and the hashes of all files"

    def add_arguments(self, parser: CommandParser) -> None:
        """For ``restore``."""
        parser.add_argument(
            "--restored-from", default="", help="恢复时用：写入操作记录 | of a restore, for the trail"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell everything that is wrong."""
        with told(self.stderr):
            require_not_newer()
        found = list(wrongs())
        for line in found:
            self.stderr.write(f"{line.zh} | {line.en}")
        if found:
            sys.exit(1)
        if name := options["restored_from"]:
            with transaction.atomic():
                record(None, "backup.restore", "backup", name)
        self.stdout.write("完整 | whole")
