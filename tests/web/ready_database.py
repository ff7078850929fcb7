"""One up-to-date database for all workers of a run: migrated once by the first that asks, copied by every test that needs one."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

URL = os.environ.get("JUNHENG_DATABASE", "")  # of PostgreSQL; without it, a file of SQLite
_KEPT = "ready_database"
_MEMORY = "file:memorydb_default?mode=memory&cache=shared"


def url_of(database: str) -> str:
    """The address of another database on the same PostgreSQL; empty on SQLite."""
    return URL.replace("/junheng?", f"/{database}?")


def statement(text: str) -> None:
    """One statement to PostgreSQL, outside all transactions."""
    import psycopg

    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(text)  # type: ignore[arg-type] # names of our own making


def made_once(factory: pytest.TempPathFactory) -> str:
    """The file's path, or the name of the PostgreSQL database; whoever comes first makes it, the others wait."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / f"{_KEPT}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = shared / _KEPT
        if not kept.exists():
            kept.write_text(_made(shared / f"{_KEPT}_home"))
        return kept.read_text()


def _made(home: Path) -> str:
    if URL:  # the last run's is left standing: no worker knows that it is the last
        statement(f"DROP DATABASE IF EXISTS {_KEPT}")
        statement(f"CREATE DATABASE {_KEPT}")
    environment = os.environ | {"JUNHENG_HOME": str(home), "JUNHENG_DATABASE": url_of(_KEPT)}
    command = [sys.executable, "-m", "junheng.web", "migrate", "-v0"]
    subprocess.run(command, env=environment, check=True)
    return _KEPT if URL else str(home / "junheng.sqlite3")


@contextmanager
def copied(ready: str) -> Iterator[None]:
    """The tests' own connection stands on a copy: in memory, or a database of PostgreSQL that goes with it."""
    name = f"test_{uuid4().hex[:12]}" if URL else _MEMORY
    if URL:
        statement(f"CREATE DATABASE {name} TEMPLATE {ready}")
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    if not URL:
        with sqlite3.connect(ready) as source:
            source.backup(connection.connection)
    yield
    connection.close()
    if URL:
        statement(f"DROP DATABASE {name} WITH (FORCE)")
