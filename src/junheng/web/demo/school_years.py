"""The school years of the demonstration, by the day it is made: a living office files the year that has begun."""

from datetime import date, timedelta

FIRST_MONTH = 9  # a school year begins on 1 September
_JUDGED = 3  # the years of the made-up district's design
_DUE_IN = timedelta(days=7)  # one of the days on which schools are reminded (clocks/terms.yaml)


def filing_year(today: date) -> int:
    """The school year that has begun: its returns are being filed."""
    return today.year if today.month >= FIRST_MONTH else today.year - 1


def judged_years(today: date) -> tuple[int, ...]:
    """The years before it, the last one last."""
    last = filing_year(today) - 1
    return tuple(range(last - _JUDGED + 1, last + 1))


def due_on(today: date) -> date:
    """A week from now: whoever looks today finds some returns still out, and nobody late."""
    return today + _DUE_IN
