"""Persons, areas and rooms of each made-up school, on the side of each line its pattern asks for."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Stage
from junheng.data.synthetic.design import (
    PREMISES_INDICATORS,
    STAFF_INDICATORS,
    Design,
    SchoolDesign,
)
from junheng.data.synthetic.draws import Draws

_ABOVE, _NEAR, _BELOW = 1.01, (0.86, 0.985), 0.84  # drawn clear of the line and of the floor
_UNPATTERNED = (0.75, 1.35)  # schools that are not counted: anywhere around the line


@dataclass(frozen=True, slots=True)
class SchoolNumbers:
    """What one row of the school table has in one year.

    ``staff[stage]`` are persons for R1..R3; ``premises`` are steps of R4..R7 for the whole school.
    """

    school: SchoolDesign
    year: int
    pupils: Mapping[Stage, int]
    staff: Mapping[Stage, Mapping[str, int]]
    premises: Mapping[str, int]


def district_numbers(design: Design, draws: Draws, year: int) -> Iterator[SchoolNumbers]:
    """The numbers of every school and campus that existed in ``year``, in the order of the design."""
    found: dict[str, SchoolNumbers] = {}
    for school in design.schools:
        if not school.is_counted and school.parent_school_id:
            continue
        family = (school, *design.campuses(school))
        if school.opened <= year:
            found.update(_family(design, draws, family, year))
    return (found[school.school_id] for school in design.schools if school.school_id in found)


def _family(
    design: Design, draws: Draws, family: tuple[SchoolDesign, ...], year: int
) -> dict[str, SchoolNumbers]:
    """The pattern holds for school and campuses together: draw the sum, then hand a part to each campus."""
    school = family[0]
    last = {stage: sum(member.pupils.get(stage, 0) for member in family) for stage in school.pupils}
    staff = {stage: _staff(design, draws, school, stage, last[stage]) for stage in school.pupils}
    premises = _premises(design, draws, school, last)
    back = design.years[-1] - year
    staff = {stage: _carried(design, draws, school, counts, back) for stage, counts in staff.items()}
    premises = _carried(design, draws, school, premises, back)
    rest = SchoolNumbers(school, year, _pupils(design, draws, school, back), staff, premises)
    members = []
    for campus in family[1:]:
        part = _part(design, draws, rest, campus, last, back)
        members.append(part)
        rest = _without(rest, part)
    return {numbers.school.school_id: numbers for numbers in (rest, *members)}


def _pupils(design: Design, draws: Draws, school: SchoolDesign, back: int) -> dict[Stage, int]:
    rate = design.pupil_growth[school.zone] * (0.5 + draws.unit(school.school_id, "growth"))
    opening = 0.55 if back and school.opened else 1.0  # a school in its first year is half full
    return {stage: round(count * opening * (1 - rate * back)) for stage, count in school.pupils.items()}


def _staff(design: Design, draws: Draws, school: SchoolDesign, stage: Stage, pupils: int) -> dict[str, int]:
    bearing = {stage: Fraction(pupils)}
    counts = {key: _steps(design, draws, school, key, bearing, stage) for key in STAFF_INDICATORS}
    return counts | {"R1": max(1, counts["R1"])}  # the smallest teaching point still has its teacher


def _premises(
    design: Design, draws: Draws, school: SchoolDesign, pupils: Mapping[Stage, int]
) -> dict[str, int]:
    """Steps for the whole school: each stage's per-pupil value is weight × total / Σ weight·pupils."""
    weights = school.weights(design)
    total = sum((weights[stage] * count for stage, count in pupils.items()), Fraction(0))
    bearing = {stage: total / weights[stage] for stage in pupils}
    return {key: _steps(design, draws, school, key, bearing) for key in PREMISES_INDICATORS}


def _steps(
    design: Design,
    draws: Draws,
    school: SchoolDesign,
    key: str,
    bearing: Mapping[Stage, Fraction],
    *drawn_for: str,
) -> int:
    """Whole steps of ``key`` that fit the letters of all stages at once.

    ``bearing[stage]`` is what the numerator is divided by to give the stage's value.
    """
    soft_low, soft_high = 0.0, math.inf
    low, high = 0, 10**12
    for stage, divisor in bearing.items():
        letter = school.patterns[stage][int(key[1]) - 1] if stage in school.patterns else ""
        line = design.lines["primary" if stage == "primary" else "junior"][key]
        unit = line * divisor / (design.scale[key] * design.step[key])
        if letter or not any(other in school.patterns for other in bearing):
            ratios = _soft(design, school, key, stage, letter)
            soft_low = max(soft_low, ratios[0] * float(unit))
            soft_high = min(soft_high, ratios[1] * float(unit))
        bounds = _hard(unit, unit * design.floor_ratio, letter)
        low, high = max(low, bounds[0]), min(high, bounds[1])
    if low > high:
        raise ValueError(f"{school.school_id} {key}: no whole number fits the pattern")
    wanted = soft_low + (max(soft_high, soft_low) - soft_low) * draws.unit(school.school_id, key, *drawn_for)
    return min(max(round(wanted), low), high)


def _soft(design: Design, school: SchoolDesign, key: str, stage: Stage, letter: str) -> tuple[float, float]:
    if not letter:
        return _UNPATTERNED
    lowest, highest = design.spread[stage][key][school.zone]
    return {"A": (_ABOVE, highest), "B": _NEAR, "C": (lowest, _BELOW)}[letter]


def _hard(line: Fraction, floor: Fraction, letter: str) -> tuple[int, int]:
    """Fewest and most whole steps that keep the promise of the letter."""
    if letter == "A":
        return math.ceil(line), 10**12
    if letter == "B":
        return math.ceil(floor), math.ceil(line) - 1
    return (0, math.ceil(floor) - 1) if letter == "C" else (0, 10**12)


def _carried(
    design: Design, draws: Draws, school: SchoolDesign, counts: Mapping[str, int], back: int
) -> dict[str, int]:
    """Numbers of the last year carried ``back`` years; 0 years changes nothing."""
    opening = 0.62 if back and school.opened else 1.0
    carried = {}
    for key, count in counts.items():
        rate = design.growth[key] * (0.5 + draws.unit(school.school_id, key, "growth"))
        share = opening if key in STAFF_INDICATORS else 1.0
        carried[key] = round(count * share * (1 - rate * back))
    return carried


def _part(
    design: Design,
    draws: Draws,
    whole: SchoolNumbers,
    campus: SchoolDesign,
    last: Mapping[Stage, int],
    back: int,
) -> SchoolNumbers:
    share = Fraction(sum(campus.pupils.values()), sum(last.values()))
    return SchoolNumbers(
        campus,
        whole.year,
        _pupils(design, draws, campus, back),
        {
            stage: {key: int(count * share) for key, count in whole.staff[stage].items()}
            for stage in campus.pupils
        },
        {key: int(count * share) for key, count in whole.premises.items()},
    )


def _without(whole: SchoolNumbers, part: SchoolNumbers) -> SchoolNumbers:
    """What stays with the main school; its own pupils never included those of the campus."""
    staff = {
        stage: {key: count - part.staff.get(stage, {}).get(key, 0) for key, count in counts.items()}
        for stage, counts in whole.staff.items()
    }
    premises = {key: count - part.premises[key] for key, count in whole.premises.items()}
    return SchoolNumbers(whole.school, whole.year, whole.pupils, staff, premises)
