"""Restoring a backup into an empty site: all of it, examined, or nothing."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

from junheng.basics import Text, UserError, atomic_folder, clear_left
from junheng.web.operation.archive import FILES, Json, read_archive
from junheng.web.operation.database_copy import NAMES, empty_postgresql, has_tables, load_postgresql
from junheng.web.operation.kept_files import is_empty_site

_SHOWN = 10  # lines of what is wrong


def restore(source: Path, home: Path) -> Json:
    """Make ``home`` from the archive; its manifest. On PostgreSQL the database of JUNHENG_DATABASE is filled as well.

    Raises UserError where the site or the database is not empty, the archive is damaged or of the other engine, or
    what it holds is not whole by its own hashes and chain; then neither folder nor database has changed.
    """
    _require_empty(home)
    clear_left(home)  # of a restore that was killed
    with atomic_folder(home) as stage:
        stage.chmod(0o700)
        manifest = read_archive(source, stage)
        _require_engine(manifest)
        _unfold(stage)
        if connection.vendor == "postgresql":
            _fill(stage, source.name)
        else:
            _examine(stage, source.name)
    return manifest


def _require_empty(home: Path) -> None:
    if not is_empty_site(home):
        raise _refused(
            "这里已有一个站点，不能恢复到它上面", "a site stands here: nothing is restored over it", str(home)
        )
    if connection.vendor == "postgresql" and has_tables():
        where = str(connection.settings_dict["NAME"])
        raise _refused("数据库不是空的", "the database is not empty", where)


def _require_engine(manifest: Json) -> None:
    made, ours = str(manifest.get("engine")), connection.vendor
    if made != ours:
        raise UserError(
            Text(
                f"备份来自 {made}，现在设置的数据库是 {ours}",
                f"the backup is of {made}, the database set now is {ours}",
            ),
            where="JUNHENG_DATABASE",
            why=Text("没有改动任何数据", "no data was changed"),
            fix=Text(
                "PostgreSQL 的备份：把 JUNHENG_DATABASE 指向一个空库；SQLite 的备份：不设它",
                "for PostgreSQL name an empty database by JUNHENG_DATABASE; for SQLite leave it unset",
            ),
        )


def _unfold(stage: Path) -> None:
    """From the archive's shape to the site's: what lay below files/ comes up."""
    below = stage / FILES.rstrip("/")
    if below.is_dir():
        inner = below.rename(stage / ".files")
        for path in inner.iterdir():
            path.rename(stage / path.name)
        inner.rmdir()
    if (key := stage / "secret.key").exists():
        key.chmod(0o600)


def _fill(stage: Path, name: str) -> None:
    """The dump into the empty database; out of it again where the whole does not hold."""
    dump = stage / NAMES["postgresql"]
    load_postgresql(dump)
    try:
        _examine(stage, name)
    except BaseException:
        empty_postgresql()
        raise
    dump.unlink()


def _examine(stage: Path, name: str) -> None:
    """The trail and every hash, by a process of the site in ``stage``; the restore is entered in its trail."""
    environment = os.environ | {"JUNHENG_HOME": str(stage)}
    command = [sys.executable, "-m", "junheng.web", "intact", "--restored-from", name[:64]]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-_SHOWN:])
        raise UserError(
            Text("备份里的数据本身不完整", "what the backup holds is not whole in itself"),
            where=said,
            why=Text("没有恢复任何东西", "nothing was restored"),
            fix=Text("请改用较早的一份备份", "use an older backup"),
        )


def _refused(zh: str, en: str, where: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=where,
        why=Text("没有改动任何数据", "no data was changed"),
        fix=Text(
            "请恢复到新的文件夹和空数据库，核对后再切换过去",
            "restore into a new folder and an empty database, then switch over",
        ),
    )
