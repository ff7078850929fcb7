"""The method of a forecast: weights, lags, scenarios, warnings, policy years, checked as read."""

from fractions import Fraction
from typing import Any

from junheng.basics import nearest
from junheng.planning.cell_values import choice, exact_number, whole_number
from junheng.planning.forecast.reading.settings import Settings, library
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.problem_keys import check_keys

SHIFTS = ("entrants", "flow", "migrants", "yield")


def read_method(settings: Settings, file: str, faults: Gathered) -> Json:
    """``method`` of the frozen problem. Gathered: shares of lags that do not sum to 1, no weights, unknown pool."""
    given, where = settings["method"], f"{file} → method"
    found: Json = {"lags": _lags(given["lags"], f"{where}.lags", faults)}
    for key in ("weights", "leads", "sizes"):
        found[key] = _wholes(given[key], f"{where}.{key}", faults, least=1)
    found["leads"], found["sizes"] = sorted(set(found["leads"])), sorted(set(found["sizes"]))
    for key in ("shrink", "entry_shrink"):
        found[key] = number(exact_number(given[key], f"{where}.{key}", faults) or Fraction(0))
    for key in ("least_years", "least_points", "filling_years"):
        found[key] = whole_number(given[key], f"{where}.{key}", faults, least=1) or 1
    if found["least_years"] < 3:
        faults.add(
            f"{where}.least_years", "至少 3 年（两次升级才有比例）", "at least 3: a ratio needs two moves"
        )
    outlier = exact_number(given["outlier"], f"{where}.outlier", faults) or Fraction(0)
    if outlier <= 1:
        faults.add(f"{where}.outlier", "应大于 1", "must be above 1")
    found["outlier"] = number(outlier)
    found["pool"] = choice(given["pool"], ("county", "zone"), f"{where}.pool", faults)
    level = exact_number(given["level"], f"{where}.level", faults) or Fraction(0)
    if not 0 < level < 1:
        faults.add(f"{where}.level", "应在 0 与 1 之间", "must lie between 0 and 1")
    found["level"] = number(level)
    assumed = exact_number(given.get("progression", ""), f"{where}.progression", faults)
    return found if assumed is None else found | {"progression": number(assumed)}


def _wholes(given: Any, where: str, faults: Gathered, *, least: int) -> list[int]:
    if not isinstance(given, list) or not given:
        faults.add(where, "应为一列整数", "must be a list of whole numbers")
        return [least]
    return [whole_number(text, where, faults, least=least) or least for text in given]


def _lags(given: Any, where: str, faults: Gathered) -> list[Json]:
    rows = []
    for years, share in sorted(given.items()) if isinstance(given, dict) else []:
        part = exact_number(share, where, faults)
        at = whole_number(years, where, faults, least=1)
        if part is not None and at is not None:
            rows.append({"years": at, "share": number(part)})
    if sum((Fraction(row["share"]) for row in rows), Fraction(0)) != 1:
        faults.add(where, "各份额之和应为 1，如 {6: 2/3, 7: 1/3}", "the shares must sum to 1")
    return rows


def read_scenarios(settings: Settings, file: str, faults: Gathered) -> list[Json]:
    """The three paths: shifts as exact numbers, low not above high."""
    rows = []
    for name in ("low", "mid", "high"):
        where = f"{file} → scenarios.{name}"
        row: Json = {"id": name}
        for key in SHIFTS:
            value = _shift(settings["scenarios"][name][key], f"{where}.{key}", faults)
            row[key] = number(value or Fraction(0))
        rows.append(row)
    plain = {"entrants": 0, "flow": 0, "migrants": 0, "yield": 1}
    if any(Fraction(rows[1][key]) != value for key, value in plain.items()):
        faults.add(
            f"{file} → scenarios.mid",
            "中情景不能加减（新生、净流动、随迁为 0，小区产出为 1）：回测与区间只检验这样的中情景；要加减请写在低、高情景",
            "the middle path takes no shift (0, 0, 0, yield 1): only such a path is back-tested; put shifts into low and high",
        )
    for key in SHIFTS:
        values = [Fraction(row[key]) for row in rows]
        if sorted(values) != values:
            faults.add(f"{file} → scenarios", f"{key} 应低 ≤ 中 ≤ 高", f"{key} must be low ≤ mid ≤ high")
    return rows


