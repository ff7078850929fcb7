"""``python -m junheng.web worker``: do the jobs of the site; as many beside each other as are started."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from junheng.web.api.sending import send, send_due
from junheng.web.jobs.worker import end_with_parent, work


class Command(BaseCommand):
    """Do jobs until asked to stop; a job under way is then put back, nothing of it is kept."""

    help = "后台任务进程，可同时开多个 | do background jobs; start as many as you like"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--once`` and ``--attached``."""
        parser.add_argument("--once", action="store_true", help="做完排队的任务即退出 | end when none waits")
        parser.add_argument(
            "--attached", action="store_true", help="标准输入关闭即退出 | end with the parent process"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        if options["attached"]:
            end_with_parent(stop)
        if options["once"]:
            send_due(stop)
        else:  # webhooks do not wait for a long job
            threading.Thread(target=send, args=(stop,), daemon=True).start()
        count = work(stop, is_once=options["once"])
        self.stdout.write(f"做了 {count} 个任务 | {count} jobs")
