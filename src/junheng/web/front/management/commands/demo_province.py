"""``python -m junheng.web demo_province``: a made-up province, to see how the site looks and answers at that size."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from junheng.basics import UserError
from junheng.web.demo.province import Size, make_province
from junheng.web.demo.school_years import judged_years

_YEARS = 2


class Command(BaseCommand):
    """Generate data of a province, import its places, judge all its counties; beside whatever the site has."""

    help = "虚构的省：100 个县、6,000 所学校 | a made-up province: 100 counties, 6,000 schools"

    def add_arguments(self, parser: CommandParser) -> None:
        """How large."""
        parser.add_argument("--counties", type=int, default=100, help="县数 | counties")
        parser.add_argument("--schools", type=int, default=6000, help="学校数 | schools")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line a step, with its seconds. Exit 2 where nothing was made."""
        years = judged_years(timezone.localdate())[-_YEARS:]
        begun = time.monotonic()
        try:
            for words in make_province(Size(options["counties"], options["schools"], years)):
                self.stdout.write(f"{time.monotonic() - begun:6.1f} s  {words.zh} | {words.en}")
        except UserError as error:
            for line in error.lines():
                self.stderr.write(f"{line.zh} | {line.en}")
            sys.exit(2)
