"""The problem file of a classical location model: keys known, numbers read, needs asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.cell_values import exact_number
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.site.reading.model_name import MODELS as ALL_MODELS
from junheng.planning.site.reading.model_name import SPELLED

PAGE = "docs/method/site_classical.md"
MODELS = tuple(name for name in ALL_MODELS if name != "schools")
COUNTED, WITHIN = ("p_median", "p_centre", "maximal_covering"), ("set_covering", "maximal_covering")
_KEYS = (
    *("kind", "model", "name", "county", "count", "radius", "tables", "orlib", "capacity"),
    *("reach_m", "detour", "roads", "price"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says, checked; ``at`` names a key as messages do."""

    path: Path
    given: Mapping[str, Any]
    faults: Gathered
    model: str

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.path.name} → {key}"

    def number(self, key: str, *, whole: bool = False, least: int = 0) -> Fraction | None:
        """The number at ``key``; None where it is absent or none (noted)."""
        return exact_number(str(self.given.get(key, "")), self.at(key), self.faults, whole=whole, least=least)

    def paths(self) -> list[Path]:
        """The tables named, beside the problem file."""
        named = self.given.get("tables", [])
        return [self.path.parent / str(name) for name in ([named] if isinstance(named, str) else named)]

    def needed(self, key: str, zh: str, en: str, *, whole: bool = False, least: int = 0) -> Fraction:
        """The number at ``key``; a fault where it is absent."""
        found = self.number(key, whole=whole, least=least)
        if not str(self.given.get(key, "")):
            self.faults.add(self.at(key), f"没有写{zh}", f"{en} is missing")
        return Fraction(least) if found is None else found


def read_settings(path: Path) -> Settings:
    """The settings of ``path``. Raises UserError: unreadable, unknown or doubled keys, no such model."""
    faults = Gathered(PAGE)
    given = read_plain_mapping(path, Text(f"写法见 {PAGE}", f"see {PAGE}"))
    for key in given:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = (f"；是否 {near}？", f"; {near}?") if near else ("；", ";")
            told = "、".join(_KEYS)
            faults.add(
                path.name,
                f"不认识的键 {key}{hint[0]}可用：{told}",
                f"unknown key {key}{hint[1]} known: {told}",
            )
    if given.get("kind") != "site":
        faults.add(f"{path.name} → kind", "kind 应为 site", "kind must be site")
    word = str(given.get("model", ""))
    model = SPELLED.get(word.lower(), word)
    if model not in MODELS:
        faults.add(
            f"{path.name} → model", f"“{word}”应为 {'、'.join(MODELS)} 之一", f"{word!r} must be one of these"
        )
    if ("tables" in given) == ("orlib" in given):
        faults.add(path.name, "tables、orlib 恰写一个", "give one of tables and orlib")
    for key in ("county", "roads"):
        if not isinstance(given.get(key, {}), dict):
            faults.add(f"{path.name} → {key}", "应为“键: 值”", "must be a mapping of keys")
    faults.refuse()
    return Settings(path, given, faults, model)
