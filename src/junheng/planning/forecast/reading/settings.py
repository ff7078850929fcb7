"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import Words, meant
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.problem_keys import check_keys

PAGE = "docs/method/plan_forecast.md"
FIX = Gathered(PAGE).fix
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
        *("least_points", "level", "progression", "filling_years", "outlier"),
    ),
    "scenarios": ("low", "mid", "high"),
    "scenarios.low": _SHIFTS,
    "scenarios.mid": _SHIFTS,
    "scenarios.high": _SHIFTS,
    "yields": ("primary", "junior", "senior"),
    "warnings": ("ahead", "levels", "surplus"),
    "warnings.surplus": ("scenario", "below"),
    "duty": ("least_classes",),
    "duty.least_classes": ("primary", "junior", "senior"),
}


@cache
def library(name: str) -> Settings:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(LIBRARY / f"{name}.yaml", FIX)


def word(kinds: Iterable[str], text: str) -> str:
    """Which of the words ``kinds`` of cells (primary, junior, 1 …) ``text`` is; "" where it is none."""
    spelled: Words = library("columns")["words"]
    return meant(text, {kind: spelled[kind] for kind in kinds})


def read_settings(path: Path) -> Settings:
    """The problem file over the defaults. Raises UserError: unreadable, no mapping, doubled or unknown keys."""
    found = read_plain_mapping(path, FIX)
    faults = Gathered(PAGE)
    for part, keys in _KEYS.items():
        check_keys(_part(found, part), part, keys, path.name, faults)
    if found.get("kind") != "forecast":
        faults.add(f"{path.name} → kind", "kind 应为 forecast", "kind must be forecast")
    faults.refuse()
    return _over(library("defaults"), found)


def _part(found: Any, part: str) -> Any:
    for key in filter(None, part.split(".")):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found


def _over(defaults: Settings, given: Settings) -> Settings:
    """``given`` over ``defaults``; mappings are joined key by key, but lags and stages are taken as they are given."""
    merged = dict(defaults)
    for key, value in given.items():
        below = merged.get(key)
        whole = key in ("lags", "stages") or not (isinstance(below, dict) and isinstance(value, dict))
        whole = whole or (key == "yields" and not value)  # yields: {} says that estates bring nobody
        merged[key] = value if whole else _over(below or {}, value)
    return merged
