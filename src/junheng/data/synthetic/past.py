"""Earlier years of a made-up county: its pupils by grade back along the cohorts, and the births they came from."""

from collections import Counter
from random import Random

import pyarrow as pa

_STAY = 0.985  # pupils of a grade, per pupil of the grade below a year before
_WAVE = 0.015  # how much smaller a cohort is than the next: entrants grow up to the last year
_FALL = 0.05  # and how fast the births fall after those of the last entrants
_JITTER = 0.02
_SETTLE = 0.97  # entrants per birth in the same town
AGE = 6  # at which children enter
_LAST_GRADES = (6, 9)
Pupils = dict[tuple[int, str, str, int], int]  # by year, school, stage and grade


def past_pupils(classes: pa.Table, years: int) -> Pupils:
    """Pupils by grade for ``years`` years ending with the last of ``classes``; what it holds itself is kept as it is.

    ``classes``: the canonical table ``class``. The same numbers on every machine.
    """
    found: Counter[tuple[int, str, str, int]] = Counter()
    for row in classes.to_pylist():
        found[row["year"], row["school_id"], row["stage"], row["grade"]] += row["pupils"]
    known = {key[0] for key in found}
    for year in range(min(known) - 1, max(known) - years, -1):
        for (_, school, stage, grade), pupils in [item for item in found.items() if item[0][0] == year + 1]:
            above = found.get((year + 1, school, stage, grade + 1), 0)
            came = above / _STAY if above and grade not in _LAST_GRADES else pupils * (1 - _WAVE)
            found[year, school, stage, grade] = max(1, round(came * _jitter(year, school, grade)))
    return dict(found)


def past_births(pupils: Pupils, town_of: dict[str, str]) -> dict[tuple[int, str], int]:
    """Births by year and town: those of all who entered in ``pupils``, and of the six years after, which fall.

    ``town_of``: the town of each school.
    """
    entered: Counter[tuple[int, str]] = Counter()
    for (year, school, _, grade), number in pupils.items():
        if grade == 1:
            entered[year, town_of[school]] += number
    last = max(year for year, _ in entered)
    born = {(year - AGE, town): round(number / _SETTLE) for (year, town), number in entered.items()}
    for (year, town), number in entered.items():
        if year == last:
            for later in range(1, AGE + 1):
                born[year - AGE + later, town] = round(number / _SETTLE * (1 - _FALL) ** later)
    return born


def _jitter(*name: object) -> float:
    return 1 + _JITTER * (2 * Random(repr(name)).random() - 1)
