"""New estates: households × pupils per household × build-out curve, beyond what history already holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.frozen import Json, exact


@dataclass(frozen=True, slots=True)
class Extra:
    """Thousandths of pupils that estates bring to a unit in a year; ``first``: those of its first grade."""

    pupils: int
    first: int


def built(estate: Json, year: int) -> Fraction:
    """Share of an estate that is lived in: 0 before delivery, the curve, then its last value."""
    at = year - estate["delivered"]
    if at < 0:
        return Fraction(0)
    return exact(estate["curve"][min(at, len(estate["curve"]) - 1)])


def estate_pupils(
    case: Case, share: Mapping[Unit, Fraction], origin: int, last: int, factor: Fraction, known: int
) -> dict[tuple[Unit, int], Extra]:
    """What estates add by unit and year, spread evenly over the grades of a stage.

    Pupils go to the school the estate brings once it is open, else to the schools of the zone by their shares.
    """
    found: dict[tuple[Unit, int], Extra] = {}
    for estate in case.problem["estates"]:
        if estate["known"] > known:
            continue
        for stage, grades in case.stages.items():
            rate = exact(case.problem["yields"].get(stage, 0)) * factor * estate["households"] / len(grades)
            for year in range(origin + 1, last + 1):
                grade = rate * (built(estate, year) - built(estate, origin)) * 1000
                for unit, part in _receivers(case, share, estate, stage, origin, year).items():
                    _add(found, (unit, year), grade * part, len(grades))
    return found


def _add(found: dict[tuple[Unit, int], Extra], key: tuple[Unit, int], grade: Fraction, grades: int) -> None:
    value = (2 * grade.numerator + grade.denominator) // (2 * grade.denominator)
    now = found.get(key, Extra(0, 0))
    found[key] = Extra(now.pupils + value * grades, now.first + value)


def _receivers(
    case: Case, share: Mapping[Unit, Fraction], estate: Json, stage: str, origin: int, year: int
) -> dict[Unit, Fraction]:
    """Who takes the pupils. Seen from an earlier year, a school that was not there yet takes none (a back-test)."""
    own = (estate.get("school", ""), stage)
    opened = {(row["school"], row["stage"]): row["year"] for row in case.problem["openings"]}
    there = own in case.zone and (origin >= case.problem["base_year"] or case.stands(own, origin))
    if there or opened.get(own, year + 1) <= year:
        return {own: Fraction(1)}
    near = {u: share[u] for u in case.members.get((stage, estate["zone"]), []) if u in share}
    whole = sum(near.values(), Fraction(0))
    return {unit: part / whole for unit, part in sorted(near.items())} if whole else {}
