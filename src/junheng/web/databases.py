"""The database by one setting: SQLite in the site's folder, or PostgreSQL by JUNHENG_DATABASE."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BUSY_SECONDS = 20  # a writer waits for another so long before it gives up


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's entry for ``url`` (postgresql://user:word@host:port/name?option=…); "" is SQLite in ``folder``.

    Raises ImproperlyConfigured for any other kind of database.
    """
    if not url:
        return _sqlite(folder / "junheng.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            "JUNHENG_DATABASE 须形如 postgresql://用户:口令@主机:端口/库名 | must look like postgresql://user:word@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """Write-ahead log, and every transaction a writer's from its start: no write fails for having read first."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": _BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
        },
    }
