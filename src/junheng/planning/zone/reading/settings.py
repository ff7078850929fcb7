"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import Words, meant
from junheng.planning.kinds import KINDS
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.problem_keys import check_keys, over_defaults
from junheng.planning.zone.reading.faults import FIX, Faults

_LIBRARY = Path(__file__).parents[1] / "library"
Settings = dict[str, Any]
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        *(
            "kind",
            "mode",
            "name",
            "county",
            "stage",
            "from",
            "tables",
            "columns",
            "areas",
            "boundary",
            "roads",
        ),
        *("catchments", "cut", "year", "scenario", "contiguity", "limits", "weights", "distance", "shares"),
        *("input", "mapping", "base_year", "standard", "today_from", "version", "coordinates", "funding"),
    ),
    "county": ("code", "name"),
    "funding": ("budget_year", "groups", "overlays"),
    "limits": ("reach_m", "widen", "least_fill"),
    "weights": ("metre", "moved", "needy"),
    "distance": ("detour", "audit_m"),
    "shares": ("thin",),
    "areas": ("file", "id", "name"),
    "catchments": ("file", "id", "name"),
    "roads": ("edges", "nodes"),
    "cut": ("cells", "with"),
    "columns": (),
}


@cache
def library(name: str) -> Settings:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(_LIBRARY / f"{name}.yaml", FIX)


def word(kinds: Iterable[str], text: str) -> str:
    """Which of the words ``kinds`` of cells (primary, town, yes …) ``text`` is; "" where it is none."""
    spelled: Words = library("columns")["words"]
    return meant(text, {kind: spelled[kind] for kind in kinds})


def read_settings(path: Path) -> Settings:
    """The problem file over the defaults. Raises UserError: unreadable, no mapping, doubled or unknown keys."""
    found = read_plain_mapping(path, FIX)
    faults = Faults()
    _check_kind(found.get("kind"), path.name, faults)
    faults.refuse()
    for part, keys in _KEYS.items():
        if not part or part in found:
            check_keys(found[part] if part else found, part, keys, path.name, faults)
    _check_kinds(found, path.name, faults)
    faults.refuse()
    return over_defaults(library("defaults"), found)


def _check_kind(kind: Any, file: str, faults: Faults) -> None:
    """A problem of another kind is sent to its own command: its keys are no faults here."""
    where = f"{file} → kind"
    if isinstance(kind, str) and kind in KINDS and kind != "zone":
        faults.add(
            where,
            f"这是 {kind} 的问题，请用 junheng plan {kind}",
            f"this is a problem of {kind}: use junheng plan {kind} (here kind must be zone)",
        )
    elif kind != "zone":
        shown = f"“{kind}”，" if isinstance(kind, str) else ""
        faults.add(where, f"{shown}应为 kind: zone", "kind must be zone")


def _check_kinds(found: Settings, file: str, faults: Faults) -> None:
    """What must be a text, a mapping of texts, or files; parts that are no mapping are told already."""
    for key, value in found.items():
        if key in _KEYS[""] and key not in _KEYS and key != "tables" and not isinstance(value, str):
            faults.add(f"{file} → {key}", "应为一个值", "must be a single value")
    for part in ("county", "limits", "weights", "distance", "shares", "areas", "catchments", "roads"):
        _require_texts(found.get(part, {}), f"{file} → {part}", faults)
    tables = found.get("tables", [])
    named = tables if isinstance(tables, list) else tables.values() if isinstance(tables, dict) else [tables]
    if not all(isinstance(name, str) and name for name in named):
        faults.add(
            f"{file} → tables", "应为文件名的列表，或 表: 文件", "must be a list of files, or sheet: file"
        )
    columns = found.get("columns", {})
    for sheet, names in columns.items() if isinstance(columns, dict) else ():
        if not isinstance(names, dict):
            faults.add(f"{file} → columns.{sheet}", "应为“列: 表头”", "must be a mapping of headings")
        _require_texts(names, f"{file} → columns.{sheet}", faults)
    _check_files(found, file, faults)


def _require_texts(found: Any, where: str, faults: Faults) -> None:
    for key, value in found.items() if isinstance(found, dict) else ():
        if not isinstance(value, str):
            faults.add(f"{where}.{key}", "应为一个值", "must be a single value")


def _check_files(found: Settings, file: str, faults: Faults) -> None:
    """Shapes name their file and the property of the ids; roads both their tables."""
    cut = found.get("cut", {})
    others = cut.get("with", []) if isinstance(cut, dict) else []
    layers = [("cut.with", layer) for layer in (others if isinstance(others, list) else [others])]
    layers += [(part, found[part]) for part in ("areas", "catchments") if part in found]
    for part, layer in layers:
        if not isinstance(layer, dict) or not layer.get("file") or not layer.get("id"):
            faults.add(
                f"{file} → {part}",
                "要写 file 和 id（编号属性）",
                "needs file and id, the property of the ids",
            )
    roads = found.get("roads", {})
    if roads and not (isinstance(roads, dict) and roads.get("edges") and roads.get("nodes")):
        faults.add(f"{file} → roads", "要写 edges 和 nodes", "needs edges and nodes")
