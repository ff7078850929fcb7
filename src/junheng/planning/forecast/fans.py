"""Forecast fans as plain data: what was, and low, middle, high of what may come, beside the seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.forecast.words import stage_text
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
    return tuple(found)


def _fan(problem: Json, outcome: Json, scope: str, key: str, stage: str, name: Text) -> Fan:
    label = stage_text(stage)
    rows = outcome["pupils"] if scope == "school" else outcome["zones"]
    mine = [
        row for row in rows if row["stage"] == stage and key in ("", row[scope] if scope != "county" else "")
    ]
    named = Text(f"{name.zh} · {label.zh}", f"{name.en}, {label.en}")
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
    zone = {(row["school"], row["stage"]): row["zone"] for row in problem["units"]}
    years: dict[int, Fraction] = {}
    for row in problem["history"]:
        place = {"county": "", "zone": zone[row["school"], row["stage"]], "school": row["school"]}[scope]
        if row["stage"] == stage and place == key:
            pupils = row["total"] if "total" in row else sum(row["grades"].values())
            years[row["year"]] = years.get(row["year"], Fraction(0)) + pupils
    return tuple(sorted(years.items()))
