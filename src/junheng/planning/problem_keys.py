"""The keys of a problem file: unknown ones told with the nearest known, given ones over defaults."""

from collections.abc import Collection
from typing import Any

from junheng.basics import nearest
from junheng.planning.gathered import Gathered

Settings = dict[str, Any]


def check_keys(found: Any, part: str, keys: Collection[str], file: str, faults: Gathered) -> None:
    """Note every key of ``found`` (the part ``part`` of ``file``, "" for the whole) not in ``keys``; no keys: any."""
    where = f"{file} → {part}" if part else file
    if not isinstance(found, dict):
        faults.add(where, "应为“键: 值”", "must be a mapping of keys")
        return
    for key in found:
        if keys and key not in keys:
            near = nearest(key, keys)
            hint = (f"；是否 {near}？", f"; {near}?") if near else ("", "")
            faults.add(where, f"不认识的键 {key}{hint[0]}", f"unknown key {key}{hint[1]}")


def over_defaults(defaults: Settings, given: Settings) -> Settings:
    """``given`` over ``defaults``, one level down for mappings; the defaults' ``source`` is left out.

    >>> over_defaults({"source": "x", "rules": {"a": 1, "b": 2}}, {"rules": {"b": 3}})
    {'rules': {'a': 1, 'b': 3}}
    """
    merged = {key: value for key, value in defaults.items() if key != "source"}
    for key, value in given.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
