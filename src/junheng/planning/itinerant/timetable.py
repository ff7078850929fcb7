"""From counts to days: the week first, then its days; the whole problem only where they disagree."""

from dataclasses import dataclass, replace
from math import ceil

from junheng.planning.itinerant.case import Case
from junheng.planning.itinerant.clock import Clock
from junheng.planning.itinerant.daily import DailyModel, Days
from junheng.planning.itinerant.dealt import deal
from junheng.planning.itinerant.weekly import TRAVEL_SCALE, Week, WeeklyModel
from junheng.planning.solver import Solved

_FIRST_SHARE = 0.4  # of the time left, for the question of unmet lessons: the ways take longer
_SECOND_SHARE = 0.5  # for the ways of a week whose days may still disagree


@dataclass(frozen=True, slots=True)
class Timetable:
    """Days, the least that can be unmet, and the least way with no more unmet than in these days."""

    days: Days
    unmet_bound: int
    travel_bound: int


def timetable(case: Case, clock: Clock) -> Timetable:
    """The best timetable in the time given: fewest lessons unmet, then the least way."""
    first = WeeklyModel(case)
    least = clock.run(first.block, portion=_FIRST_SHARE)
    unmet_bound = _up(least.bound)
    if not least.is_found:
        return Timetable(deal(case, None), unmet_bound, 0)
    most = round(least.objective)
    found = _by_week(case, most, unmet_bound, clock, least)
    if _unmet(case, found.days) <= most:
        return found
    return _by_day(case, replace(found, travel_bound=0), clock)


def _by_week(case: Case, most: int, unmet_bound: int, clock: Clock, start: Solved | None) -> Timetable:
    """The least way with at most ``most`` unmet as counts, dealt to days; there more may be unmet."""
    second = WeeklyModel(case, most)
    ways = clock.run(
        second.block, portion=_SECOND_SHARE, gap=clock.gap, start=None if start is None else start.values
    )
    values = ways.values if ways.is_found or start is None else start.values
    if not values.size:
        return Timetable(deal(case, None), unmet_bound, 0)
    days = _dealt(case, second.week(values), clock)
    return Timetable(days, min(unmet_bound, most), _up(ways.bound * TRAVEL_SCALE))


def _dealt(case: Case, week: Week, clock: Clock) -> Days:
    """The week's trips on days, with as many lessons as fit."""
    days = deal(case, week)
    model = DailyModel(case, week)
    solved = clock.run(model.block, start=model.start(days))
    return model.days(solved.values) if solved.is_found else days


def _by_day(case: Case, found: Timetable, clock: Clock) -> Timetable:
    """The whole problem: teachers crowd into schools that the weekly model took for free.

    The fewest unmet are sought day by day; a week with no more unmet is dealt to days once more, and only where that
    fails too the ways are sought day by day. The week's bound of the way holds all the same.
    """
    first = DailyModel(case)
    least = clock.run(first.block, portion=_FIRST_SHARE, start=first.start(found.days))
    if not least.is_found:
        return found
    most = round(least.objective)
    bound = max(found.unmet_bound, min(_up(least.bound), most))
    again = _by_week(case, most, bound, clock, None)
    if _unmet(case, again.days) <= most:
        return replace(again, unmet_bound=bound)
    second = DailyModel(case, None, most)
    ways = clock.run(second.block, gap=clock.gap, start=least.values)
    days = second.days(ways.values) if ways.is_found else first.days(least.values)
    return Timetable(days, bound, max(again.travel_bound, _up(ways.bound * TRAVEL_SCALE)))


def _unmet(case: Case, days: Days) -> int:
    return sum(case.need.values()) - sum(days.lessons.values())


def _up(bound: float) -> int:
    """A bound on whole numbers, rounded up but for the solver's own tolerance; 0 where there is none."""
    return max(0, ceil(bound - 1e-4)) if abs(bound) < float("inf") else 0
