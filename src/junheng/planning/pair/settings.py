"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import Words
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.problem_keys import check_keys, over_defaults

PAGE = "docs/method/plan_pair.md"
FIX = Gathered(PAGE).fix
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


def words(*kinds: str) -> Words:
    """The words of cells and their spellings: core and member, strong and weak, primary and junior …"""
    spelled: Words = library("columns")["words"]
    return {kind: spelled[kind] for kind in kinds}


def read_settings(path: Path) -> Settings:
    """The problem file over the defaults. Raises UserError: unreadable, no mapping, doubled or unknown keys."""
    found = read_plain_mapping(path, FIX)
    faults = Gathered(PAGE)
    for part, keys in _KEYS.items():
        check_keys(found.get(part, {}) if part else found, part, keys, path.name, faults)
    if found.get("kind") != "pair":
        faults.add(f"{path.name} → kind", "kind 应为 pair", "kind must be pair")
    faults.refuse()
    return over_defaults(library("defaults"), found)
