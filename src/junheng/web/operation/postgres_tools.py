"""PostgreSQL's own programs, of the server's version or newer: pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from junheng.basics import Text, UserError

_PLACES = ("/usr/lib/postgresql/{major}/bin", "/usr/pgsql-{major}/bin")  # Debian's and Red Hat's
_TOLD = 400  # characters of a program's complaint


def run_tool(name: str, arguments: Sequence[str]) -> None:
    """Run ``name`` on the site's database. Raises UserError where it is missing, too old, or fails.

    The password goes by the environment: arguments can be read by everybody on the machine.
    """
    address, password = _address()
    program = _program(name, _server_major())
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [str(program), *arguments, "--no-password", f"--dbname={address}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UserError(
            Text(f"{name} 没有成功", f"{name} failed"),
            where=done.stderr.strip()[-_TOLD:],
            why=Text("没有留下任何不完整的结果", "nothing half-made was left"),
            fix=Text(
                "请按上面的提示处理（磁盘、权限、连接）", "see its words above: disk, rights, connection"
            ),
        )


def _address() -> tuple[str, str]:
    """The connection as libpq writes it, and the password apart."""
    from psycopg.conninfo import make_conninfo

    given: dict[str, Any] = dict(connection.get_connection_params())
    password = str(given.pop("password", "") or "")
    own = ("cursor_factory", "context", "prepare_threshold", "client_encoding")  # Django's, not libpq's
    return make_conninfo(**{key: value for key, value in given.items() if key not in own}), password


def _server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _program(name: str, major: int) -> Path:
    for path in _candidates(name, major):
        if path.exists() and _major_of(path) >= major:
            return path
    raise UserError(
        Text(f"没有找到 {major} 版的 {name}", f"no {name} of version {major} was found"),
        where="JUNHENG_PG_BIN",
        fix=Text(
            f"安装 postgresql-client-{major}，或用 JUNHENG_PG_BIN 指出它所在的文件夹",
            f"install postgresql-client-{major}, or name its folder by JUNHENG_PG_BIN",
        ),
    )


def _candidates(name: str, major: int) -> Iterator[Path]:
    if own := os.environ.get("JUNHENG_PG_BIN"):
        yield Path(own) / name
    for place in _PLACES:
        yield Path(place.format(major=major)) / name
    if found := shutil.which(name):
        yield Path(found)


def _major_of(program: Path) -> int:
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(?:\.\d+)?", said)
    return int(found[1]) if found else 0
