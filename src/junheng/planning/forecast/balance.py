"""Seats against pupils: by classrooms, by area, by zone and year; levels; estates' schools."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.planning.forecast.case import Unit
from junheng.planning.frozen import Json, exact, number

SCENARIOS = ("low", "mid", "high")
Seats = dict[tuple[Unit, int], Fraction | None]


def seats_by_rooms(problem: Json) -> Seats:
    """Classrooms × class-size limit, with what is freed or opened by then; None where rooms are not known."""
    found: Seats = {}
    for row in _standing(problem):
        unit = (row["school"], row["stage"])
        for year in problem["years"]:
            start = row.get("opens", year)
            base = _rooms(row) if start <= year else Fraction(0)
            if base is not None:
                base += sum(_change(row, change) for change in _changes(problem, unit, year))
            found[unit, year] = base
    return found


def _standing(problem: Json) -> list[Json]:
    """Capacity rows of schools that stand, and of those that open."""
    opened = [row | {"opens": row["year"]} for row in problem["openings"]]
    return [*problem["capacity"], *opened]


def _rooms(row: Json) -> Fraction | None:
    if "seats" in row:
        return Fraction(exact(row["seats"]))
    return Fraction(row["classrooms"] * row["limit"]) if "classrooms" in row else None


def _changes(problem: Json, unit: Unit, year: int) -> Iterable[Json]:
    return (c for c in problem["changes"] if (c["school"], c["stage"]) == unit and c["year"] <= year)


def _change(row: Json, change: Json) -> int:
    return int(change["seats"]) if "seats" in change else int(change["classrooms"] * row["limit"])


def seats_by_area(problem: Json) -> dict[Unit, int | None]:
    """P_max = least over the area indicators of ⌊area × share ÷ threshold⌋; None where an area is not known.

    A school that opens is taken to be built to the line: its classrooms count.
    """
    found: dict[Unit, int | None] = {}
    asked = problem["area_indicators"]
    for row in problem["capacity"]:
        known = {area["id"]: area for area in row["areas"]}
        unit = (row["school"], row["stage"])
        if not asked or any(key not in known for key in asked):
            found[unit] = None
            continue
        most = [
            exact(a["area"]) * exact(a["share"]) / exact(a["per"]) for a in known.values() if a["id"] in asked
        ]
        found[unit] = int(min(most))
    return found


def zone_rows(problem: Json, pupils: list[Json]) -> list[Json]:
    """Pupils and seats of every zone, stage and year; a sum with an unknown part is absent, never partial."""
    rooms, areas = seats_by_rooms(problem), seats_by_area(problem)
    zone_of = {(row["school"], row["stage"]): row["zone"] for row in problem["units"] if "closed" not in row}
    zone_of |= {(row["school"], row["stage"]): row["zone"] for row in problem["openings"]}
    told = {((row["school"], row["stage"]), row["year"]): row for row in pupils}
    groups: dict[tuple[str, str], list[Unit]] = {}
    for unit, zone in sorted(zone_of.items()):
        groups.setdefault((zone, unit[1]), []).append(unit)
    rows = []
    opening = {(row["school"], row["stage"]): row["year"] for row in problem["openings"]}
    for (zone, stage), members in sorted(groups.items()):
        for year in problem["years"]:
            present = [u for u in members if opening.get(u, year) <= year or (u, year) in told]
            if not present:
                continue
            row: Json = {"zone": zone, "stage": stage, "year": year}
            _add(row, "seats", [rooms.get((unit, year)) for unit in present])
            by_area = [rooms.get((unit, year)) if unit in opening else areas.get(unit) for unit in present]
            _add(row, "area_seats", by_area)
            for name in SCENARIOS:
                _add(row, name, [_pupils(told, unit, year, name, opening) for unit in present])
            row["level"] = level_of(problem["warnings"], row)
            rows.append(row)
    return rows


def _pupils(
    told: dict[tuple[Unit, int], Json], unit: Unit, year: int, name: str, opening: dict[Unit, int]
) -> Fraction | None:
    row = told.get((unit, year))
    if row is None:
        return Fraction(0) if unit in opening else None
    return exact(row[name])


def _add(row: Json, key: str, parts: Sequence[Fraction | int | None]) -> None:
    if None not in parts:
        row[key] = number(sum((Fraction(part) for part in parts if part is not None), Fraction(0)))


def level_of(rule: Json, row: Json) -> str:
    """The first level whose line is passed: pupils above so many times the seats; then surplus; else enough."""
    if any(key not in row for key in ("seats", *SCENARIOS)):
        return "cannot_tell"
    seats = exact(row["seats"])
    for level in rule["levels"]:
        if exact(row[level["scenario"]]) > exact(level["above"]) * seats:
            return str(level["id"])
    surplus = rule["surplus"]
    return "surplus" if exact(row[surplus["scenario"]]) < exact(surplus["below"]) * seats else "enough"


def warnings(problem: Json, zones: list[Json]) -> list[Json]:
    """What must be told now: levels of the years that lie no farther ahead than the rule says, the gravest first."""
    order = {row["id"]: at for at, row in enumerate(problem["warnings"]["levels"])}
    last = problem["base_year"] + problem["warnings"]["ahead"]
    due = [row for row in zones if row["level"] in order and row["year"] <= last]
    due.sort(key=lambda row: (order[row["level"]], row["year"], row["zone"], row["stage"]))
    return [
        {
            "zone": row["zone"],
            "stage": row["stage"],
            "year": row["year"],
            "level": row["level"],
            "short": number(exact(row["high"]) - exact(row["seats"])),
            "short_mid": number(exact(row["mid"]) - exact(row["seats"])),
        }
        for row in due
    ]


def estate_duties(problem: Json) -> list[Json]:
    """Which estate must bring its school, and whether school and homes open together (同步规划、建设、交付)."""
    limits = {row["id"]: row.get("limit", 0) for row in problem["stages"]}
    opened = {row["school"]: row for row in problem["openings"]}
    standing = {row["school"] for row in problem["units"] if "closed" not in row}
    rows = []
    for estate in problem["estates"]:
        needed = {
            stage: exact(rate) * estate["households"] * exact(estate["curve"][-1])
            for stage, rate in problem["yields"].items()
        }
        least = problem["duty"]["least_classes"]
        lines = {s: least.get(s, 0) * limits.get(s, 0) for s in needed}  # 0: no line is known, so no duty
        must = sorted(stage for stage, n in needed.items() if lines[stage] and n >= lines[stage])
        row: Json = {"estate": estate["id"], "must": must}
        row["needed"] = {stage: number(n) for stage, n in sorted(needed.items())}
        rows.append(row | _verdict(estate, must, opened, standing))
    return rows


def _verdict(estate: Json, must: list[str], opened: dict[str, Json], standing: set[str]) -> Json:
    school = estate.get("school", "")
    if school in standing:
        return {"verdict": "together"}
    if school and school not in opened:
        return {"verdict": "unknown"}
    if school:
        late = opened[school]["year"] - estate["delivered"]
        missing = [stage for stage in must if stage != opened[school]["stage"]]
        verdict = "late" if late > 0 else "part" if missing else "together"
        return {"verdict": verdict, "late_years": max(late, 0)}
    return {"verdict": "none" if must else "not_needed"}
