"""Ratios from history: births to first grade, shares, grade to grade, drawn to the county's.

Sources: cohort survival (grade progression), planning.md §5.4 and policy.md §10.1. Everything is an exact fraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.frozen import exact

COUNTY = ""
Pair = tuple[Fraction, Fraction]  # what came, what it came from: both weighted sums


@dataclass(frozen=True, slots=True)
class Ratios:
    """``progress[unit][grade]``: next grade over this one; ``entry[stage, pool]``: entrants over children or leavers.

    ``county[stage][grade]`` is what small schools are drawn to; ``share[unit]`` of the pool's entrants; ``migrants[zone]``
    the share of 随迁 children among entrants, where it is known; ``assumed``: stage and grade of county ratios that the
    problem states because history tells none.
    """

    progress: dict[Unit, dict[int, Fraction]]
    county: dict[str, dict[int, Fraction]]
    entry: dict[tuple[str, str], Fraction]
    share: dict[Unit, Fraction]
    migrants: dict[str, Fraction]
    assumed: set[tuple[str, int]]


def estimate(case: Case, origin: int) -> Ratios:
    """Ratios as they could be known on 1 September of ``origin``. What cannot be estimated is absent."""
    progress: dict[Unit, dict[int, Fraction]] = {}
    county: dict[str, dict[int, Fraction]] = {}
    entry: dict[tuple[str, str], Fraction] = {}
    share: dict[Unit, Fraction] = {}
    assumed: set[tuple[str, int]] = set()
    for stage, grades in case.stages.items():
        units = [unit for unit in case.units(stage) if origin in case.graded[unit]]
        county[stage] = {}
        for grade in grades[:-1]:
            if _progress(case, origin, stage, grade, units, progress, county):
                assumed.add((stage, grade))
        entry |= _entry(case, origin, stage, units)
        share |= _shares(case, origin, stage, units)
    return Ratios(progress, county, entry, share, _migrants(case, origin), assumed)


def pool_of(case: Case, unit: Unit) -> str:
    """Where the entrants of a school come from: its zone, or the whole county ("")."""
    first = next(iter(case.stages))
    return case.zone[unit] if unit[1] == first or case.problem["method"]["pool"] == "zone" else COUNTY


def _progress(
    case: Case,
    origin: int,
    stage: str,
    grade: int,
    units: list[Unit],
    progress: dict[Unit, dict[int, Fraction]],
    county: dict[str, dict[int, Fraction]],
) -> bool:
    """The ratios from ``grade`` on: 0 where the next grade is not taught, none where pupils come from elsewhere.

    Whether the county's had to be assumed.
    """
    pairs = {unit: _moved(case, origin, unit, grade) for unit in case.units(stage)}
    came, left = _summed(pairs.values())
    assumed = case.problem["method"].get("progression")
    if not left and assumed is None:
        return False
    whole = came / left if left else exact(assumed or 0)
    county[stage][grade] = whole
    draw = exact(case.problem["method"]["shrink"])
    for unit in units:
        own, taught = pairs[unit], case.taught(unit, origin)
        total = own[1] + draw
        if grade + 1 not in taught:
            progress.setdefault(unit, {})[grade] = Fraction(0)
        elif grade in taught:
            progress.setdefault(unit, {})[grade] = (own[0] + draw * whole) / total if total else whole
    return not left


def _moved(case: Case, origin: int, unit: Unit, grade: int) -> Pair:
    """Pupils who came up and those they came from, weighted; of a school that teaches both grades.

    None of a school that is filling up: its newcomers would be compounded for ever. None of too short a history.
    """
    known = case.graded[unit]
    came = left = Fraction(0)
    taught = case.taught(unit, origin)
    if grade not in taught or grade + 1 not in taught:
        return came, left
    if case.years_known(unit[1], origin) < case.problem["method"]["least_years"]:
        return came, left
    for year, weight in case.window(origin):
        if not (case.settled(unit, grade, year) and case.settled(unit, grade + 1, year)):
            continue
        if year in known and year - 1 in known and case.usable(year, origin, [case.zone[unit]], unit[0]):
            came += weight * known[year][grade + 1]
            left += weight * known[year - 1][grade]
    return came, left


def _summed(pairs: Iterable[Pair]) -> Pair:
    found = (Fraction(0), Fraction(0))
    for came, left in pairs:
        found = (found[0] + came, found[1] + left)
    return found


def entrants(case: Case, stage: str, pool: str, year: int) -> int:
    """Pupils in the first grade of ``stage`` in the schools of ``pool``."""
    first = case.stages[stage][0]
    return sum(
        case.graded[unit][year][first]
        for unit in case.members.get((stage, pool), [])
        if pool_of(case, unit) == pool and year in case.graded[unit]
    )


def source(case: Case, stage: str, pool: str, year: int) -> Fraction | None:
    """What the entrants of ``year`` come from: children of school age, or last year's top grade of the stage below.

    None where a part is not known: a school that stands and did not report would make the sum too small.
    """
    order = list(case.stages)
    if stage == order[0]:
        return case.children(pool, year, year)
    below = order[order.index(stage) - 1]
    feeders = [u for u in case.members.get((below, pool), []) if year - 1 in case.graded[u]]
    if not feeders or not case.whole(below, pool, year - 1):
        return None
    return Fraction(sum(case.graded[unit][year - 1][case.stages[below][-1]] for unit in feeders))


def _entry(case: Case, origin: int, stage: str, units: list[Unit]) -> dict[tuple[str, str], Fraction]:
    pools = sorted({pool_of(case, unit) for unit in units})
    pairs = {pool: _entered(case, origin, stage, pool) for pool in pools}
    came, left = _summed(pairs.values())
    if not left:
        return {}
    draw = exact(case.problem["method"]["entry_shrink"])
    found = {}
    for pool in pools:
        total = pairs[pool][1] + draw
        if pairs[pool][1]:
            found[stage, pool] = (pairs[pool][0] + draw * came / left) / total
    return found


def _entered(case: Case, origin: int, stage: str, pool: str) -> Pair:
    came = left = Fraction(0)
    for year, weight in case.window(origin):
        children = source(case, stage, pool, year)
        unknown = children is None or not case.whole(stage, pool, year)
        if children is None or unknown or not case.usable(year, origin, [pool]):
            continue
        arrived = entrants(case, stage, pool, year)
        if arrived:
            came, left = came + weight * arrived, left + weight * children
    return came, left


def _shares(case: Case, origin: int, stage: str, known: list[Unit]) -> dict[Unit, Fraction]:
    """Shares of the pool's entrants. A school that stands and did not report keeps its own: others do not take it."""
    units = sorted({*known, *(unit for unit in case.units(stage) if case.stands(unit, origin))})
    pools = {pool_of(case, unit) for unit in units}
    years = [year for year, _ in case.window(origin)]
    wholes = {(p, y): entrants(case, stage, p, y) for p in pools for y in years}
    raw = {unit: _share(case, origin, unit, wholes) for unit in units}
    sums: dict[str, Fraction] = {}
    for unit, part in raw.items():
        sums[pool_of(case, unit)] = sums.get(pool_of(case, unit), Fraction(0)) + part
    return {unit: part / sums[pool_of(case, unit)] for unit, part in raw.items() if sums[pool_of(case, unit)]}


