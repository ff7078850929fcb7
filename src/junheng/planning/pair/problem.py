"""Reading a pairing problem: the YAML file, its tables, findings and input → one frozen problem."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import choice, exact_number, iso_day, whole_number
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.pair.distances import placeless, read_distances
from junheng.planning.pair.records import join_values, read_evidence, read_values
from junheng.planning.pair.register import read_register
from junheng.planning.pair.schools import Needs, read_schools, untellable
from junheng.planning.pair.settings import PAGE, Settings, library, read_settings
from junheng.planning.pair.sources import read_county, read_findings
from junheng.planning.sheet_records import Record, read_records

_LARGEST_KM = 10**9  # in metres a whole number of 64 bits
_ANY_DAY = "2024-09-01"  # names are asked for before a missing day is told
MODES = ("pairs", "groups", "trusteeship")


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: pair) and the tables it names state.

    Raises UserError: everything wrong in the tables at once, each with file, sheet, row and column. What a school
    lacks stands in ``cannot_tell``; nothing absent becomes 0.
    """
    settings, faults = read_settings(path), Gathered(PAGE)
    head = _head(settings, path.name, faults)
    faults.refuse()
    sheets = read_records(_paths(settings, "tables", path), library("columns"), faults)
    needs, values = _found(settings, path)
    own, own_stages = _county(settings, path, int(head["on"][:4]))
    school_records = own + sheets.get("学校", [])
    schools = read_schools(school_records, own_stages + sheets.get("学段", []), needs, settings, faults)
    if not schools:
        raise faults.ending(
            path.name, "没有学校：请给出学校表或 input", "no schools: give a sheet 学校 or an input"
        )
    distances = sheets.get("距离", [])
    known = {school["id"]: school for school in schools}
    register = read_register(sheets.get("集团", []), known, settings, faults)
    asked = [row["id"] for row in head["changes"]["indicators"]] if "changes" in head else []
    tabled = read_values(sheets.get("指标值", []), known, asked, faults)
    problem = head | {
        "schools": schools,
        "distances": read_distances(distances, school_records, known, _reach(settings), faults),
        "register": register,
        "evidence": {
            "year": head["evidence"]["year"],
            "rows": read_evidence(sheets.get("协作", []), register, faults),
        },
        "values": join_values(tabled, [v for v in values if v["school"] in known], path.name, faults),
        "cannot_tell": untellable(schools, head["mode"]["kind"], placeless(distances, school_records)),
    }
    faults.refuse()
    return problem


def _paths(settings: Settings, key: str, path: Path) -> list[Path]:
    given = settings.get(key, [])
    return [path.parent / name for name in ([given] if isinstance(given, str) else given)]


def _found(settings: Settings, path: Path) -> tuple[Needs, list[Json]]:
    asked = [*settings["changes"].get("indicators", settings["need"]["indicators"])]
    return read_findings(_paths(settings, "findings", path), settings["need"], asked)


def _reach(settings: Settings) -> tuple[Fraction, Fraction]:
    return Fraction(settings["rules"]["most_km"]), Fraction(settings["rules"]["detour"])


def _county(settings: Settings, path: Path, year: int) -> tuple[list[Record], list[Record]]:
    if not settings.get("input"):
        return [], []
    return read_county(path.parent / settings["input"], year)


def _head(settings: Settings, file: str, faults: Gathered) -> Json:
    """Everything but the tables: name, county, day, mode, rules, and what is to be compared."""
    county, on = settings.get("county", {}), iso_day(settings.get("on", ""), f"{file} → on", faults)
    for key in ("code", "name"):
        if not county.get(key):
            faults.add(f"{file} → county", f"缺少 {key}", f"{key} is missing")
    if not on:
        faults.add(f"{file} → on", "缺少判断日期，如 2024-09-01", "the day is missing, such as 2024-09-01")
    year = int(on[:4]) - 1 if on else 0
    asked = whole_number(settings.get("evidence", {}).get("year", ""), f"{file} → evidence.year", faults)
    head: Json = {
        "format": FORMAT,
        "kind": "pair",
        "name": settings.get("name") or "结对帮扶方案 | pairing plan",
        "county": {"code": county.get("code", ""), "name": county.get("name", "")},
        "on": on,
        "mode": _mode(settings, file, faults),
        "rules": _rules(settings, file, faults),
        "exclusive": sorted(settings["forms"]["exclusive"]),
        "coverage": _coverage(settings, file, faults),
        "evidence": {"year": year if asked is None else asked},
        "published": _published(settings, file, faults),
    }
    return head | _changes(settings, file, on or _ANY_DAY, faults)


