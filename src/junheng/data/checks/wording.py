"""The messages of checks: ``{column}`` becomes a value, ``{column.name}`` the column's heading."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z_0-9]*)(\.name)?\}")
_ROUND_FROM = 1000


def placeholders(template: str) -> Iterator[tuple[str, bool]]:
    """(name, whether its heading is asked for) of every placeholder."""
    for name, heading in _PLACEHOLDER.findall(template):
        yield name, bool(heading)


def pieces(template: str) -> Iterator[tuple[str, str, bool]]:
    """The template in order: (text, "", False) for words, ("", name, asks for its heading) for a placeholder."""
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        if match.start() > end:
            yield template[end : match.start()], "", False
        yield "", match[1], bool(match[2])
        end = match.end()
    if end < len(template):
        yield template[end:], "", False


def shown(value: Any) -> str:
    """A value for people: whole numbers plain, others to four significant digits; blank as “空”.

    For reading only; no comparison is made on it.

    >>> shown(12.0), shown(0.123456), shown(12345.678), shown(None)
    ('12', '0.1235', '12346', '空')
    """
    if value is None:
        return "空"
    if isinstance(value, Decimal):  # DuckDB's type of a literal such as 0.5
        value = float(value)
    if not isinstance(value, float):
        return str(value)
    if value.is_integer() or abs(value) >= _ROUND_FROM:
        return f"{value:.0f}"
    return f"{value:.4g}"
