"""The week with its days: which trip when, which lessons in which half-day, no school over-filled.

With ``counts`` the trips of a week are only dealt to days; without, everything is open – the whole problem, used when
the dealt week leaves more unmet than the weekly bound (several teachers crowd into a small school).
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.itinerant.case import HALVES, Case, Key, Trip
from junheng.planning.itinerant.weekly import TRAVEL_SCALE, Week
from junheng.planning.solver import Block

Spot = tuple[str, str, str, Key]  # teacher, day, half, key


@dataclass(frozen=True, slots=True)
class Days:
    """Where every teacher is on every day, and the lessons given in each half-day."""

    trips: dict[tuple[str, str], Trip]
    lessons: dict[Spot, int]


class DailyModel:
    """Without ``most`` it minimises the lessons left unmet; with it, the way, unmet being at most ``most``."""

    def __init__(self, case: Case, week: Week | None = None, most: int | None = None) -> None:
        self.case, self.block = case, Block()
        self.trips = [
            (at, day, trip)
            for at, group in enumerate(case.groups)
            for day in group.days
            for trip in group.trips
            if week is None or week.trips.get((at, trip), 0)
        ]
        ways = np.array([case.cost(case.groups[at].teacher, trip) for at, _, trip in self.trips], float)
        self.chosen = self.block.var(
            len(self.trips), upper=1.0, cost=0.0 if most is None else ways / TRAVEL_SCALE, whole=True
        )
        self.at_school = self._presence()
        self.spots: list[Spot] = [
            (teacher, day, half, key)
            for (teacher, day, half, school) in sorted(self.at_school)
            for key in case.keys_at(teacher, school)
        ]
        limits = [
            min(case.need[s[3]], case.day_limit(s[3]), case.fits(s[3][0], s[1], s[2])) for s in self.spots
        ]
        self.given = self.block.var(len(self.spots), upper=np.array(limits, float), whole=True)
        self.keys = sorted(case.need)
        self.unmet = self.block.var(
            len(self.keys),
            upper=np.array([case.need[key] for key in self.keys], float),
            cost=1.0 if most is None else 0.0,
        )
        self._choose(week)
        self._teach()
        self._share()
        if most is not None:
            self.block.rows(1, -np.inf, most, (self.unmet[None, :], 1))

    def _presence(self) -> dict[tuple[str, str, str, str], list[int]]:
        """(teacher, day, half, school) → places of the trips that have her there."""
        found = defaultdict(list)
        for place, (at, day, trip) in enumerate(self.trips):
            teacher = self.case.groups[at].teacher
            for half, stop in zip(HALVES, trip, strict=True):
                school = self.case.school_of(teacher, stop)
                if school is not None and self.case.fits(school, day, half):
                    found[teacher, day, half, school].append(place)
        return dict(found)

    def _choose(self, week: Week | None) -> None:
        """One trip a day; with a week, each trip on as many days as it says."""
        by_day, by_trip = defaultdict(list), defaultdict(list)
        for place, (at, day, trip) in enumerate(self.trips):
            by_day[at, day].append(place)
            by_trip[at, trip].append(place)
        for places in by_day.values():
            self.block.rows(1, 1, 1, (self.chosen[None, places], 1))
        for name, places in by_trip.items() if week is not None else ():
            count = week.trips[name] if week is not None else 0
            self.block.rows(1, count, count, (self.chosen[None, places], 1))

    def _teach(self) -> None:
        """Lessons only where the teacher is, no more than fit; own lessons and weekly load kept."""
        by_half, by_teacher, home = defaultdict(list), defaultdict(list), defaultdict(list)
        for place, (teacher, day, half, key) in enumerate(self.spots):
            by_half[teacher, day, half, key[0]].append(place)
            by_teacher[teacher].append(place)
            if key[0] == self.case.teachers[teacher]["base"]:
                home[teacher].append(place)
        for name, places in by_half.items():
            size = self.case.fits(name[3], name[1], name[2])
            usable = sum(self.case.day_limit(self.spots[place][3]) for place in places)
            terms = (
                (self.chosen[None, self.at_school[name]], min(size, usable)),
                (self.given[None, places], -1),
            )
            self.block.rows(1, 0, np.inf, *terms)
        for teacher, person in self.case.teachers.items():
            if by_teacher[teacher]:
                most = person["load"] - person["own"]
                self.block.rows(1, -np.inf, most, (self.given[None, by_teacher[teacher]], 1))
            self._keep_own(teacher, home[teacher])

    def _keep_own(self, teacher: str, home: list[int]) -> None:
        person = self.case.teachers[teacher]
        present = [
            (place, self.case.fits(school, day, half))
            for (who, day, half, school), places in sorted(self.at_school.items())
            if who == teacher and school == person["base"]
            for place in places
        ]
        terms: list[Any] = []
        if present:
            places, sizes = zip(*present, strict=True)
            terms.append((self.chosen[None, list(places)], np.array(sizes, float)))
        if home:
            terms.append((self.given[None, home], -1))
        if terms:
            self.block.rows(1, person["own"], np.inf, *terms)

    def _share(self) -> None:
        """What several teachers share: classes at a time, lessons of a subject a day, the need itself."""
        case = self.case
        by_place, by_day, by_key = defaultdict(list), defaultdict(list), defaultdict(list)
        for place, (_, day, half, key) in enumerate(self.spots):
            by_place[key[:2], day, half].append(place)
            by_day[key, day].append(place)
            by_key[key].append(place)
        for (stage, day, half), places in by_place.items():
            most = case.classes[stage] * case.fits(stage[0], day, half)
            self.block.rows(1, -np.inf, most, (self.given[None, places], 1))
        for (key, _), places in by_day.items():
            self.block.rows(1, -np.inf, case.day_limit(key), (self.given[None, places], 1))
        for at, key in enumerate(self.keys):
            terms: list[Any] = [(self.unmet[[at]], 1)]
            if by_key[key]:
                terms.append((self.given[None, by_key[key]], 1))
            self.block.rows(1, case.need[key], case.need[key], *terms)

    def start(self, days: Days) -> npt.NDArray[np.float64]:
        """The values of the variables that say ``days``."""
        values = np.zeros(self.block.columns)
        for place, (at, day, trip) in enumerate(self.trips):
            values[self.chosen[place]] = days.trips[self.case.groups[at].teacher, day] == trip
        left = dict(self.case.need)
        for place, spot in enumerate(self.spots):
            values[self.given[place]] = days.lessons.get(spot, 0)
            left[spot[3]] -= days.lessons.get(spot, 0)
        for place, key in enumerate(self.keys):
            values[self.unmet[place]] = left[key]
        return values

    def days(self, values: Any) -> Days:
        """The days of a solution."""
        trips = {
            (self.case.groups[at].teacher, day): trip
            for place, (at, day, trip) in enumerate(self.trips)
            if round(values[self.chosen[place]])
        }
        given = {
            spot: round(values[self.given[place]])
            for place, spot in enumerate(self.spots)
            if round(values[self.given[place]])
        }
        return Days(trips, given)
