"""The heartbeat of workers: a file each below workers/, touched while it waits for work."""

import os
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State

ALIVE_SECONDS = 60.0
_FORGOTTEN_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker: machine and process, when it was last heard of, and whether it is at work."""

    name: str
    heard_at: datetime
    is_busy: bool

    @property
    def is_alive(self) -> bool:
        """Whether it was heard of lately; a process of this machine that is gone is dead at once."""
        machine, _, number = self.name.rpartition(":")
        if machine == socket.gethostname() and number.isdigit() and not _runs(int(number)):
            return False
        return abs((datetime.now(UTC) - self.heard_at).total_seconds()) <= ALIVE_SECONDS


def beat(name: str) -> None:
    """Tell that the worker ``name`` is alive. A full disk does not stop a worker."""
    folder = Path(settings.HOME) / "workers"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / name).touch()
        for path in folder.iterdir():
            if time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS:
                path.unlink(missing_ok=True)
    except OSError:
        return


def workers() -> list[Worker]:
    """Every worker heard of within a day: by its file while it waits, by its job while it works."""
    found: dict[str, Worker] = {}
    folder = Path(settings.HOME) / "workers"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        found[path.name] = Worker(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC), False)
    running = Job.objects.filter(state=State.RUNNING, beat_at__isnull=False)
    for name, heard_at in running.values_list("worker", "beat_at"):
        if name not in found or heard_at is None or heard_at > found[name].heard_at:
            found[name] = Worker(name, heard_at or datetime.now(UTC), True)
    return list(found.values())


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True
