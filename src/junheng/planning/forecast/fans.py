"""Forecast fans as plain data: what was, and low, middle, high of what may come, beside the seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.forecast.case import Case
from junheng.planning.forecast.words import RANGE, stage_text
from junheng.planning.frozen import Json, exact

Series = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """One picture: series of (year, pupils). ``seats`` may be empty; a year that cannot be told is absent."""

    scope: str  # county, zone or school
    key: str
    stage: str
    name: Text
    history: Series
    low: Series
    mid: Series
    high: Series
    seats: Series


def fans(problem: Json, outcome: Json, scopes: Iterable[str] = ("county", "zone")) -> tuple[Fan, ...]:
    """Fans of the county, of zones, of schools, by stage; a sum is given only where every part of it is told."""
    asked = set(scopes)
    found: list[Fan] = []
    for stage in [row["id"] for row in problem["stages"]]:
        groups = [("county", "", Text("全县", "the county"))] if "county" in asked else []
        if "zone" in asked:
            groups += [("zone", row["id"], Text(row["name"], row["name"])) for row in problem["zones"]]
        if "school" in asked:
            groups += [("school", row["id"], Text(row["name"], row["name"])) for row in problem["schools"]]
        for scope, key, name in groups:
            fan = _fan(problem, outcome, scope, key, stage, name)
            if fan.history or fan.mid:
                found.append(fan)
    return tuple(sorted(found, key=lambda fan: _gravity(problem, outcome, fan)))


def _gravity(problem: Json, outcome: Json, fan: Fan) -> tuple[int, int, int, Fraction]:
    """Zones by their gravest level, of the years that are warned of and then of all; schools next; the county last."""
    levels = [row["id"] for row in problem["warnings"]["levels"]]
    soon = problem["base_year"] + problem["warnings"]["ahead"]
    mine = [row for row in outcome["zones"] if (row["zone"], row["stage"]) == (fan.key, fan.stage)]
    mine = mine if fan.scope == "zone" else []
    ranks = [(levels.index(row["level"]), row["year"]) for row in mine if row["level"] in levels]
    none = len(levels)
    short = [exact(row["seats"]) - exact(row["mid"]) for row in mine if "seats" in row and "mid" in row]
    return (
        ("zone", "school", "county").index(fan.scope),
        min((rank for rank, year in ranks if year <= soon), default=none),
        min((rank for rank, _ in ranks), default=none),
        min(short, default=Fraction(0)),
    )


def _fan(problem: Json, outcome: Json, scope: str, key: str, stage: str, name: Text) -> Fan:
    label = stage_text(stage)
    rows = outcome["pupils"] if scope == "school" else outcome["zones"]
    mine = [
        row for row in rows if row["stage"] == stage and key in ("", row[scope] if scope != "county" else "")
    ]
    named = Text(f"{name.zh} · {label.zh}（{RANGE.zh}）", f"{name.en}, {label.en} ({RANGE.en})")
    series = [_series(mine, column) for column in ("low", "mid", "high", "seats")]
    return Fan(scope, key, stage, named, _past(problem, scope, key, stage), *series)


def _series(rows: list[Json], column: str) -> Series:
    years: dict[int, list[Fraction | None]] = {}
    for row in rows:
        years.setdefault(row["year"], []).append(exact(row[column]) if column in row else None)
    return tuple(
        (year, sum((part for part in parts if part is not None), Fraction(0)))
        for year, parts in sorted(years.items())
        if None not in parts
    )


def _past(problem: Json, scope: str, key: str, stage: str) -> Series:
    """Pupils that were; a year in which a school that stands did not report is absent, never too small."""
    case = Case(problem)
    places = {
        unit: {"county": "", "zone": case.zone[unit], "school": unit[0]}[scope] for unit in case.units(stage)
    }
    mine = [unit for unit, place in places.items() if place == key]
    years = {year: case.counted(mine, year) for unit in mine for year in case.totals[unit]}
    return tuple((year, Fraction(n)) for year, n in sorted(years.items()) if n is not None)
