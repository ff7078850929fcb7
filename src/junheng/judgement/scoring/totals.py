"""Totals, grades and verdicts: exact, and an interval where items are missing; missing is never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.judgement.verdict import Verdict
from junheng.standards.scoring import Area, Grade, IndexSystem

Interval = tuple[Fraction, Fraction]  # if the missing were 0, if they were full


@dataclass(frozen=True, slots=True)
class AreaTotal:
    """An area's points, and whether it keeps its floor (True where it has none, None while open)."""

    area: str
    points: Interval
    keeps_floor: bool | None


@dataclass(frozen=True, slots=True)
class SubjectTotal:
    """``grade`` "" while the missing items leave it open; ``grades``: best and worst that are possible."""

    points: Interval
    areas: tuple[AreaTotal, ...]
    grade: str
    grades: tuple[str, str]
    verdict: Verdict


def total(
    system: IndexSystem, items: Mapping[str, Interval], vetoes: Mapping[str, bool | None]
) -> SubjectTotal:
    """The total of ``items`` (every item of the system), under ``vetoes`` (None: nobody has said).

    The best case takes every missing item as full and every open veto as absent; the worst the contrary. The grade
    and the verdict stand only where both cases agree.
    """
    areas = tuple(_area(area, items) for area in system.areas)
    low, high = (sum((area.points[end] for area in areas), Fraction()) for end in (0, 1))
    best = max(_place(system.grades, high), _held(system, areas, vetoes, sure=True))
    worst = max(_place(system.grades, low), _held(system, areas, vetoes, sure=False))
    required = next(i for i, grade in enumerate(system.grades) if grade.id == system.required_grade)
    names = system.grades[best].id, system.grades[worst].id
    return SubjectTotal(
        (low, high), areas, names[0] if best == worst else "", names, _verdict(best, worst, required)
    )


def _verdict(best: int, worst: int, required: int) -> Verdict:
    if worst <= required:
        return Verdict.MET
    return Verdict.NOT_MET if best > required else Verdict.CANNOT_TELL


def _area(area: Area, items: Mapping[str, Interval]) -> AreaTotal:
    low, high = (sum((items[item.id][end] for item in area.items), Fraction()) for end in (0, 1))
    floor = None if area.floor_share is None else area.floor_share * area.points
    keeps = True if floor is None or low >= floor else False if high < floor else None
    return AreaTotal(area.id, (min(low, area.most), min(high, area.most)), keeps)


def _place(grades: Sequence[Grade], points: Fraction) -> int:
    """The place of the grade that ``points`` earn, 0 the best."""
    return next(i for i, grade in enumerate(grades) if points >= grade.at_least)


def _held(
    system: IndexSystem, areas: Sequence[AreaTotal], vetoes: Mapping[str, bool | None], *, sure: bool
) -> int:
    """The best place that floors and vetoes leave: those sure to bite, or with those still open."""
    places = {grade.id: i for i, grade in enumerate(system.grades)}
    bites = [
        places[area.floor_grade]
        for area, found in zip(system.areas, areas, strict=True)
        if area.floor_share is not None
        and (found.keeps_floor is False or (not sure and found.keeps_floor is None))
    ]
    bites += [
        places[veto.grade_at_most] if veto.grade_at_most else len(system.grades) - 1
        for veto in system.vetoes
        if vetoes[veto.id] or (not sure and vetoes[veto.id] is None)
    ]
    return max(bites, default=0)
