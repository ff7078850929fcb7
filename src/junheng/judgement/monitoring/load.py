"""The library of monitoring rules, with the overlays of a province or county, as in force on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from junheng.basics import Text, UserError, nearest, system_words
from junheng.judgement.monitoring.rule import Rule
from junheng.standards import AsWritten

Json = dict[str, Any]
_FIX = Text("写法见 docs/method/monitoring.md 第2、3节", "see docs/method/monitoring.md, sections 2 and 3")
_HEAD = ("id", "region", "document", "article", "certainty", "in_force_from", "note")


def load_rules(overlays: Sequence[Path] = (), *, on: date, region: str = "") -> tuple[Rule, ...]:
    """The rules in force on ``on``, sorted by id, with ``overlays`` applied in their order.

    ``region``: code of the county; an overlay for another region is refused. Raises UserError, naming file and
    rule, for anything that is no rule.
    """
    told = _library().items()
    chosen = {name: entry for name, versions in told if (entry := _in_force(versions, on)) is not None}
    for path in overlays:
        chosen = _overlaid(chosen, path, region)
    return tuple(_rule(chosen[name]) for name in sorted(chosen))


@cache
def _library() -> Mapping[str, Sequence[Json]]:
    """The shipped rules by id, all versions of each: read once, and never written to."""
    library = files("junheng.judgement.monitoring") / "library"
    raw: dict[str, list[Json]] = {}
    for source in sorted(library.iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".yaml"):
            for entry in _content(source.read_text(encoding="utf-8"), source.name)["rules"]:
                raw.setdefault(entry["id"], []).append(entry)
    return raw


def _in_force(versions: Sequence[Json], on: date) -> Json | None:
    held = [
        entry
        for entry in versions
        if date.fromisoformat(entry["in_force_from"]) <= on
        and (not entry.get("in_force_to") or on < date.fromisoformat(entry["in_force_to"]))
    ]
    return max(held, key=lambda entry: str(entry["in_force_from"]), default=None)


def _content(text: str, where: str) -> Json:
    try:
        found = yaml.load(text, Loader=AsWritten)
    except yaml.YAMLError as error:
        raise _refused(where, Text(f"不是可读的 YAML（{error}）", f"no readable YAML ({error})")) from error
    if not isinstance(found, dict) or not isinstance(found.get("rules"), list):
        raise _refused(where, Text("应有 rules 一节", "it should have a section “rules”"))
    return found


def _refused(where: str, what: Text) -> UserError:
    return UserError(what, where=where, why=Text("监测规则不能使用", "the rules cannot be used"), fix=_FIX)


def _overlaid(chosen: Mapping[str, Json], path: Path, region: str) -> dict[str, Json]:
    try:
        content = _content(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        words = system_words(error)
        raise _refused(str(path), Text(f"无法读取：{words}", f"cannot be read: {words}")) from error
    head = content.get("overlay")
    if not isinstance(head, dict) or set(head) - set(_HEAD) or not head.get("id"):
        raise _refused(path.name, Text("overlay 一节应有 id 和依据", "“overlay” needs an id and its source"))
    if not region.startswith(str(head.get("region", ""))):
        words = Text(
            f"叠加文件用于 {head['region']}，不是 {region}", f"it is for {head['region']}, not {region}"
        )
        raise _refused(path.name, words)
    found = dict(chosen)
    for entry in content["rules"]:
        _apply(found, entry, head, path.name)
    return found


def _apply(found: dict[str, Json], entry: Json, head: Json, where: str) -> None:
    """One entry of an overlay: ``off``, ``set`` of an existing rule, or a whole new one."""
    name = str(entry.get("id", ""))
    source = {key: head[key] for key in ("document", "article", "certainty", "note") if key in head}
    if "off" in entry or "set" in entry:
        if name not in found:
            near = nearest(name, found) or "—"
            raise _refused(
                where, Text(f"没有规则 {name}；最接近的是 {near}", f"no rule {name}; the nearest is {near}")
            )
        if entry.get("off") == "true":
            del found[name]
            return
        changed = {**found[name], "overlay": head["id"]}
        for key, value in entry["set"].items():
            merged = isinstance(value, dict) and isinstance(changed.get(key), dict)
            changed[key] = {**changed[key], **value} if merged else value
        changed["source"] = {**changed["source"], **source, **entry.get("source", {})}
        found[name] = changed
    else:
        given = {"in_force_from": head.get("in_force_from", "2000-01-01"), **entry}
        found[name] = {**given, "source": {**source, **entry.get("source", {})}, "overlay": head["id"]}


def _rule(entry: Json) -> Rule:
    given = {key: value for key, value in entry.items() if key not in {"source", "overlay"}}
    source = dict(entry.get("source", {}))
    citation = {
        "title": source.get("document", ""),
        "in_force_from": entry.get("in_force_from"),
        "in_force_to": entry.get("in_force_to"),
        "overlay": entry.get("overlay", ""),
        **source,
    }
    try:
        return Rule.model_validate({**given, "citation": citation})
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(map(str, first["loc"]))
        raise _refused(
            str(entry.get("id", "?")), Text(f"{path}：{first['msg']}", f"{path}: {first['msg']}")
        ) from error