def _shift(text: str, where: str, faults: Gathered) -> Fraction | None:
    """A shift of 1: it may be negative, and is above -1."""
    found = exact_number(text, where, faults, least=-1)
    if found == -1:
        faults.add(where, f"{text} 应大于 -1", f"{text} must be above -1")
    return found


def read_warnings(settings: Settings, file: str, faults: Gathered) -> Json:
    """The levels in order of gravity, the surplus line, and how many years ahead are told."""
    given, where = settings["warnings"], f"{file} → warnings"
    levels = []
    for row in given["levels"] if isinstance(given["levels"], list) else []:
        check_keys(row, "warnings.levels", ("id", "scenario", "above"), file, faults)
        if not isinstance(row, dict):
            continue
        above = exact_number(row.get("above", ""), f"{where}.levels", faults)
        scenario = choice(row.get("scenario", ""), ("low", "mid", "high"), f"{where}.levels", faults)
        choice(row.get("id", ""), ("red", "orange", "yellow"), f"{where}.levels", faults)
        levels.append({"id": row.get("id", ""), "scenario": scenario, "above": number(above or Fraction(1))})
    below = exact_number(given["surplus"].get("below", ""), f"{where}.surplus", faults)
    scenario = choice(
        given["surplus"].get("scenario", ""), ("low", "mid", "high"), f"{where}.surplus", faults
    )
    return {
        "ahead": whole_number(given["ahead"], f"{where}.ahead", faults) or 0,
        "levels": levels,
        "surplus": {"scenario": scenario, "below": number(below or Fraction(0))},
    }


def read_interruptions(settings: Settings, file: str, faults: Gathered) -> list[Json]:
    """Policy years: {"year", "effect": exclude | restart, "zone" or "school" (absent: the county), "why"}."""
    rows = []
    for at, row in enumerate(settings.get("interruptions", []), 1):
        where = f"{file} → interruptions.{at}"
        if not isinstance(row, dict) or not row.get("year"):
            faults.add(where, "应写 year、effect、why", "write year, effect, why")
            continue
        check_keys(row, f"interruptions.{at}", ("year", "effect", "zone", "school", "why"), file, faults)
        found: Json = {"year": whole_number(row["year"], f"{where}.year", faults) or 0}
        found["effect"] = choice(
            row.get("effect", "exclude"), ("exclude", "restart"), f"{where}.effect", faults
        )
        found |= {key: row[key] for key in ("zone", "school", "why") if row.get(key)}
        if not row.get("why"):
            faults.add(where, "缺少原因 why", "the reason why is missing")
        rows.append(found)
    return sorted(rows, key=lambda row: (row["year"], row.get("zone", ""), row.get("school", "")))


def place_interruptions(rows: list[Json], body: Json, where: str, faults: Gathered) -> None:
    """Names of zones and schools become their ids. Gathered: what is neither an id nor the name of just one."""
    for row in rows:
        for key, part in (("zone", "zones"), ("school", "schools")):
            told = row.get(key)
            names = {one["id"]: one["name"] for one in body[part]}
            found = [one for one, name in names.items() if name == told]
            if told is None or told in names:
                continue
            if len(found) == 1:
                row[key] = found[0]
                continue
            near = nearest(told, [*names, *names.values()])
            hint = (f"；是否 {near}？", f"; {near}?") if near else ("", "")
            faults.add(
                where, f"{key}“{told}”不在表中{hint[0]}", f"{key} {told!r} stands in no table{hint[1]}"
            )


def read_national() -> Json:
    """The nation's births and published peaks, from the library."""
    given = library("national")
    return {
        "births": [{"year": int(year), "births": int(n)} for year, n in sorted(given["births"].items())],
        "published": {stage: int(year) for stage, year in given["published"].items()},
        "lags": [{"years": int(y), "share": number(Fraction(s))} for y, s in sorted(given["lags"].items())],
        "spans": {stage: {k: int(v) for k, v in row.items()} for stage, row in given["spans"].items()},
    }
