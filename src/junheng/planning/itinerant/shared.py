"""Lessons shared by video: a sender's class gives what a school cannot staff, in the same period.

y(lesson, school) ∈ {0, 1}. A lesson reaches at most its number of receivers; a school receives in no more rooms than it
has, sends and receives in no more streams than its line carries, and only where a class of the grade is free. The
periods of visiting teachers are free within their half-day, so they are chosen together with y. First most lessons
received, then fewest sending lessons used.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.planning.frozen import exact
from junheng.planning.itinerant.case import Case, Key
from junheng.planning.itinerant.daily import Days, Spot
from junheng.planning.itinerant.layout import Layout, lay_out
from junheng.planning.solver import Block, Solved

Shared = tuple[str, str]  # sending lesson, receiving school


@dataclass(frozen=True, slots=True)
class Hours:
    """Periods of the visiting teachers' lessons, lessons shared, and the most that could be shared at all."""

    layout: Layout
    shared: list[Shared]
    bound: int


def share(case: Case, days: Days, seconds: float, stop: threading.Event | None) -> Hours:
    """Lay the week into periods and share what is left; where nothing can be shared the layout alone."""
    layout = lay_out(case, days)
    pairs = candidates(case, days)
    if not pairs:
        return Hours(layout, [], 0)
    first = _Sharing(case, days, pairs)
    most = first.block.solve(gap=0.0, seconds=seconds, start=first.start(layout), stop=stop)
    if not most.is_found:
        return Hours(layout, [], len(pairs))
    best = round(most.objective)
    bound = max(best, int(np.floor(min(most.bound, len(pairs)) + 1e-6)))
    second = _Sharing(case, days, pairs, best)
    start = np.concatenate([most.values, second.used_by(most)])
    least = second.block.solve(gap=0.0, seconds=seconds, start=start, stop=stop)
    model, values = (second, least.values) if least.is_found else (first, most.values)
    return Hours({**layout, **model.layout(values)}, model.shared(values), bound)


