"""The problem file and the shipped defaults: YAML read as texts, keys checked, defaults filled in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import nearest
from junheng.planning.pair.faults import Faults, refused

LIBRARY = Path(__file__).parent / "library"
Settings = dict[str, Any]
_LARGEST_BYTES = 200_000
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
    return _plain((LIBRARY / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def read_settings(path: Path) -> Settings:
    """The problem file over the defaults. Raises UserError: unreadable, no mapping, doubled or unknown keys."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise refused(
            path.name, "无法读取问题文件", f"the problem file cannot be read: {error.strerror}"
        ) from error
    found = _plain(content, path.name)
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


def _plain(content: bytes, file: str) -> Settings:
    """A mapping of texts; YAML's own conversions are not used: 1.30 stays "1.30"."""
    if len(content) > _LARGEST_BYTES:
        raise refused(file, "文件过大", "the file is too large")
    try:
        text = content.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise refused(file, "不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported")
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        found = {} if node is None else _value(node, file)
    except UnicodeDecodeError as error:
        raise refused(file, "文件不是 UTF-8 编码", "the file is not UTF-8") from error
    except RecursionError as error:
        raise refused(file, "YAML 嵌套过深", "YAML nested too deeply") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else file
        raise refused(place, "YAML 写法有误", f"not valid YAML: {getattr(error, 'problem', '')}") from error
    if not isinstance(found, dict):
        raise refused(file, "文件不是“键: 值”的形式", "the file is not a mapping of keys")
    return found


def _value(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, file) for child in node.value]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value).strip()
    found: Settings = {}
    for key, value in node.value:
        if str(key.value) in found:
            line = key.start_mark.line + 1
            raise refused(f"{file}:{line}", f"键 {key.value} 重复", f"key {key.value} is given twice")
        found[str(key.value)] = _value(value, file)
    return found
