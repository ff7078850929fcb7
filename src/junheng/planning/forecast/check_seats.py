"""Seats, levels and duties formed anew from the frozen problem."""

from fractions import Fraction

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.frozen import Json, exact, number

Unit = tuple[str, str]


def _rows_of(facts: Facts, unit: Unit) -> tuple[Json, bool] | None:
    """The capacity row of a school-stage, and whether it is one that opens."""
    if "capacity" not in facts.kept:
        facts.kept["capacity"] = {
            (row["school"], row["stage"]): (row, part == "openings")
            for part in ("openings", "capacity")
            for row in facts.problem[part]
        }
    found: tuple[Json, bool] | None = facts.kept["capacity"].get(unit)
    return found


def _room_seats(facts: Facts, unit: Unit, year: int) -> Fraction | None:
    """Classrooms × limit, or the seats stated, with what was freed or opened by ``year``."""
    known = _rows_of(facts, unit)
    if known is None:
        return None
    row, opens = known
    if opens and row["year"] > year:
        found = Fraction(0)
    elif "seats" in row:
        found = exact(row["seats"])
    elif "classrooms" in row:
        found = Fraction(row["classrooms"] * row["limit"])
    else:
        return None
    for change in facts.problem["changes"]:
        if (change["school"], change["stage"]) == unit and change["year"] <= year:
            found += change["seats"] if "seats" in change else change["classrooms"] * row["limit"]
    return found


def _area_seats(facts: Facts, unit: Unit, year: int) -> Fraction | None:
    """The most pupils whom no area indicator fails; a school that opens counts its classrooms."""
    known = _rows_of(facts, unit)
    if known is None or known[1]:
        return None if known is None else _room_seats(facts, unit, year)
    asked = facts.problem["area_indicators"]
    most = {
        part["id"]: exact(part["area"]) * exact(part["share"]) / exact(part["per"])
        for part in known[0]["areas"]
    }
    if not asked or set(asked) - set(most):
        return None
    return Fraction(int(min(most[key] for key in asked)))


def expected_zones(facts: Facts, pupils: list[Json]) -> list[Json]:
    """Rows by zone, stage and year: pupils of three paths, seats by rooms and by area, level."""
    opened = {(row["school"], row["stage"]): row for row in facts.problem["openings"]}
    zone = {unit: row["zone"] for unit, row in opened.items()}
    zone |= {(r["school"], r["stage"]): r["zone"] for r in facts.problem["units"] if "closed" not in r}
    told = {(row["school"], row["stage"], row["year"]): row for row in pupils}
    found = []
    for place, stage in sorted({(where, unit[1]) for unit, where in zone.items()}):
        units = [unit for unit, where in zone.items() if (where, unit[1]) == (place, stage)]
        for year in facts.problem["years"]:
            here = [u for u in units if u not in opened or opened[u]["year"] <= year or (*u, year) in told]
            if here:
                found.append(_zone_row(facts, {"zone": place, "stage": stage, "year": year}, here, told))
    return found


def _zone_row(facts: Facts, row: Json, here: list[Unit], told: dict[tuple[str, str, int], Json]) -> Json:
    year = row["year"]
    opened = {(o["school"], o["stage"]) for o in facts.problem["openings"]}
    columns: dict[str, list[Fraction | None]] = {
        "seats": [_room_seats(facts, unit, year) for unit in here],
        "area_seats": [_area_seats(facts, unit, year) for unit in here],
    }
    for name in ("low", "mid", "high"):
        columns[name] = [
            exact(told[*unit, year][name])
            if (*unit, year) in told
            else Fraction(0)
            if unit in opened
            else None
            for unit in here
        ]
    for name, values in columns.items():
        if all(value is not None for value in values):
            row[name] = number(sum((value for value in values if value is not None), Fraction(0)))
    return row | {"level": _level(facts.problem["warnings"], row)}


def _level(rule: Json, row: Json) -> str:
    if {"seats", "low", "mid", "high"} - set(row):
        return "cannot_tell"
    seats = exact(row["seats"])
    passed = [x["id"] for x in rule["levels"] if exact(row[x["scenario"]]) > seats * exact(x["above"])]
    if passed:
        return str(passed[0])
    spare = rule["surplus"]
    return "surplus" if exact(row[spare["scenario"]]) < seats * exact(spare["below"]) else "enough"


def expected_warnings(facts: Facts, zones: list[Json]) -> list[Json]:
    """What is due now, the gravest first, then by year, zone and stage."""
    rule = facts.problem["warnings"]
    found = []
    for level in rule["levels"]:
        mine = [
            row for row in zones if row["level"] == level["id"] and row["year"] - facts.base <= rule["ahead"]
        ]
        for row in sorted(mine, key=lambda row: (row["year"], row["zone"], row["stage"])):
            due = {key: row[key] for key in ("zone", "stage", "year", "level")}
            seats = exact(row["seats"])
            due["short"] = number(exact(row["high"]) - seats)
            due["short_mid"] = number(exact(row["mid"]) - seats)
            found.append(due)
    return found


def expected_estates(facts: Facts) -> list[Json]:
    """Which estates must bring a school, and whether it opens no later than the homes."""
    found = []
    for estate in facts.problem["estates"]:
        needed = {
            stage: exact(rate) * estate["households"] * exact(estate["curve"][-1])
            for stage, rate in facts.problem["yields"].items()
        }
        row: Json = {"estate": estate["id"], "needed": {key: number(n) for key, n in needed.items()}}
        row["must"] = sorted(key for key, n in needed.items() if 0 < _least(facts, key) <= n)
        found.append(row | _kept(facts, estate, row["must"]))
    return found


def _least(facts: Facts, stage: str) -> int:
    """Pupils of the smallest full school; 0 where classes or their size are not set."""
    limit = next((row.get("limit", 0) for row in facts.problem["stages"] if row["id"] == stage), 0)
    return int(facts.problem["duty"]["least_classes"].get(stage, 0)) * int(limit)


def _kept(facts: Facts, estate: Json, must: list[str]) -> Json:
    school = estate.get("school")
    if school and any(row["school"] == school and "closed" not in row for row in facts.problem["units"]):
        return {"verdict": "together"}
    opening = [row for row in facts.problem["openings"] if school and row["school"] == school]
    if not opening:
        return {"verdict": "unknown" if school else "none" if must else "not_needed"}
    late = max(0, opening[-1]["year"] - estate["delivered"])
    lacking = [stage for stage in must if stage != opening[-1]["stage"]]
    return {"verdict": "late" if late else "part" if lacking else "together", "late_years": late}
