"""``python -m junheng.web audit``: is the trail of acts whole?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry


class Command(BaseCommand):
    """Walk the hash chain; exit 1 where it is broken."""

    help = "核对操作记录的哈希链 | check the hash chain of the trail"

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell every fault."""
        wrong = list(faults())
        for line in wrong:
            self.stderr.write(f"{line.zh} | {line.en}")
        if wrong:
            sys.exit(1)
        self.stdout.write(f"操作记录完整，共 {Entry.objects.count()} 条 | the trail is whole")
