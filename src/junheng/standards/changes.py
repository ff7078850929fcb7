"""What differs between two resolved standards, value by value, with the source of the newer value."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from junheng.basics import Text
from junheng.standards.standard import Citation, Cited, ItemRelaxation, Standard

_SINGLE = ("school_rule", "county_rule", "variation", "counting", "split")
_LISTED = ("indicators", "relaxations", "items", "declarations")
_SOURCES = frozenset({"citation", "cv_citation", "value_citations"})
Flat = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: ``rule`` is an id (R4) or a section (variation), ``field`` a path within it.

    ``old`` or ``new`` is None where the value does not exist. ``citation``: of ``new``, else of ``old``.
    """

    rule: str
    field: str
    old: Any
    new: Any
    citation: Citation
    name: Text | None = None


def changes(a: Standard, b: Standard) -> tuple[Change, ...]:
    """The values in which ``b`` differs from ``a``, in the standard's order; sources are not compared."""
    before, after = _pieces(a), _pieces(b)
    keys = list(dict.fromkeys([*before, *after]))
    return tuple(change for key in keys for change in _differences(key[1], before.get(key), after.get(key)))


def _pieces(standard: Standard) -> dict[tuple[str, str], Cited]:
    found: dict[tuple[str, str], Cited] = {}
    for section in _LISTED:
        for piece in getattr(standard, section):
            found[section, piece.id] = piece
    for section in _SINGLE:
        piece = getattr(standard, section)
        if piece is not None:
            found[section, section] = piece
    return found


def _differences(rule: str, old: Cited | None, new: Cited | None) -> list[Change]:
    name = getattr(new or old, "name", None)
    if old is None or new is None:  # a whole piece more or less is one change, told by its words
        piece = old or new
        return [Change(rule, "", _words(old), _words(new), piece.citation, name)] if piece else []
    before, after = _flat(old), _flat(new)
    return [
        Change(rule, field, before.get(field), after.get(field), new.citation_of(field), name)
        for field in dict.fromkeys([*before, *after])
        if not _same(before.get(field), after.get(field)) and not _goes_with_limit(field, before, after)
    ]


def _words(piece: Cited | None) -> str | None:
    return None if piece is None else str(getattr(piece, "text", type(piece).__name__))


def _goes_with_limit(field: str, before: Flat, after: Flat) -> bool:
    """The name, unit or comparison of a limit that came or went whole: told by its value."""
    limit, _, what = field.rpartition(".")
    if what not in {"name", "unit", "comparison"} or limit.split(".")[-2:-1] != ["limits"]:
        return False
    return any(all(not key.startswith(f"{limit}.") for key in side) for side in (before, after))


def _same(old: Any, new: Any) -> bool:
    """Equal in value; 4.5 and 4.50 are the same threshold, True and 1 are not the same thing."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, int | Decimal) and isinstance(new, int | Decimal):
        return Decimal(old) == Decimal(new)
    return bool(old == new)


def _flat(value: Any, path: str = "") -> Flat:
    """Leaves by dotted path; lists of pieces by id, other lists whole; None and empty are no value."""
    if isinstance(value, BaseModel):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields if name not in _SOURCES)
        return _merged(path, fields)
    if isinstance(value, Mapping):
        return _merged(path, value.items())
    if isinstance(value, tuple) and value and isinstance(value[0], ItemRelaxation):
        return _merged(path, ((relaxation.id, relaxation) for relaxation in value))
    if isinstance(value, Text):
        return {path: str(value)}
    return {} if value is None or value == () else {path: value}


def _merged(path: str, fields: Any) -> Flat:
    found: Flat = {}
    for name, value in fields:
        found |= _flat(value, f"{path}.{name}" if path else str(name))
    return found
