"""``python -m junheng.web backup --to PLACE [--keep N]``, ``--check FILE``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from junheng.web.operation.archive import read_archive
from junheng.web.operation.backing_up import back_up
from junheng.web.operation.telling import told


class Command(BaseCommand):
    """Back the site up while it runs, or read a backup through."""

    requires_system_checks = ()  # the addresses and the library need not be loaded
    help = "备份（站点可照常运行）；--check 核对一份备份 | back up while the site runs; --check reads one through"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, how many to keep, or which to check."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--to", type=Path, help="新文件，或已有的文件夹 | a new file, or a folder that exists"
        )
        what.add_argument("--check", type=Path, help="核对这份备份 | read this backup through")
        parser.add_argument(
            "--keep", type=int, help="文件夹里只留最新的几份（至少 1）| how many remain in the folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what was done."""
        with told(self.stderr):
            if options["check"]:
                self._check(options["check"])
                return
            keep = options["keep"]
            made = back_up(options["to"], None if keep is None else max(keep, 1))
        self.stdout.write(
            f"备份 {made.path}，{made.files} 个文件，{made.size} 字节 | backed up, files and bytes"
        )
        self.stdout.write(f"SHA-256 {made.sha256}")
        if made.removed:
            self.stdout.write(f"清理旧备份 {made.removed} 份 | old backups removed")

    def _check(self, path: Path) -> None:
        if not path.is_file():
            self.stderr.write(f"没有这个文件 {path} | no such file")
            raise SystemExit(2)
        head = read_archive(path)
        count = len(head["members"])
        self.stdout.write(
            f"备份完整：{head['made_at']}，{head['engine']}，{count} 个文件 | the backup is whole"
        )
