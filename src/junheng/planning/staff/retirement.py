"""When people retire: the old age, delayed month by month as the parameter file says.

Whoever reaches the old age in or after month ``from`` works one month longer for each begun group of ``step_months``
months since, at most ``delay_at_most``. Months are counted as 12 × year + month, less 1.
"""

from collections.abc import Iterable
from typing import Any

from junheng.planning.frozen import exact

Json = dict[str, Any]
_SEPTEMBER = 8


def month_of(text: str) -> int:
    """The month number of "YYYY-MM"."""
    year, month = text.split("-")
    return 12 * int(year) + int(month) - 1


def retirement_month(born: int, rule: Json) -> int:
    """The month in which someone born in month ``born`` retires.

    >>> rule = {"base_months": 660, "from": "2025-01", "step_months": 4, "delay_at_most": 36}
    >>> retirement_month(month_of("1971-04"), rule) == month_of("2026-08")
    True
    """
    old = born + int(exact(rule["base_months"]))
    since = old - month_of(rule["from"])
    if since < 0:
        return old
    return old + min(int(exact(rule["delay_at_most"])), since // int(exact(rule["step_months"])) + 1)


def time_point(year: int) -> int:
    """The month number of 1 September."""
    return 12 * year + _SEPTEMBER


def birth_months(born: str) -> tuple[int, int]:
    """First and last month in which someone with ``born`` ("YYYY-MM" or "YYYY") was born."""
    if "-" in born:
        return month_of(born), month_of(born)
    return 12 * int(born), 12 * int(born) + 11


def retired_by(ages: Iterable[Json], year: int, categories: Json) -> tuple[int, int]:
    """Persons retired before 1 September of ``year``: surely, and at most (where only the year of birth is known)."""
    sure = possible = 0
    for one in ages:
        first, last = (
            retirement_month(born, categories[one["category"]]) for born in birth_months(one["born"])
        )
        sure += one["persons"] * (last < time_point(year))
        possible += one["persons"] * (first < time_point(year))
    return sure, possible
