"""A consistent copy of the database while others write, and putting one into an empty database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from junheng.basics import Text, UserError
from junheng.web.operation.kept_files import SQLITE
from junheng.web.operation.postgres_tools import run_tool

NAMES = {"sqlite": SQLITE, "postgresql": "database.dump"}  # of the copy within the archive, by engine


def copy_database(folder: Path) -> Path:
    """The database as of one moment, in ``folder``. Raises UserError.

    SQLite's online backup reads one state of the write-ahead log and hinders no writer; pg_dump reads one snapshot.
    """
    place = folder / NAMES[connection.vendor]
    if connection.vendor == "postgresql":
        run_tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={place}"])
        return place
    try:
        _copy_sqlite(place)
    except sqlite3.Error as error:
        raise _not_copied(str(error)) from error
    return place


def _copy_sqlite(place: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(place)) as copy:
        connection.connection.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file: nothing of it in a log beside it
        (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise _not_copied(said)


def load_postgresql(dump: Path) -> None:
    """Fill the site's database, which is empty, in one transaction. Raises UserError; then it is empty still."""
    run_tool(
        "pg_restore", ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(dump)]
    )


def has_tables() -> bool:
    """Whether the site's database holds anything; False for a file that does not exist."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def empty_postgresql() -> None:
    """Take out again what ``load_postgresql`` put in: all tables and functions of the schema, which was empty."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def _not_copied(said: str) -> UserError:
    return UserError(
        Text("数据库没有复制成功", "the database could not be copied"),
        where=said,
        why=Text("没有写出备份", "no backup was written"),
        fix=Text(
            "请看磁盘是否已满；若说损坏，请先停机检查",
            "see whether the disk is full; if damaged, stop and look",
        ),
    )
