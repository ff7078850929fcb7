"""How the site does: for whoever watches the machine in two words, for administrators in full."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.models import Entry
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State
from junheng.web.operation.beats import Worker, workers
from junheng.web.operation.versions import pending

_BACKUP_DAYS = 2  # without a backup for longer, something is wrong with the daily one; own default
_WAITING_MINUTES = 10  # a job waiting for longer: too few workers, or none; own default


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the page: what, how it stands, and whether it is well (None: only told)."""

    name: Text
    value: Text
    is_well: bool | None = None
    fix: Text | None = None


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return False
    return True


def free_bytes() -> int:
    """Room left on the disk of the site's folder, in bytes."""
    return shutil.disk_usage(settings.HOME).free


def has_room() -> bool:
    """Whether there is more room than JUNHENG_DISK_FREE_MB."""
    return free_bytes() > settings.DISK_FREE_BYTES


def is_well() -> bool:
    """What ``/health`` tells: the database answers, the disk is not nearly full."""
    return database_answers() and has_room()


def facts(now: datetime | None = None) -> list[Fact]:
    """Everything an administrator watches, in the order of the page. A constant number of queries."""
    at = now or timezone.now()
    return [_database(), _migrations(), _disk(), *_queue(at), _workers(workers()), _backup(at), _cleared()]


def last_backup() -> datetime | None:
    """When the last backup was made, by the trail."""
    return _last("backup.make")


def _last(action: str) -> datetime | None:
    found = Entry.objects.filter(action=action).order_by("-number").values_list("at", flat=True)
    return found.first()


def _database() -> Fact:
    with connection.cursor() as cursor:
        size = "SELECT pg_database_size(current_database())"
        if connection.vendor == "sqlite":
            size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        cursor.execute(size)
        count = int(cursor.fetchone()[0])
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return Fact(Text("数据库", "Database"), _same(f"{kind} · {_size(count)}"), True)


def _migrations() -> Fact:
    left = pending()
    name = Text("数据库结构", "Migrations")
    if not left:
        return Fact(name, Text("与软件一致", "up to date"), True)
    shown = "、".join(left[:3])
    fix = Text(
        "停站后运行 python -m junheng.web upgrade", "stop the site and run python -m junheng.web upgrade"
    )
    return Fact(name, Text(f"有 {len(left)} 项未更新：{shown}", f"{len(left)} pending: {shown}"), False, fix)


def _disk() -> Fact:
    used = shutil.disk_usage(settings.HOME)
    percent = used.free / used.total * 100
    value = Text(f"余 {_size(used.free)}（{percent:.0f}%）", f"{_size(used.free)} free ({percent:.0f}%)")
    fix = Text("请清理或扩容；到下限时 /health 报 503", "make room; below the limit /health answers 503")
    return Fact(Text("磁盘", "Disk"), value, has_room(), fix)


def _queue(now: datetime) -> list[Fact]:
    waiting = Job.objects.filter(state=State.QUEUED)
    count = waiting.count()
    oldest = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
    running = Job.objects.filter(state=State.RUNNING).count()
    facts = [
        Fact(
            Text("任务", "Jobs"),
            Text(f"排队 {count} 个，进行中 {running} 个", f"{count} queued, {running} running"),
        )
    ]
    if oldest is not None:
        minutes = max(0, int((now - oldest).total_seconds() // 60))
        value = Text(f"已等 {minutes} 分钟", f"{minutes} minutes")
        fix = Text("请看任务进程是否在运行，或多开一个", "see whether a worker runs, or start another")
        facts.append(
            Fact(Text("最早的排队任务", "Oldest waiting job"), value, minutes < _WAITING_MINUTES, fix)
        )
    return facts


def _workers(found: list[Worker]) -> Fact:
    alive = [one for one in found if one.is_alive]
    busy = sum(one.is_busy for one in alive)
    value = Text(f"{len(alive)} 个在运行，其中 {busy} 个在做任务", f"{len(alive)} alive, {busy} at work")
    fix = Text("请启动 junheng-worker", "start junheng-worker")
    return Fact(Text("任务进程", "Workers"), value, bool(alive), fix)


def _backup(now: datetime) -> Fact:
    at, name = last_backup(), Text("最近备份", "Last backup")
    fix = Text("请查看 junheng-backup.timer", "look at junheng-backup.timer")
    if at is None:
        return Fact(name, Text("还没有备份过", "none yet"), False, fix)
    return Fact(name, _same(_time(at)), now - at < timedelta(days=_BACKUP_DAYS), fix)


def _cleared() -> Fact:
    at = _last("retention.clear")
    value = _same(_time(at)) if at else Text("还没有到期的内容", "nothing was past its time yet")
    return Fact(Text("最近到期清理", "Last clearing"), value)


def _time(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _same(text: str) -> Text:
    return Text(text, text)


def _size(count: int) -> str:
    """Bytes for people.

    >>> _size(1536), _size(3 * 2**30)
    ('1.5 KB', '3.0 GB')
    """
    value, unit = float(count), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if value < 1024 or unit == "TB":
            break
        value /= 1024
    return f"{value:.1f} {unit}"
