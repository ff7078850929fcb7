"""The library of funding rules and its overlays, as in force in a region on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, nearest, system_words
from junheng.funding.exact import Json, exact
from junheng.funding.rule import SHAPES, Rule, Rules
from junheng.standards import AsWritten

LIBRARY = Path(__file__).parent / "library"
OTHER = "other"
_ENTRY = ("id", "role", "name", "tiers", "in_force_from", "in_force_to", "source", "values")
_CERTAINTIES = ("found", "local", "derived", "known", "third_party", "seed")
_FIX = Text("写法见 docs/method/funds.md 第5节", "see docs/method/funds.md, section 5")


def rules_for(region: str, on: date, overlays: Sequence[Path] = ()) -> Rules:
    """The rules in force on ``on`` in ``region`` (GB/T 2260 code): the nation's, built-in overlays of the region from
    wide to narrow, then ``overlays`` in their order.

    Raises UserError, naming file and rule, for what is no rule, and for an overlay of another region.
    """
    national = _held(_national(), on, None)
    tier = _tier(national.get("tier"), region)
    national = _held(_national(), on, tier)
    held = dict(national)
    own = [_overlay(file) for file in overlays]
    for file, (head, _) in zip(overlays, own, strict=True):
        if not region.startswith(head["region"]):
            zh, en = (
                f"叠加文件用于 {head['region']}，不是 {region}",
                f"it is for {head['region']}, not {region}",
            )
            raise _refused(file.name, zh, en)
    for head, rules in (*_built_in(), *own):
        if region.startswith(head["region"]):
            held |= _held(rules, on, tier)
    return Rules(region, on, tier, held, national)


def _tier(rule: Rule | None, region: str) -> str:
    found = () if rule is None else rule.values.items()
    return next((tier for tier, codes in found if region[:2] in codes), OTHER)


def _held(rules: Iterable[Rule], on: date, tier: str | None) -> dict[str, Rule]:
    """Of each slot the youngest rule in force; ``tier`` None: only rules of every province."""
    found: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda one: one.in_force_from):
        in_force = rule.in_force_from <= on and (rule.in_force_to is None or on <= rule.in_force_to)
        if in_force and (not rule.tiers or tier in rule.tiers):
            found[rule.slot] = rule
    return found


@cache
def _national() -> tuple[Rule, ...]:
    files = sorted(LIBRARY.glob("*.yaml"))
    return tuple(_rule(entry, file.name) for file in files for entry in _content(file)["rules"])


@cache
def _built_in() -> tuple[tuple[Json, tuple[Rule, ...]], ...]:
    found = [_overlay(file) for file in sorted((LIBRARY / "overlays").glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: len(one[0]["region"])))


def _overlay(file: Path) -> tuple[Json, tuple[Rule, ...]]:
    content = _content(file)
    head = content.get("overlay")
    if not isinstance(head, dict) or not head.get("id") or not isinstance(head.get("region", ""), str):
        raise _refused(
            file.name, "overlay 一节应有 id、name 和 region", "“overlay” needs id, name and region"
        )
    head.setdefault("region", "")
    return head, tuple(_rule(entry, file.name, str(head["id"])) for entry in content["rules"])


def _content(file: Path) -> Json:
    try:
        found = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=AsWritten)
    except OSError as error:
        words = system_words(error)
        raise _refused(str(file), f"无法读取：{words.zh}", f"cannot be read: {words.en}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _refused(str(file), f"不是可读的 YAML（{error}）", f"no readable YAML ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("rules"), list):
        raise _refused(str(file), "应有 rules 一节", "it should have a section “rules”")
    return found


def _refused(where: str, zh: str, en: str) -> UserError:
    why = Text("经费规则不能使用，没有计算", "the rules cannot be used; nothing was computed")
    return UserError(Text(zh, en), where=where, why=why, fix=_FIX)


def _rule(entry: Any, file: str, overlay: str = "") -> Rule:
    if not isinstance(entry, dict):
        raise _refused(file, "每条规则应为键值对", "each rule must be a mapping")
    where = f"{file} → {entry.get('id', '?')}"
    unknown = [key for key in entry if key not in _ENTRY]
    if unknown:
        near = nearest(str(unknown[0]), _ENTRY) or "、".join(_ENTRY)
        raise _refused(where, f"不认识的键 {unknown[0]}（{near}）", f"unknown key {unknown[0]} ({near})")
    lacking = [key for key in ("id", "role", "name", "in_force_from", "source", "values") if key not in entry]
    if lacking:
        raise _refused(where, f"缺少 {'、'.join(lacking)}", f"missing: {', '.join(lacking)}")
    _check_source(entry["source"], where)
    _check_values(entry["role"], entry["values"], where)
    return Rule(
        entry["id"],
        entry["role"],
        Text(entry["name"]["zh"], entry["name"]["en"]),
        entry["values"],
        entry["source"],
        _day(entry["in_force_from"], where),
        _day(entry["in_force_to"], where) if entry.get("in_force_to") else None,
        tuple(entry.get("tiers", ())),
        overlay,
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise _refused(where, f"{text} 不是日期", f"{text} is no day; write 2024-01-01") from error


def _check_source(source: Any, where: str) -> None:
    if not isinstance(source, dict) or not source.get("document") or not source.get("article"):
        raise _refused(where, "source 应有 document 和 article", "“source” needs document and article")
    if source.get("certainty") not in _CERTAINTIES:
        told = "、".join(_CERTAINTIES)
        raise _refused(where, f"certainty 应为 {told} 之一", f"certainty must be one of {told}")


def _check_values(role: Any, values: Any, where: str) -> None:
    if role not in SHAPES or not isinstance(values, dict):
        near = nearest(str(role), SHAPES) or "、".join(SHAPES)
        raise _refused(where, f"没有用途 {role}；最接近的是 {near}", f"no role {role}; the nearest is {near}")
    shape = SHAPES[role]
    for key in values if shape else ():
        if key not in shape:
            near = nearest(key, shape) or "、".join(shape)
            raise _refused(where, f"values 中没有 {key}（{near}）", f"no value {key} ({near})")
    for key, kind in shape.items():
        if key not in values and kind.endswith("?"):
            continue
        if key not in values or not _fits(values[key], kind.removesuffix("?")):
            raise _refused(where, f"values.{key} 应为 {kind}", f"values.{key} must be {kind}")
    if role == "local_share" and sum(exact(values[level]) for level in shape) != 1:
        raise _refused(
            where, "省、市、县比例之和应为 1", "the shares of province, city, county must sum to 1"
        )


def _fits(value: Any, kind: str) -> bool:
    if kind == "list":
        return isinstance(value, list)
    if kind in {"amount", "part"}:
        try:
            number = exact(value)
        except (ValueError, ZeroDivisionError):
            return False
        return number >= 0 and (kind == "amount" or number <= 1)
    words = {"flag": ("true", "false"), "text": ()}.get(kind, tuple(kind.split("|")))
    return isinstance(value, str) and (value in words or (kind == "text" and bool(value)))
