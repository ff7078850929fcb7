"""The frozen problem of staffing, read from YAML, tables and the county's input."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.planning.frozen import FORMAT
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.staff.reading.county import read_county
from junheng.planning.staff.reading.form import FIX, PAGE
from junheng.planning.staff.reading.join import join_tables
from junheng.planning.staff.reading.parameters import read_parameters
from junheng.planning.staff.reading.sheets import Vocabulary, read_tables

Json = dict[str, Any]
_REQUIRED = ("kind", "base_year", "years", "county", "input")
_KEYS = (
    *_REQUIRED, "name", "tables", "approved_total", "rules", "curriculum", "general", "retirement", "overrides",
)  # fmt: skip


def read_problem(path: Path) -> Json:
    """The problem in ``path`` (YAML; tables and input are named relative to it).

    Raises UserError: unreadable files, unknown keys, and all contradictions of the tables at once. What is merely
    absent stays absent: the outcome lists what cannot be told for want of it.
    """
    asked = read_plain_mapping(path, FIX)
    _require_known(asked, path.name)
    base_year, years = _year(asked["base_year"], path.name), _years(asked["years"], path.name)
    if min(years) <= _year(asked["base_year"], path.name):
        raise _refused(Text("years 应晚于 base_year", "years should be after base_year"), path.name)
    rules = read_parameters(asked, path.parent, path.name)
    schools, left_out, pay = read_county(
        path.parent / str(asked["input"]), base_year, str(asked["county"]["code"])
    )
    faults = Gathered(PAGE)
    words = Vocabulary(
        {key: one["zh"] for key, one in rules["subjects"].items()},
        {key: one["zh"] for key, one in rules["categories"].items()},
    )
    tables = read_tables([path.parent / name for name in _listed(asked.get("tables", []))], words, faults)
    sums = join_tables(tables, schools, years, faults)
    faults.refuse()
    found = {
        "format": FORMAT,
        "kind": "staff",
        "name": _name(asked.get("name", path.stem)),
        "county": {key: str(value) for key, value in asked["county"].items()},
        "base_year": base_year,
        "years": years,
        "rules": rules,
        "schools": schools,
        "left_out": left_out,
        "pay": pay,
        "sums": sums,
    }
    if "approved_total" in asked:
        found["approved_total"] = _whole(asked["approved_total"], "approved_total", path.name)
    return found


def _require_known(asked: Mapping[str, Any], name: str) -> None:
    for key in asked:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = Text(f"是否为 {near}？", f"did you mean {near}?") if near else FIX
            raise _refused(Text(f"不认识的键 {key}", f"unknown key {key!r}"), name, hint)
    for key in _REQUIRED:
        if key not in asked:
            raise _refused(Text(f"缺少 {key}", f"{key} is missing"), name)
    if asked["kind"] != "staff":
        raise _refused(Text(f"kind 应为 staff，不是 {asked['kind']}", "kind should be staff"), name)
    if not isinstance(asked["county"], dict) or not {"code", "name"} <= set(asked["county"]):
        raise _refused(Text("county 应有 code 和 name", "county should have code and name"), name)


def _name(value: Any) -> Json:
    if isinstance(value, dict):
        return {key: str(value[key]) for key in ("zh", "en") if key in value}
    return {"zh": str(value), "en": str(value)}


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _years(value: Any, name: str) -> list[int]:
    found = [_year(one, name) for one in _listed(value)]
    if not found or found != list(range(found[0], found[0] + len(found))):
        raise _refused(Text("years 应为连续的年份", "years should follow one another"), name)
    return found


def _year(value: Any, name: str) -> int:
    found = _whole(value, "year", name)
    if not 1990 <= found <= 2200:
        raise _refused(Text(f"年份 {value} 不合理", f"the year {value} is implausible"), name)
    return found


def _whole(value: Any, key: str, name: str) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise _refused(
            Text(f"{key} 应为不小于 0 的整数，不是“{value}”", f"{key} should be a whole number of 0 or more"),
            name,
        )
    return int(value)


def _refused(what: Text, where: str, fix: Text = FIX) -> UserError:
    return UserError(what, where=where, why=Text("未作任何计算", "nothing was computed"), fix=fix)
