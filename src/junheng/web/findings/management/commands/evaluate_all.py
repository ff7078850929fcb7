"""``python -m junheng.web evaluate_all INPUT --year N``: every county in one pass."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from junheng.basics import Text, UserError
from junheng.web.findings.actions import Asked
from junheng.web.findings.in_bulk import evaluate_all


class Command(BaseCommand):
    """Judge all counties of a workbook, a folder or Parquet, and keep their findings on the site."""

    help = "一次评估输入里的全部县 | judge all counties of an input and keep their findings"

    def add_arguments(self, parser: CommandParser) -> None:
        """The input, the standard, the year."""
        parser.add_argument(
            "source", type=Path, help="工作簿、文件夹或 Parquet | workbook, folder or Parquet"
        )
        parser.add_argument("--standard", default="quality-2017", help="标准编号 | id of the standard")
        parser.add_argument("--year", type=int, required=True, help="年份 | year")
        parser.add_argument(
            "--no-documents", action="store_true", help="不生成 Word、Excel | without Word and Excel"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """A line a county, and the time it took. Exit 2 where nothing could be judged."""
        begun, count = time.monotonic(), 0
        asked = Asked(options["source"], options["standard"], options["year"])
        try:
            for finding in evaluate_all(None, asked, self._tell, has_documents=not options["no_documents"]):
                count += 1
                self.stdout.write(f"{finding.county}\t{finding.verdict}\t{finding.passed}/{finding.judged}")
        except UserError as error:
            for line in error.lines():
                self.stderr.write(f"{line.zh} | {line.en}")
            sys.exit(2)
        seconds = time.monotonic() - begun
        self._tell(Text(f"{count} 个县，用时 {seconds:.0f} 秒", f"{count} counties in {seconds:.0f} s"))

    def _tell(self, words: Text) -> None:
        self.stdout.write(f"{words.zh} | {words.en}")
