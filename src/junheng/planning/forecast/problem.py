"""Reading a forecast problem: YAML, tables, standard and the county's input → one frozen problem."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import sha256_bytes
from junheng.planning.cell_values import choice, exact_number, whole_number
from junheng.planning.forecast.reading.ahead import read_changes, read_estates, read_openings
from junheng.planning.forecast.reading.areas import add_areas, class_limits, standard_of
from junheng.planning.forecast.reading.method import (
    place_interruptions,
    read_interruptions,
    read_method,
    read_national,
    read_scenarios,
    read_warnings,
)
from junheng.planning.forecast.reading.places import read_places, read_zones
from junheng.planning.forecast.reading.pupils import read_births, read_given, read_history, read_migrants
from junheng.planning.forecast.reading.settings import PAGE, Settings, library, read_settings
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record, read_records

Tables = Mapping[str, list[Record]]
_YEARS = range(1949, 2101)
_FEW = 10  # a last year with less than a tenth of the rows of the year before is asked about, not taken


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: forecast) and the tables it names state.

    Raises UserError: everything wrong in the tables at once, each with file, sheet, row and column. What is blank
    stays unknown; nothing absent becomes 0.
    """
    settings, faults = read_settings(path), Gathered(PAGE)
    files = _files(settings, path)
    sheets = read_records(files, library("columns"), faults)
    head = _head(settings, path.name, sheets, faults)
    faults.refuse()
    standard = None if settings["standard"] == "none" else standard_of(settings, head["base_year"])
    stages = {row["id"]: row["grades"] for row in head["stages"]}
    limits, clause = class_limits(standard, stages) if standard else (dict.fromkeys(stages, 0), "")
    body = _body(sheets, stages, limits, head, faults)
    place_interruptions(head["interruptions"], body, f"{path.name} → interruptions", faults)
    faults.refuse()
    capacity = {(row["school"], row["stage"]): row for row in body["capacity"]}
    asked: list[str] = []
    if settings.get("input") and standard:
        asked = add_areas(capacity, settings, path.parent / settings["input"], head["base_year"], standard)
    for row in head["stages"]:
        row |= {"limit": limits[row["id"]]} if limits[row["id"]] else {}
    problem = head | body | {"area_indicators": asked, "national": read_national()}
    named = f"{standard.id} {standard.sha256[:12]}" if standard else "none"
    problem["sources"] |= {"class_size": clause, "standard": named}
    problem["inputs"] = [{"file": f.name, "sha256": sha256_bytes(f.read_bytes())} for f in files]
    return problem


def _files(settings: Settings, path: Path) -> list[Path]:
    given = settings.get("tables", [])
    return [path.parent / name for name in ([given] if isinstance(given, str) else given)]


def _head(settings: Settings, file: str, sheets: Tables, faults: Gathered) -> Json:
    """Everything but the tables: county, years, method, scenarios, warnings, policy years."""
    county = settings.get("county", {})
    for key in ("code", "name"):
        if not county.get(key):
            faults.add(f"{file} → county", f"缺少 {key}", f"{key} is missing")
    base, years = _years(settings, file, sheets, faults)
    return {
        "format": FORMAT,
        "kind": "forecast",
        "name": settings.get("name") or "学位预测 | seat forecast",
        "county": {"code": county.get("code", ""), "name": county.get("name", "")},
        "mode": choice(settings["mode"], ("cohort", "given"), f"{file} → mode", faults),
        "base_year": base,
        "years": years,
        "stages": _stages(settings["stages"], file, faults),
        "method": read_method(settings, file, faults),
        "scenarios": read_scenarios(settings, file, faults),
        "yields": _yields(settings, f"{file} → yields", faults),
        "survival": _numbers({"s": settings["survival"]}, f"{file} → survival", faults).get("s", 1),
        "warnings": read_warnings(settings, file, faults),
        "duty": {"least_classes": _classes(settings, file, faults)},
        "interruptions": read_interruptions(settings, file, faults),
        "sources": dict(settings.get("sources", {})),
    }


def _classes(settings: Settings, file: str, faults: Gathered) -> dict[str, int]:
    where = f"{file} → duty.least_classes"
    given = settings["duty"]["least_classes"]
    return {stage: whole_number(n, where, faults, least=1) or 1 for stage, n in sorted(given.items())}


def _yields(settings: Settings, where: str, faults: Gathered) -> dict[str, Any]:
    """Pupils per household of the stages asked for; a shipped default of another stage is left out, a given one refused."""
    shipped, kept = library("defaults")["yields"], {}
    for stage, text in settings["yields"].items():
        if stage in settings["stages"]:
            kept[stage] = text
        elif text != shipped.get(stage):
            faults.add(where, f"stages 没有学段 {stage}", f"the problem has no stage {stage}")
    return _numbers(kept, where, faults)


def _numbers(given: Mapping[str, str], where: str, faults: Gathered) -> dict[str, Any]:
    found = {key: exact_number(text, where, faults) for key, text in sorted(given.items())}
    return {key: number(value) for key, value in found.items() if value is not None}


