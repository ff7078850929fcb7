"""What a problem file asks about operating funds: ``funding: {budget_year, groups, overlays}``, all optional."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping

AS_BASE = "as_base"
PAGE = Text("写法见 docs/method/funds.md 第 6 节", "see docs/method/funds.md, section 6")
_KEYS = ("budget_year", "groups", "overlays")
_YEARS = range(1949, 2150)


@dataclass(frozen=True, slots=True)
class FundingAsked:
    """``budget_year`` None: that after the state's. ``groups``: as_base, or "" where only what follows is used."""

    budget_year: int | None
    groups: str
    overlays: tuple[Path, ...]


def read_funding(path: Path) -> FundingAsked | None:
    """The key ``funding`` of the problem file at ``path``; None where there is none. Raises UserError: its faults."""
    given = read_plain_mapping(path, PAGE)
    if "funding" not in given:
        return None
    faults, where = Gathered("funds.md"), f"{path.name} → funding"
    asked = given["funding"]
    if not isinstance(asked, Mapping):
        faults.add(
            where, "应写成 {budget_year: …, groups: …}", "must be a mapping of budget_year, groups, overlays"
        )
        faults.refuse()
    for key in asked:
        if key not in _KEYS:
            near = nearest(key, _KEYS) or "、".join(_KEYS)
            faults.add(
                f"{where}.{key}", f"不认识的键；最接近的是 {near}", f"unknown key; the nearest: {near}"
            )
    year = _year(asked.get("budget_year"), where, faults)
    groups = str(asked.get("groups", ""))
    if groups not in ("", AS_BASE):
        faults.add(
            f"{where}.groups",
            f"“{groups}”应为 {AS_BASE}，或不写",
            f"{groups!r} must be {AS_BASE}, or left out",
        )
    overlays = _overlays(asked.get("overlays", []), path, where, faults)
    faults.refuse()
    return FundingAsked(year, groups, overlays)


def _year(given: Any, where: str, faults: Gathered) -> int | None:
    if given is None:
        return None
    if str(given).isdigit() and int(given) in _YEARS:
        return int(given)
    faults.add(
        f"{where}.budget_year", f"“{given}”应为年份，如 2026", f"{given!r} must be a year, such as 2026"
    )
    return None


def _overlays(given: Any, path: Path, where: str, faults: Gathered) -> tuple[Path, ...]:
    named = [given] if isinstance(given, str) else given
    found = tuple(path.parent / str(name) for name in named if isinstance(named, list))
    for file in found:
        if not file.is_file():
            faults.add(f"{where}.overlays", f"没有文件 {file.name}", f"there is no file {file.name}")
    return found
