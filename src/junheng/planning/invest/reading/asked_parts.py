"""The parts of a problem file that are more than a text: years, forecast, mode."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import STAGES, Text
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import share, whole_number
from junheng.planning.invest.reading.yaml_file import YamlFile

_YEAR_WORD = "2025-2028"


def years(file: YamlFile, faults: Gathered) -> tuple[int, ...]:
    """The years of the plan, () where they cannot be read: ``2025-2028`` or a list."""
    given = file.content.get("years")
    if isinstance(given, str):  # 2025-2028
        first, _, last = given.replace("—", "-").replace("–", "-").partition("-")
        ends = [whole_number(first.strip()), whole_number(last.strip() or first.strip())]
        if ends[0] and ends[1] and 0 <= ends[1] - ends[0] < 30:  # longer is a slip of the pen
            return tuple(range(ends[0], ends[1] + 1))
    elif isinstance(given, list):
        years = [whole_number(str(year)) for year in given]
        if years and None not in years:
            return tuple(year for year in years if year is not None)
    fix = Text(f"例如 {_YEAR_WORD} 或 [2025, 2026]", f"like {_YEAR_WORD} or [2025, 2026]")
    faults.add(file.where("years"), "年份写法不对", "the years cannot be read", fix)
    return ()


def forecast(file: YamlFile, faults: Gathered) -> Path | str | Mapping[str, Fraction]:
    """A table's path, "same", or growth of a year by stage."""
    given = file.content["forecast"]
    if given == "same":
        return "same"
    if isinstance(given, str):
        return file.beside(given)
    growth = given.get("growth") if isinstance(given, dict) else None
    if not isinstance(growth, dict) or not growth:
        fix = Text(
            "写表的文件名、same，或 growth: {primary: -1%, …}", "a file, same, or growth: {primary: -1%, …}"
        )
        faults.add(file.where("forecast"), "预测写法不对", "the forecast cannot be read", fix)
        return {}
    found = {}
    for stage, rate in growth.items():
        value = share(str(rate))
        if stage not in STAGES:
            fix = Text(f"可用 {'、'.join(STAGES)}", f"use {', '.join(STAGES)}")
            faults.add(file.where("forecast", "growth", stage), f"没有学段 {stage}", f"no stage {stage}", fix)
        elif value is None or not -1 < value < 1:
            where = file.where("forecast", "growth", stage)
            fix = Text("写每年的增长率，例如 -1.5%", "state the growth of a year, like -1.5%")
            faults.add(where, f"增长率不对：{rate}", f"no rate of growth: {rate}", fix)
        else:
            found[stage] = value
    return found


_MODES = {"all_by": None, "most_within": None, "least_for": "stages", "pareto": "points"}
_MODE_FIX = Text(
    "可用 all_by、most_within、{least_for: 80}、{pareto: 9}",
    "use all_by, most_within, {least_for: 80}, {pareto: 9}",
)


def mode(file: YamlFile, faults: Gathered) -> Mapping[str, Any]:
    """The mode of the frozen problem, {} where it cannot be read."""
    given = file.content["mode"]
    kind, count = next(iter(given.items())) if isinstance(given, dict) and len(given) == 1 else (given, None)
    key = _MODES.get(str(kind), "")
    number = whole_number(str(count)) if count is not None else None
    if str(kind) not in _MODES or bool(key) is (count is None) or (key and (number is None or number < 1)):
        faults.add(
            file.where("mode"), f"目标写法不对：{given}", f"the mode cannot be read: {given}", _MODE_FIX
        )
        return {}
    return {"kind": str(kind)} | ({key: number} if key else {})


def has_cv(file: YamlFile, faults: Gathered) -> bool:
    """Whether the standard's CV limits hold in the plan."""
    given = file.content.get("cv", "standard")
    if given not in ("standard", "off"):
        fix = Text("写 standard（按标准）或 off（不限）", "write standard (as the standard says) or off")
        faults.add(file.where("cv"), f"差异系数写法不对：{given}", f"cv cannot be read: {given}", fix)
    return bool(given != "off")
