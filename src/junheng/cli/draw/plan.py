"""The plan of a draw (plan.yaml): what the officers write once; every step of the draw reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, nearest, sha256_file
from junheng.cli.draw.plan_parts import fault_in_parts
from junheng.cli.draw.plan_text import read_mapping, wrong_plan

NAME = "plan.yaml"
_KEYS = {
    "draw_id": str,
    "title": str,
    "kind": str,
    "hash": str,
    "rules": str,
    "intake": str,
    "exceptions": str,
    "parties": list,
    "beacons": list,
    "schedule": dict,
    "latest_beacon_seen": dict,
}
_OPTIONAL: dict[str, Any] = {"hash": "sha256", "intake": "", "exceptions": "", "latest_beacon_seen": {}}
# A supplementary draw has none of these: its seed follows from the first draw's.
_OPTIONAL |= {"parties": [], "beacons": [], "schedule": {}}
_KINDS = {
    str: ("文字（数字要加引号）", "a text (put quotes around a number)"),
    list: ("列表", "a list"),
    dict: ("键和值", "keys and values"),
}
_FILES = ("rules", "intake", "exceptions")
_CHOICES = {"kind": ("admission", "classes"), "hash": ("sha256", "sm3")}


@dataclass(frozen=True)
class Plan:
    """The plan as read. ``rules``: the file of the rule; ``intake``, ``exceptions``: of the applications (or None)."""

    path: Path
    draw_id: str
    title: str
    kind: str
    hash: str
    rules: Path
    rules_hash: str
    intake: Path | None
    exceptions: Path | None
    parties: tuple[Mapping[str, str], ...]
    beacons: tuple[Mapping[str, Any], ...]
    schedule: Mapping[str, str]
    latest_beacon_seen: Mapping[str, str]


def read_plan(path: Path) -> Plan:
    """Read the plan at ``path``, or ``plan.yaml`` of the folder ``path``.

    Raises UserError when it is missing, no YAML, or holds an unknown, missing or mistyped key.
    """
    file = path / NAME if path.is_dir() else path
    content = read_mapping(file)
    for key in content:
        if key not in _KEYS:
            raise _unknown(file, str(key))
    for key, kind in _KEYS.items():
        if key not in content and key not in _OPTIONAL:
            raise wrong_plan(file, Text(f"缺少 {key}", f"{key} is missing"))
        if key in content and not isinstance(content[key], kind):
            zh, en = _KINDS[kind]
            raise wrong_plan(file, Text(f"{key} 应为{zh}", f"{key} must be {en}"))
    content = {**_OPTIONAL, **content}
    for key, allowed in _CHOICES.items():
        if content[key] not in allowed:
            shown = "、".join(allowed)
            raise wrong_plan(
                file, Text(f"{key} 只能是 {shown}", f"{key} must be one of {', '.join(allowed)}")
            )
    if fault := fault_in_parts(content):
        raise wrong_plan(file, fault)
    files = {key: file.parent / content[key] for key in _FILES if content[key]}
    for key, named in files.items():
        if not named.is_file():
            raise wrong_plan(
                file, Text(f"找不到 {key} 文件 {named}", f"the {key} file {named} does not exist")
            )
    return _plan(file, content, files)


def _plan(file: Path, content: Mapping[str, Any], files: Mapping[str, Path]) -> Plan:
    return Plan(
        path=file,
        draw_id=content["draw_id"],
        title=content["title"],
        kind=content["kind"],
        hash=content["hash"],
        rules=files["rules"],
        rules_hash=sha256_file(files["rules"]),
        intake=files.get("intake"),
        exceptions=files.get("exceptions"),
        parties=tuple(content["parties"]),
        beacons=tuple(content["beacons"]),
        schedule={key: str(value) for key, value in content["schedule"].items()},
        latest_beacon_seen={key: str(value) for key, value in content["latest_beacon_seen"].items()},
    )


def _unknown(file: Path, key: str) -> UserError:
    close = nearest(key, list(_KEYS))
    hint = Text(f"，是否为 {close}", f"; did you mean {close}") if close else Text("", "")
    return wrong_plan(file, Text(f"不认识 {key}{hint.zh}", f"unknown key {key}{hint.en}"))
