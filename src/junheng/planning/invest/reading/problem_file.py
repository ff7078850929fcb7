"""What the YAML file of a problem asks: years, rules, money, mode. Tables are only named here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import whole_number
from junheng.planning.invest.reading.asked_parts import forecast, has_cv, mode, years
from junheng.planning.invest.reading.yaml_file import YamlFile, read_yaml

KEYS = (
    *("kind", "name", "input", "mapping", "base_year", "county", "standard", "overlays", "years", "target"),
    *("forecast", "costs", "limits", "budgets", "mode", "transfers", "weak", "cv", "leave_out", "funding"),
)
_REQUIRED = ("kind", "name", "input", "years", "target", "forecast", "costs", "mode")


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem file, checked as far as it can be by itself. Tables that it names are not opened yet.

    ``forecast``: a path, "same", or yearly growth by stage. ``mode`` is that of the frozen problem.
    """

    file: YamlFile
    name: str
    input: Path
    mapping: Path | None
    base_year: int | None
    county: str
    standard: str | Path
    overlays: tuple[str | Path, ...]
    years: tuple[int, ...]
    target: int
    forecast: Path | str | Mapping[str, Fraction]
    costs: Path
    limits: Path | None
    budgets: Mapping[str, Any] | None
    mode: Mapping[str, Any]
    transfers: tuple[Mapping[str, Any], ...]
    weak: tuple[str, ...] | None
    has_cv: bool
    leave_out: frozenset[str] = field(default=frozenset())


def read_asked(path: Path, faults: Gathered) -> Asked | None:
    """The problem file at ``path``; None where what is wrong with it (in ``faults``) leaves nothing to go on with.

    Raises UserError where it is no plain YAML.
    """
    file = read_yaml(path)
    before = len(faults.found)
    _check_keys(file, faults)
    if len(faults.found) > before:
        return None
    asked = Asked(
        file,
        _text(file, "name", faults),
        file.beside(_text(file, "input", faults)),
        _path(file, "mapping", faults),
        _whole(file, "base_year", faults) if "base_year" in file.content else None,
        _text(file, "county", faults),
        _standard(file, faults),
        tuple(_named(file, name) for name in _texts(file, "overlays", faults)),
        years(file, faults),
        _whole(file, "target", faults),
        forecast(file, faults),
        file.beside(_text(file, "costs", faults)),
        _path(file, "limits", faults),
        _mapping(file, "budgets", faults),
        mode(file, faults),
        tuple(_mappings(file, "transfers", faults)),
        tuple(_texts(file, "weak", faults)) if "weak" in file.content else None,
        has_cv(file, faults),
        frozenset(_texts(file, "leave_out", faults)),
    )
    _check_years(asked, faults)
    return asked if len(faults.found) == before else None


def _check_keys(file: YamlFile, faults: Gathered) -> None:
    for key in file.content:
        if key not in KEYS:
            near = nearest(key, KEYS)
            fix = Text(f"最接近的键是 {near}", f"the nearest known key is {near}") if near else None
            faults.add(file.where(key), f"不认识的键 {key}", f"unknown key {key}", fix)
    for key in _REQUIRED:
        if not file.content.get(key):
            faults.add(file.where(), f"缺少 {key}", f"{key} is missing")
    if file.content.get("kind") not in ("invest", None):
        kind = file.content["kind"]
        fix = Text("投入规划写 kind: invest", "an investment plan has kind: invest")
        faults.add(file.where("kind"), f"这不是投入规划：{kind}", f"no investment plan: {kind}", fix)


def _text(file: YamlFile, key: str, faults: Gathered) -> str:
    found = file.content.get(key, "")
    if not isinstance(found, str):
        faults.add(file.where(key), f"{key} 应为一段文字", f"{key} must be a text")
        return ""
    return found


def _path(file: YamlFile, key: str, faults: Gathered) -> Path | None:
    found = _text(file, key, faults)
    return file.beside(found) if found else None


def _texts(file: YamlFile, key: str, faults: Gathered) -> list[str]:
    found = file.content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        faults.add(
            file.where(key), f"{key} 应为列表", f"{key} must be a list", Text("例如 [a, b]", "like [a, b]")
        )
        return []
    return found


def _mapping(file: YamlFile, key: str, faults: Gathered) -> Mapping[str, Any] | None:
    found = file.content.get(key)
    if found is None or isinstance(found, dict):
        return found
    faults.add(file.where(key), f"{key} 应为“键: 值”", f"{key} must be a mapping")
    return None


def _mappings(file: YamlFile, key: str, faults: Gathered) -> list[Mapping[str, Any]]:
    found = file.content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        faults.add(file.where(key), f"{key} 应为若干“键: 值”", f"{key} must be a list of mappings")
        return []
    return found


def _whole(file: YamlFile, key: str, faults: Gathered) -> int:
    found = whole_number(_text(file, key, faults))
    if found is None:
        faults.add(file.where(key), f"{key} 应为整数", f"{key} must be a whole number")
    return found or 0


def _named(file: YamlFile, name: str) -> str | Path:
    """A file beside the problem where there is one, else an id of the library."""
    return file.beside(name) if file.beside(name).exists() else name


def _standard(file: YamlFile, faults: Gathered) -> str | Path:
    return _named(file, _text(file, "standard", faults) or "quality-2017")


def _check_years(asked: Asked, faults: Gathered) -> None:
    years, where = asked.years, asked.file.where("years")
    is_in_order = all(after == before + 1 for before, after in pairwise(years))
    if not is_in_order:
        told = "、".join(map(str, years))
        fix = Text("请从早到晚逐年列出，不重不漏", "list every year once, in order")
        faults.add(where, f"年份不是逐年递增：{told}", f"the years do not follow one another: {told}", fix)
    elif years and asked.base_year is not None and years[0] <= asked.base_year:
        zh, en = (
            f"规划从 {years[0]} 年开始，不晚于基年 {asked.base_year}",
            "the plan begins before its base year ends",
        )
        faults.add(where, zh, en, Text("规划年份须在基年之后", "the years come after the base year"))
    if years and asked.target not in years:
        zh, en = f"达标年 {asked.target} 不在规划年份之内", f"the target {asked.target} is none of the years"
        faults.add(
            asked.file.where("target"), zh, en, Text("请改达标年或年份", "change the target or the years")
        )
    elif years and is_in_order and asked.target != years[-1]:
        zh = f"达标年 {asked.target} 之后还有年份：那时的投入对达标没有作用"
        en = f"there are years after the target {asked.target}: money spent then does not count"
        fix = Text("请让年份止于达标年", "let the years end with the target")
        faults.add(where, zh, en, fix)
