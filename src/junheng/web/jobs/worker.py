"""The worker: sweeps up after the dead, takes the oldest job, does it, and again."""

import logging
import os
import socket
import sys
import threading
import time

from django.db import OperationalError, close_old_connections, connection

from junheng.web.clocks.daily import remind_daily
from junheng.web.jobs.claims import claim, sweep
from junheng.web.jobs.run import run
from junheng.web.operation.beats import beat

_IDLE_SECONDS, _SWEEP_SECONDS = 1.0, 10.0
_log = logging.getLogger(__name__)


def own_name() -> str:
    """Machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def work(stop: threading.Event, *, is_once: bool = False) -> int:
    """Do jobs until ``stop`` is set, or (``is_once``) until none waits; how many were begun."""
    swept, begun = float("-inf"), 0
    while not stop.is_set():
        try:
            if not connection.in_atomic_block:
                close_old_connections()  # a database that was restarted is found again
            if time.monotonic() - swept > _SWEEP_SECONDS:
                swept = time.monotonic()
                beat(own_name())
                sweep()
                remind_daily()
            job = claim(own_name())
            if job is not None:
                begun += 1
                run(job, stop)
            elif is_once:
                return begun
            else:
                stop.wait(_IDLE_SECONDS)
        except OperationalError:
            if is_once:
                raise
            _log.exception("the database does not answer")
            stop.wait(_IDLE_SECONDS)
    return begun


def end_with_parent(stop: threading.Event) -> None:
    """Set ``stop`` when standard input closes: whoever started this process is gone."""

    def wait() -> None:
        while sys.stdin.buffer.read(1):
            pass
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
