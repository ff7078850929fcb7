"""Making a backup: the database first, then the files, checked before it takes its name."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from junheng import __version__
from junheng.basics import Text, UserError, sha256_file, system_words
from junheng.web.audit.chain import record
from junheng.web.operation.archive import FILES, Json, read_archive, write_archive
from junheng.web.operation.database_copy import copy_database
from junheng.web.operation.kept_files import kept_files

_OWN = re.compile(r"junheng-\d{8}T\d{6}Z\.tar\.gz")
_WORKING = ".junheng-backup-"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands: where, how large (bytes), its SHA-256, how many files, and how many old ones went."""

    path: Path
    size: int
    sha256: str
    files: int
    removed: int


def back_up(to: Path, keep: int | None = None, now: datetime | None = None) -> Made:
    """Write a backup to ``to``: a new file, or a folder, where it is named by the time and ``keep`` newest remain.

    The database is copied before the files: whatever a row names was in place before the row. The archive is read back
    whole before it takes its name and before any older one goes. Raises UserError; then nothing was written.
    """
    target = _target(to, keep, now or datetime.now(UTC))
    try:
        with _working(target.parent) as folder:
            database = copy_database(folder)
            home = Path(settings.HOME)
            files = ((FILES + name, path) for name, path in kept_files(home))
            packed = folder / "archive"
            count = write_archive(packed, [(database.name, database), *files], _head())
            read_archive(packed)
            sha256, size = sha256_file(packed), packed.stat().st_size
            packed.rename(target)
        _settle(target.parent)
    except OSError as error:
        raise _not_written(target, error) from error
    removed = _remove_old(target, keep) if keep else 0
    with transaction.atomic():
        record(
            None, "backup.make", "backup", target.name[:64], {"sha256": sha256, "bytes": size, "files": count}
        )
    return Made(target, size, sha256, count, removed)


def _target(to: Path, keep: int | None, now: datetime) -> Path:
    """The archive to make. Raises UserError for a place within the site, one that is taken, and ``keep`` without a folder."""
    to = to.resolve()
    if keep is not None and not to.is_dir():
        raise _refused(
            "--keep 要求 --to 是一个已有的文件夹", "--keep needs --to to be a folder that exists", to
        )
    target = to / f"junheng-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz" if to.is_dir() else to
    if target.is_relative_to(Path(settings.HOME).resolve()):
        raise _refused("备份不能放在站点自己的文件夹里", "a backup does not lie in the site's own folder", to)
    if target.exists():
        raise _refused(
            "同名的备份已存在，不覆盖", "a backup of that name exists; it is not overwritten", target
        )
    return target


def _head() -> Json:
    seen = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"made_at": made_at, "software": __version__, "engine": connection.vendor, "migrations": seen}


@contextmanager
def _working(parent: Path) -> Iterator[Path]:
    """A folder of this process beside the target; those of processes that were killed are cleared."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in parent.glob(f"{_WORKING}*"):
        number = left.name.removeprefix(_WORKING).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_WORKING}{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(folder: Path) -> None:
    """The new name outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_old(new: Path, keep: int) -> int:
    """Remove all but the ``keep`` newest by name; never the one just made, whatever the clock says."""
    others = sorted(
        (path for path in new.parent.iterdir() if _OWN.fullmatch(path.name) and path != new), reverse=True
    )
    old = others[max(keep - 1, 0) :]
    for path in old:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(old)


def _refused(zh: str, en: str, where: Path) -> UserError:
    return UserError(Text(zh, en), where=str(where), why=Text("没有写出备份", "no backup was written"))


def _not_written(target: Path, error: OSError) -> UserError:
    words = system_words(error)
    return UserError(
        Text(f"备份没有写成：{words.zh}", f"the backup was not written: {words.en}"),
        where=str(target),
        why=Text(
            "没有留下不完整的备份，较早的备份都在",
            "nothing half-written was left; older backups are all there",
        ),
        fix=Text("请腾出空间或换一个位置，再做一次", "make room or choose another place, then try again"),
    )
