"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import nearest
from junheng.planning.forecast.reading.faults import FIX, Faults
from junheng.planning.plain_yaml import read_plain_mapping

LIBRARY = Path(__file__).parent.parent / "library"
Settings = dict[str, Any]
_SHIFTS = ("entrants", "flow", "migrants", "yield")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        *(
            "kind",
            "name",
            "county",
            "mode",
            "base_year",
            "last_year",
            "tables",
            "input",
            "standard",
            "stages",
        ),
        *(
            "method",
            "survival",
            "scenarios",
            "yields",
            "warnings",
            "duty",
            "interruptions",
            "area_indicators",
        ),
        *("years", "sources"),
    ),
    "county": ("code", "name"),
    "method": (
        *("lags", "weights", "shrink", "entry_shrink", "pool", "least_years", "leads", "sizes"),
        *("least_points", "level", "progression"),
    ),
    "scenarios": ("low", "mid", "high"),
    "scenarios.low": _SHIFTS,
    "scenarios.mid": _SHIFTS,
    "scenarios.high": _SHIFTS,
    "yields": ("primary", "junior"),
    "warnings": ("ahead", "levels", "surplus"),
    "duty": ("least_classes",),
}


@cache
def library(name: str) -> Settings:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(LIBRARY / f"{name}.yaml", FIX)


def read_settings(path: Path) -> Settings:
    """The problem file over the defaults. Raises UserError: unreadable, no mapping, doubled or unknown keys."""
    found = read_plain_mapping(path, FIX)
    faults = Faults()
    for part, keys in _KEYS.items():
        _check_keys(_part(found, part), part, keys, path.name, faults)
    if found.get("kind") != "forecast":
        faults.add(f"{path.name} → kind", "kind 应为 forecast", "kind must be forecast")
    faults.refuse()
    return _over(library("defaults"), found)


def _part(found: Any, part: str) -> Any:
    for key in filter(None, part.split(".")):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found


def _check_keys(found: Any, part: str, keys: tuple[str, ...], file: str, faults: Faults) -> None:
    where = f"{file} → {part}" if part else file
    if not isinstance(found, dict):
        faults.add(where, "应为“键: 值”", "must be a mapping of keys")
        return
    for key in found:
        if key not in keys:
            near = nearest(key, keys)
            hint = (f"；是否 {near}？", f"; {near}?") if near else ("", "")
            faults.add(where, f"不认识的键 {key}{hint[0]}", f"unknown key {key}{hint[1]}")


def _over(defaults: Settings, given: Settings) -> Settings:
    """``given`` over ``defaults``; mappings are joined key by key, but lags and stages are taken as they are given."""
    merged = dict(defaults)
    for key, value in given.items():
        below = merged.get(key)
        whole = key in ("lags", "stages") or not (isinstance(below, dict) and isinstance(value, dict))
        merged[key] = value if whole else _over(below or {}, value)
    return merged
