"""Who is of school age on a day, and the periods in which each level reports."""

from datetime import date, timedelta
from functools import cache

from junheng.enrolment.rules import Clock, SchoolAge

_FIRST_MONTH = 9  # the school year begins on 1 September
IN, OUTSIDE, UNKNOWN = "in", "outside", "unknown"


def school_year(on: date) -> int:
    """The calendar year in which the school year of ``on`` began."""
    return on.year if on.month >= _FIRST_MONTH else on.year - 1


@cache
def counting_day(on: date, rule: SchoolAge) -> date:
    """The day on which ages of the school year of ``on`` are counted, in the calendar year it began in.

    >>> counting_day(date(2027, 3, 1), SchoolAge(source="x", from_years=6, to_years=15, on_month_day="08-31"))
    datetime.date(2026, 8, 31)
    """
    month, day = map(int, rule.on_month_day.split("-"))
    return date(school_year(on), month, day)


def full_years(birth: date, on: date) -> int:
    """Completed years on a day; who was born on 29 February completes a year on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_state(birth: str, on: date, rule: SchoolAge) -> str:
    """IN, OUTSIDE or UNKNOWN (no date of birth). ``birth``: YYYYMMDD or "".

    >>> rule = SchoolAge(source="x", from_years=6, to_years=15, on_month_day="08-31")
    >>> [age_state(birth, date(2026, 10, 1), rule) for birth in ("20200831", "20200901", "")]
    ['in', 'outside', 'unknown']
    """
    if not birth:
        return UNKNOWN
    born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    years = full_years(born, counting_day(on, rule))
    return IN if rule.from_years <= years <= rule.to_years else OUTSIDE


def period(clock: Clock, on: date) -> tuple[date, date]:
    """First and last day of the period of ``clock`` that holds ``on``.

    >>> period(Clock(zh="", en="", months=(1, 4, 7, 10)), date(2026, 12, 31))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    starts = sorted(date(year, month, 1) for year in (on.year - 1, on.year, on.year + 1) for month in clock.months)  # fmt: skip
    first = max(start for start in starts if start <= on)
    following = min(start for start in starts if start > on)
    return first, following - timedelta(days=1)