def _years(settings: Settings, file: str, sheets: Tables, faults: Gathered) -> tuple[int, list[int]]:
    """The last year of counts (the latest of the sheet 在校生 unless stated) and the years asked for."""
    records = sheets.get("在校生", [])
    told = _told_years(records, not settings.get("base_year"), faults)
    base = whole_number(settings.get("base_year", ""), f"{file} → base_year", faults)
    if base is None:
        base = max(told, default=0)
    if not base and "在校生" not in sheets:
        faults.add(
            f"{file} → base_year",
            "没有在校生表，或表中没有行；没有历史须写基准年",
            "without pupils state the base year",
        )
    elif not base and not faults.found:
        faults.add(
            "在校生", "没有一行写了年份：请补年份和在校生", "no row has a year: fill in years and pupils"
        )
    if settings.get("years"):
        years = [whole_number(text, f"{file} → years", faults) or 0 for text in settings["years"]]
    else:
        last = whole_number(settings.get("last_year", ""), f"{file} → last_year", faults)
        years = [*range(base + 1, (base + 6 if last is None else last) + 1)]
    if not years or (base and min(years) <= base):
        faults.add(f"{file} → years", "预测年须在基准年之后", "the years must come after the base year")
    return base, sorted(set(years))


def _told_years(records: list[Record], asked: bool, faults: Gathered) -> list[int]:
    """Years of the rows. Gathered with their cell: no year of our time; a last year of a few rows that would be the base."""
    rows: dict[int, list[Record]] = {}
    for record in records:
        year = int(record["year"]) if record["year"].isdecimal() else 0
        if record["year"] and not _YEARS[0] <= year <= _YEARS[-1]:
            said = f"“{record['year']}”不是年份（{_YEARS[0]}–{_YEARS[-1]}）"
            faults.add(record.at("year"), said, f"{record['year']!r} is no year ({_YEARS[0]}-{_YEARS[-1]})")
        elif year:
            rows.setdefault(year, []).append(record)
    last = max(rows, default=0)
    before = max((year for year in rows if year < last), default=0)
    if asked and before and len(rows[last]) * _FEW < len(rows[before]):
        count = (len(rows[last]), len(rows[before]))
        faults.add(
            rows[last][0].at("year"),
            f"{last} 年只有 {count[0]} 行，{before} 年有 {count[1]} 行：年份写错了，或请在问题文件写 base_year",
            f"{count[0]} row(s) of {last}, {count[1]} of {before}: the year is mistyped, or state base_year",
        )
    return [*rows]


def _stages(given: Mapping[str, list[str]], file: str, faults: Gathered) -> list[Json]:
    where, found = f"{file} → stages", []
    for stage, grades in given.items():
        choice(stage, ("primary", "junior", "senior"), where, faults)
        numbers = [whole_number(grade, where, faults, least=1) or 1 for grade in grades]
        if numbers != [*range(numbers[0], numbers[0] + len(numbers))]:
            faults.add(where, f"{stage} 的年级应连续", f"the grades of {stage} must follow one another")
        found.append({"id": stage, "grades": numbers})
    return sorted(found, key=lambda row: row["grades"])


def _body(
    sheets: Tables, stages: Mapping[str, list[int]], limits: dict[str, int], head: Json, faults: Gathered
) -> Json:
    base = head["base_year"]
    zones = read_zones(sheets.get("片块", []), faults)
    places = read_places(sheets.get("学校", []), zones, limits, base, faults)
    if not places.units:
        raise faults.ending("学校", "没有学校：请给出学校表", "no schools: give a sheet 学校")
    history, blanks = read_history(sheets.get("在校生", []), stages, places.units, faults)
    estates = sheets.get("新建小区", [])
    openings = read_openings(sheets.get("新建学校", []), estates, zones, limits, places, faults)
    served = {row["zone"] for row in (*places.units.values(), *openings)}
    found: Json = {
        "units": [places.units[key] for key in sorted(places.units)],
        "history": [row for row in history if row["year"] <= base],
        "blanks": [row for row in blanks if row["year"] <= base],
        "births": read_births(sheets.get("出生", []), zones, served, faults),
        "migrants": read_migrants(sheets.get("随迁", []), zones, served, faults),
        "given": read_given(sheets.get("外部预测", []), stages, places.units, faults),
        "openings": openings,
        "estates": read_estates(estates, zones, places, openings, base, faults),
        "changes": read_changes(sheets.get("学位变动", []), stages, places, faults),
        "capacity": [places.capacity[key] for key in sorted(places.capacity)],
    }
    names = places.names | {row["school"]: row["name"] for row in openings}
    found["schools"] = [{"id": key, "name": names[key]} for key in sorted(names)]
    used = {row["zone"] for key in ("units", "openings", "births", "estates") for row in found[key]}
    found["zones"] = [{"id": key, "name": zones.names.get(key, key)} for key in sorted(used)]
    return found
