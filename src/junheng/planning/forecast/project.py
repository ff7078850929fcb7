"""From ratios to pupils: cohorts move up, estates fill; thousandths of a pupil, never floats."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.forecast.estates import Extra, estate_pupils
from junheng.planning.forecast.estimate import Ratios, pool_of
from junheng.planning.frozen import Json, exact

SCALE = 1000  # parts of a pupil that are kept
State = dict[Unit, dict[int, int | None]]


@dataclass(frozen=True, slots=True)
class Path:
    """``units[unit, year]``: thousandths of pupils; ``entrants[zone, year]`` of the first grade of all."""

    units: dict[tuple[Unit, int], int]
    entrants: dict[tuple[str, int], int]


def rounded(value: Fraction) -> int:
    """To the nearest whole number, half up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def project(case: Case, ratios: Ratios, origin: int, last: int, scenario: Json, *, known: int) -> Path:
    """Pupils of ``origin`` + 1 … ``last`` under ``scenario``; a unit-year that cannot be told is absent.

    ``known``: estates approved after this year are not looked at (a back-test must not know them).
    """
    state: State = {
        unit: {grade: SCALE * n for grade, n in years[origin].items()}
        for unit, years in case.graded.items()
        if origin in years
    }
    extra = estate_pupils(case, ratios.share, origin, last, exact(scenario["yield"]), known)
    path = Path({}, {})
    for year in range(origin + 1, last + 1):
        state = _moved(case, ratios, state, origin, year, scenario)
        _note(case, path, state, extra, origin, year)
    return path


def _moved(case: Case, ratios: Ratios, state: State, origin: int, year: int, scenario: Json) -> State:
    flow = 1 + exact(scenario["flow"])
    entered = _entered(case, ratios, state, origin, year, scenario)
    moved: State = {}
    for unit, now in state.items():
        grades = case.stages[unit[1]]
        after: dict[int, int | None] = {grades[0]: entered.get(unit)}
        for grade in grades[:-1]:
            ratio, pupils = ratios.progress.get(unit, {}).get(grade), now[grade]
            untold = ratio is None or pupils is None
            after[grade + 1] = None if untold else rounded((pupils or 0) * (ratio or 0) * flow)
        moved[unit] = after
    return moved


def _entered(
    case: Case, ratios: Ratios, state: State, origin: int, year: int, scenario: Json
) -> dict[Unit, int]:
    """First grades of every stage, where they can be told."""
    found: dict[Unit, int] = {}
    wholes: dict[tuple[str, str], Fraction | None] = {}
    for unit in state:
        key = (unit[1], pool_of(case, unit))
        if key not in wholes:
            wholes[key] = _whole(case, ratios, state, origin, year, scenario, key)
        whole, share = wholes[key], ratios.share.get(unit)
        if whole is not None and share is not None:
            found[unit] = rounded(whole * share)
    return found


def _whole(
    case: Case, ratios: Ratios, state: State, origin: int, year: int, scenario: Json, key: tuple[str, str]
) -> Fraction | None:
    """Entrants of a pool in thousandths: children × ratio, or last year's top grade × ratio."""
    stage, pool = key
    ratio, order = ratios.entry.get(key), list(case.stages)
    if ratio is None:
        return None
    if stage == order[0]:
        children = case.children(pool, year, origin)
        if children is None:
            return None
        return SCALE * children * ratio * (1 + exact(scenario["entrants"])) * _more(ratios, pool, scenario)
    below = order[order.index(stage) - 1]
    top = case.stages[below][-1]
    feeders = case.members.get((below, pool), [])
    leavers = [state[unit][top] for unit in feeders if unit in state]
    if any(unit not in state and case.stands(unit, origin) for unit in feeders):
        return None  # a school that did not report sends pupils, too
    if not leavers or None in leavers:
        return None
    return sum(n for n in leavers if n is not None) * ratio * (1 + exact(scenario["flow"]))


def _more(ratios: Ratios, zone: str, scenario: Json) -> Fraction:
    """How entrants grow when the share of 随迁 children rises: (1 - μ) ÷ (1 - μ·(1 + b)); 1 where it is unknown."""
    share = ratios.migrants.get(zone, Fraction(0))
    raised = share * (1 + exact(scenario["migrants"]))
    return (1 - share) / (1 - raised) if raised < 1 else Fraction(1)


def _note(
    case: Case, path: Path, state: State, extra: Mapping[tuple[Unit, int], Extra], origin: int, year: int
) -> None:
    """Keep what can be told of ``year``: a unit with an untold grade is left out, and its zone's entrants with it.

    So is a school that stands and did not report, whatever estates send there.
    """
    first = next(iter(case.stages))
    untold = {case.zone[u] for u in case.units(first) if u not in state and case.stands(u, origin)}
    for unit in sorted({*state, *(key for key, at in extra if at == year)}):
        if unit in case.zone and unit not in state:
            untold |= {case.zone[unit]} if unit[1] == first else set()
            continue
        more = extra.get((unit, year), Extra(0, 0))
        parts = [n for n in state.get(unit, {}).values() if n is not None]
        if len(parts) == len(state.get(unit, {})):
            path.units[unit, year] = sum(parts) + more.pupils
        if unit[1] == first:
            zone, entry = case.place[unit], state.get(unit, {}).get(case.stages[first][0], 0)
            if entry is None:
                untold.add(zone)
            else:
                path.entrants[zone, year] = path.entrants.get((zone, year), 0) + entry + more.first
    for zone in untold:
        path.entrants.pop((zone, year), None)
