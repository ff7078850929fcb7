"""The rolling back-test: what would have been forecast earlier, beside two plain rules.

Rules beside: last year repeats, and the mean of the last three years. All three are measured on the same points: a
school-stage that exists at the origin, the two years before it and the year forecast. Sums are exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.forecast.estimate import estimate
from junheng.planning.forecast.project import SCALE, project
from junheng.planning.frozen import Json, exact, number

PLAIN: Json = {"entrants": 0, "flow": 0, "migrants": 0, "yield": 1}  # the middle path, nothing added
RULES = ("model", "repeat", "mean3")
ALL = ""
PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Point:
    """One forecast that can be compared: pupils known at the origin, forecasts by rule and the truth, in thousandths."""

    unit: Unit
    origin: int
    lead: int
    pupils: int
    forecast: dict[str, Fraction]
    actual: int


def points(case: Case) -> list[Point]:
    """Every comparison history allows, by origin, lead and unit."""
    method = case.problem["method"]
    years = sorted({year for known in case.graded.values() for year in known})
    if not years:
        return []
    found: list[Point] = []
    longest = max(method["leads"])
    for origin in range(years[0] + method["least_years"] - 1, years[-1]):
        last = min(origin + longest, years[-1])
        path = project(case, estimate(case, origin), origin, last, PLAIN, known=origin)
        for lead in method["leads"]:
            for unit in sorted(case.zone):
                if (point := _point(case, path.units, unit, origin, lead)) is not None:
                    found.append(point)
    return found


def _point(case: Case, path: dict[tuple[Unit, int], int], unit: Unit, origin: int, lead: int) -> Point | None:
    known = {year: sum(grades.values()) for year, grades in case.graded[unit].items()}
    needed = (origin - 2, origin - 1, origin, origin + lead)
    if (unit, origin + lead) not in path or any(year not in known for year in needed):
        return None
    forecast = {
        "model": Fraction(path[unit, origin + lead]),
        "repeat": Fraction(SCALE * known[origin]),
        "mean3": Fraction(SCALE * sum(known[year] for year in needed[:3]), 3),
    }
    return Point(unit, origin, lead, known[origin], forecast, SCALE * known[origin + lead])


def size_of(pupils: int, bounds: list[int]) -> int:
    """Which class of size a school is of: 0 below the first bound, and so on."""
    return sum(pupils >= bound for bound in bounds)


def tests(case: Case, found: list[Point]) -> list[Json]:
    """Errors by scope, lead, stage and size: sums of absolute errors and of what was there, in pupils."""
    bounds = case.problem["method"]["sizes"]
    groups: dict[tuple[str, int, str, int], list[Point]] = {}
    for point in found:
        for stage in (ALL, point.unit[1]):
            for size in (-1, size_of(point.pupils, bounds)):
                groups.setdefault(("school", point.lead, stage, size), []).append(point)
    for scope in ("zone", "county"):
        for point in _summed(case, found, scope):
            for stage in (ALL, point.unit[1]):
                groups.setdefault((scope, point.lead, stage, -1), []).append(point)
    order = {"school": 0, "zone": 1, "county": 2}
    return [_row(key, groups[key]) for key in sorted(groups, key=lambda key: (order[key[0]], *key[1:]))]


def _row(key: tuple[str, int, str, int], members: list[Point]) -> Json:
    scope, lead, stage, size = key
    row: Json = {"scope": scope, "lead": lead, "points": len(members)}
    row |= {"stage": stage} if stage else {}
    row |= {"size": size} if size >= 0 else {}
    row["actual"] = number(Fraction(sum(point.actual for point in members), SCALE))
    for rule in RULES:
        off = sum((abs(point.forecast[rule] - point.actual) for point in members), Fraction(0))
        row[rule] = number(off / SCALE)
    return row


def _summed(case: Case, found: list[Point], scope: str) -> list[Point]:
    """Points of all schools of a zone (or the county) and stage added up."""
    groups: dict[tuple[str, str, int, int], list[Point]] = {}
    for point in found:
        place = case.zone[point.unit] if scope == "zone" else ""
        groups.setdefault((place, point.unit[1], point.origin, point.lead), []).append(point)
    return [
        Point(
            (place, stage),
            origin,
            lead,
            sum(point.pupils for point in members),
            {rule: sum((p.forecast[rule] for p in members), Fraction(0)) for rule in RULES},
            sum(point.actual for point in members),
        )
        for (place, stage, origin, lead), members in sorted(groups.items())
    ]


def bands(case: Case, found: Iterable[Point]) -> list[Json]:
    """Intervals learnt from past errors: truth over forecast, millionths, by lead and size.

    The share ``level`` of past forecasts lay within. A group of fewer than ``least_points`` gives none.
    """
    method = case.problem["method"]
    groups: dict[tuple[int, int], list[int]] = {}
    for point in found:
        model = point.forecast["model"]
        if model > 0:
            size = size_of(point.pupils, method["sizes"])
            groups.setdefault((point.lead, size), []).append(PARTS * point.actual // model)
    rows: list[Json] = []
    for lead, size in sorted(groups):
        parts = sorted(groups[lead, size])
        if len(parts) < method["least_points"]:
            continue
        cut = int(len(parts) * (1 - exact(method["level"])) / 2)
        rows.append({"lead": lead, "size": size, "low": parts[cut], "high": parts[-1 - cut]})
    return rows
