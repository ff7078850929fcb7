"""``python -m junheng.web restore --from FILE --home NEWHOME``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from junheng.web.operation.restoring import restore
from junheng.web.operation.telling import told


class Command(BaseCommand):
    """Restore a backup into an empty site."""

    requires_system_checks = ()  # the addresses and the library need not be loaded
    help = "把备份恢复到空站点 | restore a backup into an empty site"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which backup, and where to."""
        parser.add_argument("--from", type=Path, required=True, dest="source", help="备份文件 | the backup")
        parser.add_argument("--home", type=Path, required=True, help="新的站点文件夹 | the new site's folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say so."""
        source = options["source"]
        if not source.is_file():
            self.stderr.write(f"没有这个文件 {source} | no such file")
            raise SystemExit(2)
        with told(self.stderr):
            head = restore(source, options["home"].resolve())
        self.stdout.write(
            f"已恢复到 {options['home']}：{head['made_at']} 的数据 | restored: as of that moment"
        )
        self.stdout.write("操作记录与各项摘要核对无误 | the trail and all hashes hold")
