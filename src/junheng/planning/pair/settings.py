"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import nearest
from junheng.planning.pair.faults import FIX, Faults
from junheng.planning.plain_yaml import read_plain_mapping

LIBRARY = Path(__file__).parent / "library"
Settings = dict[str, Any]
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        *("kind", "name", "county", "on", "tables", "input", "findings", "mode"),
        *("rules", "need", "groups", "forms", "coverage", "changes", "evidence", "published"),
    ),
    "county": ("code", "name"),
    "mode": ("kind", "form", "most_groups", "least_members", "least_need"),
    "rules": (
        *("most_partners", "most_km", "detour", "stages", "place", "same_side_km", "serve", "blank_role"),
    ),
    "need": ("indicators", "standard", "unit"),
    "groups": ("least_members",),
    "forms": ("exclusive", "all", "pairs", "groups", "trusteeship"),
    "coverage": ("decimals", "printed"),
    "changes": (*("before", "after", "indicators", "level", "controls", "calliper", "largest", "sampled"),),
    "evidence": ("year",),
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
        _check_keys(found.get(part, {}) if part else found, part, keys, path.name, faults)
    if found.get("kind") != "pair":
        faults.add(f"{path.name} → kind", "kind 应为 pair", "kind must be pair")
    faults.refuse()
    return _over(library("defaults"), found)


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
    """``given`` over ``defaults``, one level down for mappings."""
    merged = {key: value for key, value in defaults.items() if key != "source"}
    for key, value in given.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