def _share(case: Case, origin: int, unit: Unit, wholes: dict[tuple[str, int], int]) -> Fraction:
    pool, first = pool_of(case, unit), case.stages[unit[1]][0]
    own = [
        (year, weight)
        for year, weight in case.window(origin)
        if year in case.graded[unit] and case.whole(unit[1], pool, year)
    ]
    used = [(y, w) for y, w in own if case.usable(y, origin, [case.zone[unit]], unit[0])]
    used = used or [(year, 1) for year, _ in own[:1]]
    parts = [
        (weight, Fraction(case.graded[unit][year][first], whole))
        for year, weight in used
        if (whole := wholes[pool, year])
    ]
    weights = sum(weight for weight, _ in parts)
    return sum((weight * part for weight, part in parts), Fraction(0)) / weights if weights else Fraction(0)


def _migrants(case: Case, origin: int) -> dict[str, Fraction]:
    first = next(iter(case.stages))
    weights = dict(case.window(origin))
    sums: dict[str, Pair] = {}
    for row in case.problem["migrants"]:
        weight = weights.get(row["year"])
        if weight is not None and case.whole(first, row["zone"], row["year"]):
            whole = entrants(case, first, row["zone"], row["year"])
            came, left = sums.get(row["zone"], (Fraction(0), Fraction(0)))
            sums[row["zone"]] = (came + weight * row["pupils"], left + weight * whole)
    return {zone: came / left for zone, (came, left) in sums.items() if left}
