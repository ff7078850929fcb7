"""``python -m junheng.web upgrade [--check]``: bring the database up, once all is ready for it."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from junheng.web.operation.upgrading import checks


class Command(BaseCommand):
    """Ask everything that must be so before an upgrade; without --check go on where all of it is."""

    requires_system_checks = ()  # the addresses and the library need not be loaded
    help = "升级前检查；不带 --check 则检查通过后更新数据库 | check before an upgrade; without --check migrate then"

    def add_arguments(self, parser: CommandParser) -> None:
        """The one switch."""
        parser.add_argument("--check", action="store_true", help="只检查 | check alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line a question; exit 1 where one stands in the way."""
        found = list(checks())
        for one in found:
            self.stdout.write(f"{'✓' if one.is_ready else '✗'} {one.words.zh} | {one.words.en}")
        if not all(one.is_ready for one in found):
            self.stderr.write("还不能升级；没有改动任何数据 | not ready; no data was changed")
            sys.exit(1)
        if not options["check"]:
            call_command("migrate", verbosity=1, interactive=False)
            self.stdout.write("数据库已更新 | the database is up to date")