def _mode(settings: Settings, file: str, faults: Gathered) -> Json:
    where, mode = f"{file} → mode", settings.get("mode", {"kind": "pairs"})
    found: Json = {"kind": choice(mode.get("kind", "pairs"), MODES, f"{where}.kind", faults)}
    form = mode.get("form", settings["forms"][found["kind"]])
    found["form"] = choice(form, settings["forms"]["all"], f"{where}.form", faults)
    if found["kind"] == "groups":
        mode = {"least_members": settings["groups"]["least_members"], **mode}
    for key, kind in (("most_groups", "groups"), ("least_members", "groups"), ("least_need", "trusteeship")):
        value = whole_number(mode.get(key, ""), f"{where}.{key}", faults)
        if value is not None and kind != found["kind"]:
            faults.add(f"{where}.{key}", f"只用于 {kind}", f"belongs to {kind} only")
        elif value is not None:
            found[key] = value
    return found


def _rules(settings: Settings, file: str, faults: Gathered) -> Json:
    rules, where = settings["rules"], f"{file} → rules"
    metres = {
        key: exact_number(rules[key], f"{where}.{key}", faults, most=_LARGEST_KM) or Fraction(0)
        for key in ("most_km", "same_side_km")
    }
    exact_number(rules["detour"], f"{where}.detour", faults, least=1)
    choice(rules["blank_role"], ("lines", "other"), f"{where}.blank_role", faults)
    return {
        "most_metres": int(metres["most_km"] * 1000),
        "same_side_metres": int(metres["same_side_km"] * 1000),
        "most_partners": whole_number(rules["most_partners"], f"{where}.most_partners", faults) or 0,
        "stages": choice(rules["stages"], ("shared", "same"), f"{where}.stages", faults),
        "place": choice(rules["place"], ("prefer", "must", "ignore"), f"{where}.place", faults),
        "serve": choice(rules["serve"], ("most", "all"), f"{where}.serve", faults),
    }


def _coverage(settings: Settings, file: str, faults: Gathered) -> Json:
    given, where = settings["coverage"], f"{file} → coverage"
    return {
        "decimals": whole_number(given["decimals"], f"{where}.decimals", faults) or 0,
        "printed": choice(given["printed"], ("truncate", "round"), f"{where}.printed", faults),
    }


def _published(settings: Settings, file: str, faults: Gathered) -> list[Json]:
    """Published figures to recompute: those of the problem file, or "library" for the shipped worked cases."""
    given = settings.get("published", [])
    rows = library("published")["figures"] if given == "library" else given
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.add(
            f"{file} → published",
            "应写 library，或逐条写出要复算的数字（zh、total 等）",
            "write library, or a list of figures (zh, total and so on)",
        )
        return []
    found = []
    for place, row in enumerate(rows, 1):
        where = f"{file} → published.{place}"
        figures = {
            key: whole_number(row.get(key, ""), f"{where}.{key}", faults)
            for key in ("total", "whole", "against")
        }
        parts = [whole_number(part, f"{where}.parts", faults) for part in row.get("parts", [])]
        entry: Json = {
            "id": row.get("id", str(place)),
            "zh": row.get("zh", ""),
            "en": row.get("en", row.get("zh", "")),
        }
        entry["parts"] = [part for part in parts if part is not None]
        entry |= {key: value for key, value in figures.items() if value is not None}
        if exact_number(row.get("printed", ""), f"{where}.printed", faults) is not None:
            entry["printed"] = row["printed"]
        if "total" not in entry:
            faults.add(where, "缺少合计 total", "the total is missing")
        found.append(entry)
    return found


def _changes(settings: Settings, file: str, on: str, faults: Gathered) -> Json:
    """What is compared over years, where the problem asks for it."""
    given: Mapping[str, Any] = settings["changes"]
    if "before" not in given and "after" not in given:
        return {}
    where = f"{file} → changes"
    numbers = {
        key: whole_number(given.get(key, ""), f"{where}.{key}", faults, least=1)
        for key in ("before", "after", "controls", "largest", "sampled")
    }
    level = exact_number(given["level"], f"{where}.level", faults)
    calliper = exact_number(given["calliper"], f"{where}.calliper", faults)
    if level is None or not 0 < level < 1:
        faults.add(f"{where}.level", "应在 0 与 1 之间", "must lie between 0 and 1")
    if any(value is None for value in numbers.values()) or calliper is None or level is None:
        faults.add(where, "before、after 须写年份", "before and after must be years")
        return {}
    if (numbers["before"] or 0) >= (numbers["after"] or 0):
        faults.add(f"{where}.before", "before 须早于 after", "before must come before after")
    indicators = [
        {"id": key, **_named(key, on)} for key in given.get("indicators", settings["need"]["indicators"])
    ]
    return {
        "changes": {**numbers, "level": number(level), "calliper": number(calliper), "indicators": indicators}
    }


def _named(indicator: str, on: str) -> dict[str, str]:
    """Chinese and English name from the national standard; the id where it is none of its."""
    from junheng.standards import resolve

    standard = resolve(library("defaults")["need"]["standard"], on=date.fromisoformat(on))
    name = next((rule.name for rule in standard.indicators if rule.id == indicator), None)
    return {"zh": name.zh, "en": name.en} if name else {"zh": indicator, "en": indicator}
