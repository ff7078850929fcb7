"""Log lines: JSON for machines, plain on a terminal; never a name, a query or a value typed."""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")
_SECRET = frozenset(
    {"token", "name", "key", "uidb36"}
)  # of a route: an invitation's word, a file's name as users typed it
_KNOWN = ("account", "method", "path", "status", "milliseconds")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, and what the access log adds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if number := request_id.get() or getattr(record, "request_id", ""):
            line["request_id"] = number
        line |= {key: value for key in _KNOWN if (value := getattr(record, key, None)) is not None}
        if record.exc_info and record.exc_info[1]:
            line["error"] = told_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the places of an error below it."""
        at = datetime.fromtimestamp(record.created).astimezone()
        line = f"{at:%H:%M:%S} {record.levelname} {record.name} {message_of(record)}"
        parts = [str(value) for key in _KNOWN if (value := getattr(record, key, None)) is not None]
        if record.exc_info and record.exc_info[1]:
            error = told_error(record.exc_info[1])
            parts += [error["type"], error["why"], *(f"\n  {place}" for place in error["places"])]
        return " ".join([line, *parts]).rstrip()


def lines_for(given: str) -> str:
    """The formatter's name for JUNHENG_LOG (json or plain); by default plain on a terminal, JSON elsewhere."""
    if given in ("json", "plain"):
        return given
    return "plain" if sys.stderr is not None and sys.stderr.isatty() else "json"


def message_of(record: logging.LogRecord) -> str:
    """The message, an address in it as ``shown_path`` writes it."""
    message, request = record.getMessage(), getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return message.replace(request.get_full_path(), shown_path(request)).replace(
            request.path, shown_path(request)
        )
    return message


def shown_path(request: HttpRequest) -> str:
    """The path without its query; what is secret or typed by users in it is left out, unknown addresses wholly.

    A path no route knows may hold anything.
    """
    match = request.resolver_match
    if match is None:
        return "?"
    shown = request.path
    for key, value in match.kwargs.items():
        if key in _SECRET:
            shown = shown.replace(str(value), f"<{key}>")
    return shown


def told_error(error: BaseException) -> Mapping[str, Any]:
    """Type, reason and places of an error. Its own words are left out: a database's name the row it refused.

    Only what the machine itself said is kept: the reason of an OSError, the first line of a lost database.
    """
    why = ""
    if isinstance(error, OSError):
        why = error.strerror or ""
    elif isinstance(error, OperationalError):
        why = next(iter(str(error).splitlines()), "")
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"type": type(error).__qualname__, "why": why, "places": places}


def _short(path: str) -> str:
    """A file's place below the folder of packages or of sources."""
    for mark in ("/site-packages/", "/src/"):
        if mark in path:
            return path.rpartition(mark)[2]
    return path.rpartition("/")[2]