def streams(case: Case, school: str) -> int | None:
    """Streams the line of a school carries; None where its width is not known."""
    given = case.schools[school]
    if "mbps" not in given:
        return None
    return int(exact(given["mbps"]) // exact(case.problem["rules"]["mbps_per_stream"]))


def lacks_video(case: Case, school: str) -> bool:
    """Whether it is not known what a school can receive."""
    return "live_rooms" not in case.schools[school] or "mbps" not in case.schools[school]


def left_after(case: Case, days: Days) -> dict[Key, int]:
    """What the visiting teachers leave unmet."""
    left = dict(case.need)
    for spot, count in days.lessons.items():
        left[spot[3]] -= count
    return left


def candidates(case: Case, days: Days) -> list[Shared]:
    """Sending lessons and the schools that lack such a lesson, have the grade and are open and equipped."""
    left = left_after(case, days)
    found = []
    for lesson in sorted(case.problem["lessons"], key=lambda lesson: str(lesson["id"])):
        half = "am" if lesson["period"] <= case.length["am"] else "pm"
        for school in sorted(case.schools):
            key = (school, lesson["stage"], lesson["subject"])
            is_open = school != lesson["school"] and case.fits(school, lesson["day"], half)
            has_grade = classes_of(case, school, lesson["stage"], lesson["grade"]) > 0
            if left.get(key, 0) and is_open and has_grade and not lacks_video(case, school):
                found.append((lesson["id"], school))
    return found


def classes_of(case: Case, school: str, stage: str, grade: str) -> int:
    """Classes of a grade at a school."""
    parts = case.schools[school]["classes"]
    return sum(part["classes"] for part in parts if part["stage"] == stage and part["grade"] == grade)


class _Sharing:
    def __init__(self, case: Case, days: Days, pairs: list[Shared], least: int | None = None) -> None:
        self.case, self.pairs, self.block = case, pairs, Block(is_maximised=least is None)
        self.lesson = {lesson["id"]: lesson for lesson in case.problem["lessons"]}
        self.received = self.block.var(len(pairs), upper=1.0, cost=1.0 if least is None else 0.0, whole=True)
        touched = {(school, self.lesson[name]["day"]) for name, school in pairs}
        self.cells: list[tuple[Spot, int]] = [
            (spot, period)
            for spot in sorted(days.lessons)
            if (spot[3][0], spot[1]) in touched
            for period in case.periods(spot[2])
        ]
        self.laid = self.block.var(len(self.cells), upper=1.0, whole=True)
        self._lay(days)
        self._limit(days)
        if least is not None:
            self.block.rows(1, least, np.inf, (self.received[None, :], 1))
            self._count_used()

    def _most(self, places: list[int], most: int) -> None:
        """At most so many of the pairs at ``places``."""
        self.block.rows(1, -np.inf, most, (self.received[None, places], 1))

    def _lay(self, days: Days) -> None:
        by_spot, by_teacher = defaultdict(list), defaultdict(list)
        for place, (spot, period) in enumerate(self.cells):
            by_spot[spot].append(place)
            by_teacher[spot[0], spot[1], period].append(place)
        for spot, places in by_spot.items():
            self.block.rows(1, days.lessons[spot], days.lessons[spot], (self.laid[None, places], 1))
        for places in by_teacher.values():
            self.block.rows(1, -np.inf, 1, (self.laid[None, places], 1))

    def _limit(self, days: Days) -> None:
        """Every limit of a lesson, a line, a room, a class, a need and a day."""
        case, left, by = self.case, left_after(self.case, days), self._grouped()
        for name, places in by["lesson"].items():
            self._most(places, self.lesson[name]["receivers"])
        for (school, _), places in by["room"].items():
            self._most(places, case.schools[school]["live_rooms"])
        for (school, _), places in by["line"].items():
            carried = streams(case, school)
            self._most(places, len(places) if carried is None else carried)
        for (school, stage, grade, _), places in by["grade"].items():
            self._most(places, classes_of(case, school, stage, grade))
        for key, places in by["need"].items():
            self._most(places, left[key])
        for (key, grade), places in by["hours"].items():
            self._most(places, grade_hours(case, key, grade))
        for (key, day), places in by["day"].items():
            given = sum(count for spot, count in days.lessons.items() if spot[3] == key and spot[1] == day)
            self._most(places, case.day_limit(key) - given)
        self._crowd(by["class"])

    def _grouped(self) -> dict[str, dict[Any, list[int]]]:
        """The places of pairs by everything that limits them."""
        by: dict[str, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (name, school) in enumerate(self.pairs):
            lesson = self.lesson[name]
            stage, grade, time = lesson["stage"], lesson["grade"], (lesson["day"], lesson["period"])
            key = (school, stage, lesson["subject"])
            by["lesson"][name].append(place)
            by["room"][school, time].append(place)
            by["line"][school, time].append(place)
            by["line"][lesson["school"], time].append(place)
            by["class"][(school, stage), *time].append(place)
            by["grade"][school, stage, grade, time].append(place)
            by["need"][key].append(place)
            by["hours"][key, grade].append(place)
            by["day"][key, lesson["day"]].append(place)
        return by

    def _crowd(self, received: dict[Any, list[int]]) -> None:
        """Visiting teachers and lessons received together take no more classes than a school-stage has."""
        laid = defaultdict(list)
        for place, (spot, period) in enumerate(self.cells):
            laid[spot[3][:2], spot[1], period].append(place)
        for name in [*laid, *(name for name in received if name not in laid)]:
            terms = [(self.laid[None, laid[name]], 1)] if laid.get(name) else []
            if received.get(name):
                terms.append((self.received[None, received[name]], 1))
            self.block.rows(1, -np.inf, self.case.classes[name[0]], *terms)

    def _count_used(self) -> None:
        names = sorted({name for name, _ in self.pairs})
        self.used = self.block.var(len(names), upper=1.0, cost=1.0, whole=True)
        for place, (name, _) in enumerate(self.pairs):
            terms = (self.used[[names.index(name)]], 1), (self.received[[place]], -1)
            self.block.rows(1, 0, np.inf, *terms)

    def start(self, layout: Layout) -> Any:
        """The layout as found by hand, nothing shared."""
        laid = [float(period in layout[spot]) for spot, period in self.cells]
        return np.array([0.0] * len(self.pairs) + laid)

    def used_by(self, solved: Solved) -> Any:
        """Which lessons a solution of the first question uses."""
        names = sorted({name for name, _ in self.pairs})
        sent = {name for place, (name, _) in enumerate(self.pairs) if round(solved.values[place])}
        return np.array([float(name in sent) for name in names])

    def layout(self, values: Any) -> Layout:
        """The periods chosen."""
        found: Layout = {}
        for place, (spot, period) in enumerate(self.cells):
            if round(values[self.laid[place]]):
                found.setdefault(spot, []).append(period)
        return found

    def shared(self, values: Any) -> list[Shared]:
        """The lessons received."""
        return [pair for place, pair in enumerate(self.pairs) if round(values[self.received[place]])]


def grade_hours(case: Case, key: Key, grade: str) -> int:
    """Lessons a week that the classes of a grade need of a subject in all."""
    row = next(row for row in case.problem["demand"] if (row["school"], row["stage"], row["subject"]) == key)
    return int(row["grades"].get(grade, 0))
