"""Before an upgrade: what must be so, told line by line."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from junheng.basics import Text
from junheng.web.operation.beats import workers
from junheng.web.operation.health import last_backup
from junheng.web.operation.versions import pending, unknown

_FRESH_HOURS = 24  # a backup older than that is not the one made before the upgrade; own default
_TIMES = 3  # the room a table that is rewritten may need, in sizes of the database; own default


@dataclass(frozen=True, slots=True)
class Checked:
    """One question, and whether the answer lets the upgrade go on."""

    is_ready: bool
    words: Text


def checks(now: datetime | None = None) -> Iterator[Checked]:
    """Every question of ``upgrade --check``."""
    left, strange = pending(), unknown()
    yield Checked(not strange, _known(strange))
    yield Checked(True, Text(f"待更新 {len(left)} 项：{'、'.join(left) or '—'}", f"{len(left)} pending"))
    yield _room()
    yield _backup(now or timezone.now())
    yield _stopped()


def _known(strange: list[str]) -> Text:
    if strange:
        return Text(f"数据库比软件新：{'、'.join(strange)}", "the database is newer than the software")
    return Text("软件认识数据库的每一项更新", "the software knows every change of the database")


def _room() -> Checked:
    free, need = shutil.disk_usage(settings.HOME).free, _TIMES * _size() + settings.DISK_FREE_BYTES
    words = Text(
        f"磁盘余 {free >> 20} MB，需要 {need >> 20} MB", f"{free >> 20} MB free, {need >> 20} MB needed"
    )
    return Checked(free >= need, words)


def _size() -> int:
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _backup(now: datetime) -> Checked:
    at = last_backup()
    if at is None:
        return Checked(False, Text("还没有备份：先运行 backup", "no backup yet: run backup first"))
    is_fresh = now - at <= timedelta(hours=_FRESH_HOURS)
    shown = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return Checked(is_fresh, Text(f"最近备份 {shown}（须在 {_FRESH_HOURS} 小时内）", f"last backup {shown}"))


def _stopped() -> Checked:
    alive = [one.name for one in workers() if one.is_alive]
    if alive:
        return Checked(
            False, Text(f"任务进程还在运行：{'、'.join(alive)}", f"workers still run: {', '.join(alive)}")
        )
    return Checked(True, Text("任务进程已停", "no worker runs"))
