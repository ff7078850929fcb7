"""The problem file: which tables, and what differs from the defaults – each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.planning.gathered import Gathered
from junheng.planning.itinerant.reading.library import FIX, defaults, subject_of
from junheng.planning.plain_yaml import read_plain_mapping

_WAYS = ("coordinates", "minutes", "roads")
_KEYS = frozenset(
    {"kind", "name", "county", "tables", "week", "distance", "rules", "subjects", "hours", "notes"}
)
_RULES = ("load", "schools_per_day", "same_day", "receivers", "mbps_per_stream")
_DISTANCE = frozenset({"by", "reach_km", "reach_minutes", "detour"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the problem file says, defaults filled in. ``defaults`` lists every figure with where it comes from."""

    name: str
    county: Mapping[str, str]
    files: list[Path]
    days: int
    halves: Mapping[str, int]
    way: str
    reach: Fraction
    detour: Fraction
    rules: Mapping[str, Fraction]
    subjects: list[str]
    hours: list[Mapping[str, Any]]
    defaults: list[dict[str, str]]


def read_settings(path: Path, faults: Gathered) -> Settings:
    """The settings of the problem file at ``path``; faults are gathered. Raises UserError for what is no YAML map."""
    given = _opened(path, faults)
    reader = _Reader(path, given, faults)
    week, county = reader.part("week", ("days", "am", "pm")), reader.part("county", ("code", "name"))
    distance, rules = reader.part("distance", _DISTANCE), reader.part("rules", _RULES)
    way = str(distance.get("by", "coordinates"))
    if way not in _WAYS:
        faults.add(f"{path.name} distance.by", f"应为 {'、'.join(_WAYS)} 之一", f"one of {', '.join(_WAYS)}")
    standard = defaults()["week"]["value"]
    sizes = {
        k: int(reader.figure("week", k, week.get(k), standard[k], least=1)) for k in ("days", "am", "pm")
    }
    return Settings(
        name=reader.word("name"),
        county={key: str(county.get(key, "")) for key in ("code", "name")},
        files=reader.files(),
        days=min(sizes["days"], 7),
        halves={"am": sizes["am"], "pm": sizes["pm"]},
        way=way,
        reach=reader.reach(way, distance),
        detour=reader.figure("distance", "detour", distance.get("detour"), defaults()["detour"]["value"], least=1),
        rules={k: reader.figure("rules", k, rules.get(k), defaults()[k]["value"], is_whole=k != _RULES[4], least=1)
               for k in _RULES},
        subjects=reader.subjects(),
        hours=reader.hours(),
        defaults=reader.used,
    )  # fmt: skip


def _opened(path: Path, faults: Gathered) -> dict[str, Any]:
    """The content of the file, keys known. Raises UserError where it is no itinerant problem."""
    given = read_plain_mapping(path, FIX)
    if given.get("kind") != "itinerant":
        raise UserError(
            Text("这不是走教问题（kind: itinerant）", "this is no itinerant problem"),
            where=path.name,
            fix=FIX,
        )
    for name in sorted(set(given) - _KEYS):
        near = nearest(name, _KEYS)
        faults.add(
            path.name, f"不认识的键 {name}" + (f"，是否 {near}" if near else ""), f"unknown key {name}"
        )
    return given


class _Reader:
    """Reads figures and notes for each whether it was given or is the library's."""

    def __init__(self, path: Path, given: Mapping[str, Any], faults: Gathered) -> None:
        self.path, self.given, self.faults = path, given, faults
        self.used: list[dict[str, str]] = []

    def part(self, name: str, known: Any) -> dict[str, Any]:
        """A mapping of the file; unknown keys are faults."""
        found = self.given.get(name) or {}
        if not isinstance(found, dict):
            self.faults.add(f"{self.path.name} {name}", "应是一组键值", "must be a mapping")
            return {}
        for key in sorted(set(found) - set(known)):
            self.faults.add(f"{self.path.name} {name}", f"不认识的键 {key}", f"unknown key {key}")
        return found

    def word(self, name: str) -> str:
        """A text that must be there."""
        found = self.given.get(name)
        if not isinstance(found, str) or not found:
            self.faults.add(f"{self.path.name} {name}", "没有填", "is blank")
            return ""
        return found

    def files(self) -> list[Path]:
        """The tables named, beside the problem file."""
        named = self.given.get("tables") or []
        names = [named] if isinstance(named, str) else [str(name) for name in named]
        if not names:
            self.faults.add(f"{self.path.name} tables", "没有给出表格文件", "no tables are named")
        return [self.path.parent / name for name in names]

    def figure(
        self, part: str, name: str, given: Any, default: str, *, is_whole: bool | None = None, least: int = 0
    ) -> Fraction:
        """A number of the file, or the default; noted with its source."""
        whole = part == "week" if is_whole is None else is_whole
        key = part if part == "week" else name
        self._note(
            f"{part}.{name}", given if given is not None else default, None if given is not None else key
        )
        try:
            found = Fraction(str(given if given is not None else default))
        except (ValueError, ZeroDivisionError):
            found = Fraction(-1)
        if found < least or (whole and found.denominator != 1):
            self.faults.add(
                f"{self.path.name} {part}.{name}",
                f"“{given}”应为不小于 {least} 的{'整数' if whole else '数'}",
                f"{given!r} must be a {'whole number' if whole else 'number'} of {least} or more",
            )
            return Fraction(max(least, 1))
        return found

    def reach(self, way: str, distance: Mapping[str, Any]) -> Fraction:
        """The reach in the unit of the ways: metres, or minutes – for these there is no default."""
        if way != "minutes":
            given = distance.get("reach_km")
            return 1000 * self.figure(
                "distance", "reach_km", given, defaults()["reach_km"]["value"], is_whole=False
            )
        if "reach_minutes" not in distance:
            self.faults.add(
                f"{self.path.name} distance.reach_minutes", "按分钟时必须给出", "must be given with minutes"
            )
            return Fraction(0)
        return self.figure("distance", "reach_minutes", distance["reach_minutes"], "0", is_whole=False)

    def subjects(self) -> list[str]:
        """The subjects planned, by id or Chinese name."""
        named = self.given.get("subjects") or ["music", "art", "pe", "english"]
        found = []
        for name in named if isinstance(named, list) else [named]:
            row = subject_of(str(name))
            if row is None:
                self.faults.add(
                    f"{self.path.name} subjects", f"没有学科“{name}”", f"there is no subject {name!r}"
                )
            else:
                found.append(row)
        return sorted(set(found))

    def hours(self) -> list[Mapping[str, Any]]:
        """Periods a week by stage and grade."""
        given = self.given.get("hours")
        self._note("hours", "问题文件 | problem file" if given else "", None if given else "hours")
        return list(given or defaults()["hours"]["value"])

    def _note(self, item: str, value: Any, default: str | None) -> None:
        if default is None:
            source = "问题文件 | problem file"
        else:
            row = defaults()[default]["source"]
            source = row["document"] + (f"；{row['note']}" if row.get("note") else "")
        shown = str(value) if isinstance(value, str | int | Fraction) else ""
        words = (
            defaults().get(item.split(".")[-1])
            or defaults().get(item.split(".")[0])
            or {"zh": item, "en": item}
        )
        self.used.append(
            {"item": item, "value": shown, "zh": words["zh"], "en": words["en"], "source": source,
             "is_default": "1" if default else "0"}
        )  # fmt: skip
