"""The problem file of mergers: its keys, and the limits of the library made stricter where it says so."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.cell_values import exact_number, iso_day
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.merge.library_files import FIX, library
from junheng.planning.plain_yaml import read_plain_mapping

KEYS = (
    "kind",
    "name",
    "county",
    "on",
    "mode",
    "input",
    "mapping",
    "tables",
    "rules",
    "sources",
    "teachers",
    "roads",
    "standard",
    "funding",
)
MODES = ("stated", "search")
_RULES = (
    *("minutes", "no_boarding", "notice_days", "consent_over", "class_size", "school_size"),
    *("detour", "walk_metres_per_minute", "reach_km", "radius_m"),
)


def read_head(path: Path, faults: Gathered) -> tuple[dict[str, Any], Json]:
    """What the file says, and the head of the frozen problem: name, county, day, mode, rules, duties, states."""
    given, file = read_plain_mapping(path, FIX), path.name
    for key in given:
        if key not in KEYS:
            _unknown(file, Text(f"键 {key}", f"key {key}"), key, KEYS, faults)
    if given.get("kind") != "merge":
        faults.add(f"{file} → kind", "kind 应为 merge", "kind must be merge")
    county = given.get("county")
    if not isinstance(county, dict) or not county.get("code") or not county.get("name"):
        faults.add(f"{file} → county", "应写 code 和 name", "code and name are wanted")
        county = {"code": "", "name": ""}
    on = iso_day(str(given.get("on", "")), f"{file} → on", faults)
    if not given.get("on"):
        faults.add(f"{file} → on", "缺少判断日期，如 2024-09-01", "the day is missing, such as 2024-09-01")
    mode = given.get("mode", "stated")
    if mode not in MODES:
        faults.add(f"{file} → mode", "mode 应为 stated 或 search", "mode must be stated or search")
    if given.get("teachers", "stay") not in ("stay", "follow"):
        faults.add(f"{file} → teachers", "应为 stay 或 follow", "must be stay or follow")
    duties, own = library("duties"), read_rules(given.get("rules", {}), given.get("sources"), file, faults)
    return given, {
        "name": given.get("name") or "撤并方案 | mergers",
        "mode": mode,
        "on": on,
        "rules": own,
        "county": {"code": str(county["code"]), "name": str(county["name"])},
        "duties": [dict(duty) for duty in duties["duties"] if duty["how"] != "radius" or "radius_m" in own],
        "states": [state["id"] for state in duties["states"]],
        "sources": {"library": duties["source"]["document"], "local": str(given.get("sources", ""))},
    }


def _unknown(where: str, what: Text, key: str, known: Sequence[str], faults: Gathered) -> None:
    """A name that is none of ``known``: which is nearest, and all of them."""
    near, allowed = nearest(key, known), "、".join(known)
    hint = (f"是否 {near}？", f"{near}? ") if near else ("", "")
    faults.add(
        where,
        f"不认识的{what.zh}；{hint[0]}可写 {allowed}",
        f"unknown {what.en}; {hint[1]}allowed: {allowed}",
    )


def read_rules(given: Any, source: Any, file: str, faults: Gathered) -> Json:
    """The limits: the library's, or stricter ones with their source. A looser national limit is a fault."""
    base, where = library("defaults"), f"{file} → rules"
    if not isinstance(given, dict):
        faults.add(where, "应为“键: 值”", "must be a mapping of keys")
        given = {}
    if given and not source:
        faults.add(f"{file} → sources", "改了限值，须写出处 sources", "changed limits want their source")
    for key in given:
        if key not in _RULES:
            _unknown(f"{where}.{key}", Text("限值", "limit"), key, _RULES, faults)
    found: Json = {
        key: _limits(base.get(key), given.get(key), base["stricter"].get(key), f"{where}.{key}", faults)
        for key in _RULES
        if key not in ("no_boarding",) and (key in base or key in given)
    }
    grades = sorted(
        {int(g) for g in (*base["no_boarding"], *given.get("no_boarding", ())) if str(g).isdigit()}
    )
    bands = {band: [int(grade) for grade in grades] for band, grades in base["bands"].items()}
    return found | {"no_boarding": grades, "bands": bands, "combined": list(base["combined"])}


def _limits(base: Any, given: Any, better: str | None, where: str, faults: Gathered) -> Any:
    """A limit or a mapping of them, ``given`` over ``base``; one written for the other is a fault."""
    if base is not None and given is not None and isinstance(base, dict) != isinstance(given, dict):
        told = "、".join(base) if isinstance(base, dict) else ""
        zh, en = (f"应分别写 {told}", f"write {told} apart") if told else ("应写一个数", "must be one number")
        faults.add(where, zh, en)
        return base
    if isinstance(base, dict):
        for key in (key for key in given or () if key not in base):
            _unknown(f"{where}.{key}", Text("限值", "limit"), key, [*base], faults)
    if isinstance(base, dict) or isinstance(given, dict):
        over: dict[str, Any] = given if isinstance(given, dict) else {}
        under: dict[str, Any] = base if isinstance(base, dict) else {}
        return {
            key: _limits(under.get(key), over.get(key), better, f"{where}.{key}", faults)
            for key in sorted(under | over)
        }
    found = _number(given if given is not None else base, where, faults)
    if "_size" in where and found.denominator != 1:
        faults.add(where, "人数应为整数", "a number of pupils is whole")
    if base is not None and given is not None and better:
        looser = found > Fraction(base) if better == "less" else found < Fraction(base)
        if looser:
            faults.add(
                where,
                f"{given} 比规定的 {base} 宽，地方只能更严",
                f"{given} is looser than {base}; it can only be made stricter",
            )
    return number(found)


def _number(text: Any, where: str, faults: Gathered) -> Fraction:
    """A positive number; a share may be written 1/2."""
    top, _, below = str(text).partition("/")
    parts = [exact_number(part, where, faults) for part in (top, below or "1")]
    if parts[0] and parts[1]:
        return parts[0] / parts[1]
    faults.add(where, f"“{text}”应大于 0", f"{text!r} must be above 0")
    return Fraction(1)
