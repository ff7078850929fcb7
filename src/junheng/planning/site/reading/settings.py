"""The problem file of a siting plan: which tables, which years, reach, prices,
sizes – and what the library fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, nearest
from junheng.planning.cell_values import exact_number
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.problem_keys import check_keys
from junheng.planning.site.reading.model_name import FIX

LIBRARY = Path(__file__).parents[1] / "library"
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        *(
            "kind",
            "model",
            "name",
            "county",
            "stage",
            "years",
            "lead",
            "tables",
            "input",
            "base_year",
            "standard",
            "mapping",
            "reach",
            "roads",
        ),
        *("most_sites", "class_pupils", "unmet", "way_wan", "existing", "costs_wan", "sizes", "budget_wan"),
        *("boundary", "outside_km", "forecast", "notes", "way_wan_hour", "coordinates", "funding"),
    ),
    "county": ("code", "name"),
    "funding": ("budget_year", "groups", "overlays"),
    "reach": ("metres", "minutes", "by", "detour"),
    "roads": ("edges", "nodes"),
    "unmet": ("rule", "wan"),
    "costs_wan": ("open", "class", "yearly", "class_yearly", "close"),
    "sizes": ("pupils_most", "pupils_least", "least_classes", "step", "step_existing"),
}
_LONGEST = 30  # years; a longer list is a slip of the pen


@cache
def library(name: str) -> Mapping[str, Any]:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(LIBRARY / f"{name}.yaml", FIX)


@dataclass
class Settings:
    """What the file says. ``defaults``: every figure taken from the library, with its source."""

    path: Path
    given: Mapping[str, Any]
    faults: Gathered
    stage: str
    years: list[int]
    defaults: list[Json] = field(default_factory=list)
    doubts: list[Json] = field(default_factory=list)  # what was read, and can hardly be meant

    def doubt(self, where: str, zh: str, en: str) -> None:
        """Note what is implausible: it is used as it stands, and told with the plan."""
        self.doubts.append({"where": where, "zh": f"{where}：{zh}", "en": f"{where}: {en}"})

    def part(self, name: str) -> Mapping[str, Any]:
        """A mapping of the file, empty where it is absent."""
        found = self.given.get(name, {})
        return found if isinstance(found, dict) else {}

    def at(self, name: str) -> str:
        """A place in the file, as messages name it."""
        return f"{self.path.name} → {name}"

    def figure(self, part: str, name: str, *, whole: bool = False, least: int = 0) -> Fraction:
        """A number of the file, or the library's, noted with its source."""
        given = self.part(part).get(name) if part else self.given.get(name)
        key = "unmet_wan" if part == "unmet" else name
        if given is None:
            given = self._default(key)
        found = exact_number(
            str(given), self.at(f"{part} → {name}" if part else name), self.faults, whole=whole, least=least
        )
        return Fraction(max(least, 1)) if found is None else found

    def cost(self, name: str) -> Fraction | None:
        """A unit cost of the file in 万元; None where the table must say it."""
        given = self.part("costs_wan").get(name)
        return (
            None if given is None else exact_number(str(given), self.at(f"costs_wan → {name}"), self.faults)
        )

    def _default(self, key: str) -> str:
        entry = library("defaults")[key]
        value = entry["value"]
        value = value[self.stage] if isinstance(value, dict) else value
        row = {
            "item": key,
            "value": value,
            "zh": entry["zh"],
            "en": entry["en"],
            "source": entry["source"]["document"],
        }
        if row not in self.defaults:
            self.defaults.append(row)
        return str(value)

    def budget(self) -> dict[str, int] | None:
        """Yuan that may be spent on building, by year; None where nothing is said."""
        if "budget_wan" not in self.given:
            return None
        part, found = self.part("budget_wan"), {}
        for year in self.years:
            value = exact_number(str(part.get(str(year), "")), self.at(f"budget_wan → {year}"), self.faults)
            if value is None:
                self.faults.add(self.at("budget_wan"), f"缺 {year} 年", f"{year} is absent")
            found[str(year)] = yuan(value or Fraction(0))
        for key in sorted(set(part) - set(found)):
            self.faults.add(self.at("budget_wan"), f"{key} 不是规划年份", f"{key} is not a year of the plan")
        return found

    def files(self) -> list[Path]:
        """The tables named, beside the problem file."""
        named = self.given.get("tables") or []
        names = [named] if isinstance(named, str) else [str(name) for name in named]
        if not names:
            self.faults.add(self.at("tables"), "没有给出表格文件", "no tables are named")
        return [self.path.parent / name for name in names]


def yuan(wan: Fraction) -> int:
    """万元 as whole yuan, rounded up (a price is never understated)."""
    return -((-wan * 10_000) // 1)


def read_settings(path: Path, faults: Gathered) -> Settings:
    """The settings of ``path``; faults are gathered. Raises UserError for what is no YAML mapping."""
    given = read_plain_mapping(path, FIX)
    for part, keys in _KEYS.items():
        _check_keys(given.get(part, {}) if part else given, part, keys, path.name, faults)
    stages = {
        str(stage): name.zh for stage, name in STAGE_NAMES.items() if str(stage) in ("primary", "junior")
    }
    word = str(given.get("stage", ""))
    stage = next((key for key, zh in stages.items() if word.lower() in (key, zh)), "")
    if not stage:
        faults.add(
            f"{path.name} → stage",
            f"“{word}”应为 小学 或 初中（也可写 primary、junior）",
            f"{word!r} must be primary or junior (小学, 初中)",
        )
    for key in ("name", "reach"):
        if not given.get(key):
            faults.add(f"{path.name} → {key}", "没有填", "is blank")
    return Settings(path, given, faults, stage or "primary", _years(given.get("years"), path.name, faults))


def _check_keys(found: Any, part: str, keys: tuple[str, ...], file: str, faults: Gathered) -> None:
    """Note what is no mapping, and every unknown key with the nearest and all known ones."""
    unknown = [key for key in found if key not in keys] if isinstance(found, dict) else []
    if not unknown:
        check_keys(found, part, keys, file, faults)
        return
    told = "、".join(keys)
    for key in unknown:
        near = nearest(str(key), keys)
        hint = (f"；是否 {near}？", f"; {near}?") if near else ("；", ";")
        where = f"{file} → {part}" if part else file
        faults.add(
            where, f"不认识的键 {key}{hint[0]}可用：{told}", f"unknown key {key}{hint[1]} known: {told}"
        )


def _years(given: Any, file: str, faults: Gathered) -> list[int]:
    """Years one after another, from "2026-2030" or a list."""
    ends = str(given).split("-") if isinstance(given, str) else [str(year) for year in given or ()]
    if all(part.strip().isdigit() for part in ends) and ends:
        first, last = int(ends[0]), int(ends[-1])
        found = list(range(first, last + 1))
        if 1900 <= first <= last < first + _LONGEST and (len(ends) == 2 or len(ends) == len(found)):
            return found
    faults.add(f"{file} → years", "应写成 2026-2030，逐年相连", "write 2026-2030, years one after another")
    return [2026]


def way_price(settings: Settings, unit: str) -> int | str:
    """Yuan for a metre (or second) of a pupil's way for a year."""
    wan = settings.figure("", "way_wan" if unit == "metre" or "way_wan" in settings.given else "way_wan_hour")
    return number(wan * 10_000 / (1000 if unit == "metre" else 3600))
