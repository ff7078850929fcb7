"""Looks a value up in a result: ``rates[item=internet].met``, ``findings[state=closed].#``, ``missing.+teachers``.

``name`` goes into an object, ``0`` into a list, ``[key=value&…]`` keeps the rows that have these values (one row
left stands for itself), ``#`` counts rows, ``#name`` the entries of that list in all rows, ``+name`` sums that field
of the rows exactly, ``+`` the values themselves.
"""

import re
from fractions import Fraction
from typing import Any

_SEGMENT = re.compile(r"([^.\[\]]*)(?:\[([^\]]*)\])?(?:\.|$)")


class Absent(Exception):  # noqa: N818 # not an error: the result simply does not tell it
    """The place is not there, or empty; ``args[0]`` is the piece that is not."""


def look_up(content: Any, path: str) -> Any:
    """The value at ``path``: Fraction for numbers (also in text), bool or str. Raises Absent where it is not told."""
    value, at = content, 0
    while at < len(path):
        found = _SEGMENT.match(path, at)
        if found is None or found.end() == at:
            raise Absent(path)
        value = _step(value, found[1], found[2])
        at = found.end()
    return plain_value(value, path)


def plain_value(value: Any, path: str) -> Fraction | bool | str:
    """A number exact, a truth value or a text. Raises Absent for nothing, and for what is no single value."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Fraction(repr(value))
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and value:
        return _number(value)
    raise Absent(path)


def _number(text: str) -> Fraction | str:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return text


def _step(value: Any, name: str, rows: str | None) -> Any:
    if name == "#":
        return len(_sized(value, name))
    if name.startswith("#"):
        return sum(len(_sized(_inside(row, name[1:]), name)) for row in _sized(value, name))
    if name.startswith("+"):
        return _sum(_sized(value, name), name[1:])
    if name:
        value = _inside(value, name)
    return value if rows is None else _kept(value, rows)


def _sized(value: Any, name: str) -> Any:
    if not isinstance(value, list | dict):
        raise Absent(name)
    return value


def _inside(value: Any, name: str) -> Any:
    if isinstance(value, list) and name.isdigit() and int(name) < len(value):
        return value[int(name)]
    if isinstance(value, dict | _Rows) and value.get(name) is not None:
        return value.get(name)
    raise Absent(name)


def _kept(value: Any, rows: str) -> Any:
    wanted = [pair.partition("=")[::2] for pair in rows.split("&")]
    if not isinstance(value, list):
        raise Absent(f"[{rows}]")
    return _Rows(row for row in value if all(str(row.get(key)) == text for key, text in wanted))


class _Rows(list[Any]):
    """Rows that were kept: the only one can be gone into by name."""

    def get(self, name: str) -> Any:
        return self[0].get(name) if len(self) == 1 else None


def _sum(rows: Any, name: str) -> Fraction:
    values = rows.values() if isinstance(rows, dict) else rows
    parts = [plain_value(row.get(name) if name else row, f"+{name}") for row in values]
    if not all(isinstance(part, Fraction) for part in parts):
        raise Absent(f"+{name}")
    return sum((part for part in parts if isinstance(part, Fraction)), Fraction(0))
