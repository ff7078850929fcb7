"""``python -m junheng.web retention [--apply]``: what is past its time, and clearing it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from junheng.basics import UserError
from junheng.web.audit.retention import clear, due, rules


class Command(BaseCommand):
    """Tell what is past its time; with --apply clear it."""

    help = "列出（--apply：清理）过了保存期的内容 | list, with --apply clear, what is past its time"

    def add_arguments(self, parser: CommandParser) -> None:
        """The one switch."""
        parser.add_argument("--apply", action="store_true", help="清理 | clear it")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line a kind."""
        try:
            found = due(rules())
        except UserError as error:
            for line in error.lines():
                self.stderr.write(f"{line.zh} | {line.en}")
            sys.exit(2)
        for one in found:
            rule = one.rule
            self.stdout.write(
                f"{rule.kind}\t{one.count}\t{rule.days} 天 days\t{rule.name.zh} | {rule.name.en}\t{rule.basis.zh}"
            )
        if options["apply"]:
            clear(found)
            self.stdout.write("已清理并记入操作记录 | cleared, and entered in the trail")
