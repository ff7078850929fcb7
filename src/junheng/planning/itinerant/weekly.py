"""The week without its days: how often each teacher makes each trip, what she gives where.

Days that allow the same trips are interchangeable, so the model counts them: w(g, trip) whole, Σ w = days of the group.
Every visit's lessons are cut to what the school could use (coefficient strengthening). What couples teachers on one day
(classes taught at the same time) is left out here and looked at in ``daily``: bounds from here hold for the whole.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from junheng.planning.itinerant.case import BASE, HALVES, Case, Group, Key, Trip
from junheng.planning.solver import Block

TRAVEL_SCALE = 1000  # metres to kilometres; minutes become thousandths, still well conditioned


@dataclass(frozen=True, slots=True)
class Week:
    """A week as counts: trips per group of days, and lessons per teacher and key."""

    trips: dict[tuple[int, Trip], int]  # (group, trip) → days
    lessons: dict[tuple[str, Key], int]


class WeeklyModel:
    """The model. Without ``most`` it minimises the lessons left unmet; with it, the way, unmet being at most ``most``."""

    def __init__(self, case: Case, most: int | None = None) -> None:
        self.case = case
        self.block = Block()
        self.trips = [(at, trip) for at, group in enumerate(case.groups) for trip in group.trips]
        sizes = [len(case.groups[at].days) for at, _ in self.trips]
        ways = np.array([case.cost(case.groups[at].teacher, trip) for at, trip in self.trips], float)
        self.count = self.block.var(
            len(self.trips),
            upper=np.array(sizes, float),
            cost=0.0 if most is None else ways / TRAVEL_SCALE,
            whole=True,
        )
        pairs = [(name, key) for name in sorted(case.teachers) for key in case.teaches[name]]
        self.pairs = [pair for pair in pairs if self._days_at(*pair)]
        self.given = self.block.var(
            len(self.pairs), upper=np.array([case.need[key] for _, key in self.pairs], float), whole=True
        )
        self.keys = sorted(case.need)
        self.unmet = self.block.var(
            len(self.keys),
            upper=np.array([case.need[key] for key in self.keys], float),
            cost=1.0 if most is None else 0.0,
        )
        self._rows()
        if most is not None:
            self.block.rows(1, -np.inf, most, (self.unmet[None, :], 1))

    def _days_at(self, teacher: str, key: Key) -> list[tuple[int, int]]:
        """(place of the trip, 1) for every trip that passes the school: Σ is the days spent there."""
        found = []
        for place, (at, trip) in enumerate(self.trips):
            group = self.case.groups[at]
            if group.teacher == teacher and key[0] in {self.case.school_of(teacher, stop) for stop in trip}:
                found.append((place, 1))
        return found

    def _rows(self) -> None:
        case, block = self.case, self.block
        for at, group in enumerate(case.groups):
            mine = [place for place, (other, _) in enumerate(self.trips) if other == at]
            block.rows(1, len(group.days), len(group.days), (self.count[None, mine], 1))
        for name, person in case.teachers.items():
            mine = [place for place, (other, _) in enumerate(self.pairs) if other == name]
            if mine:
                block.rows(1, -np.inf, person["load"] - person["own"], (self.given[None, mine], 1))
            self._fit(name)
        for place, key in enumerate(self.keys):
            mine = [at for at, (_, other) in enumerate(self.pairs) if other == key]
            terms: list[Any] = [(self.unmet[[place]], 1)]
            if mine:
                terms.append((self.given[None, mine], 1))
            block.rows(1, case.need[key], case.need[key], *terms)

    def _fit(self, name: str) -> None:
        """Lessons of a teacher fit into the half-days spent at each school; the own lessons into those at home."""
        case = self.case
        base = case.teachers[name]["base"]
        for school in sorted({base} | {key[0] for who, key in self.pairs if who == name}):
            mine = [at for at, (who, key) in enumerate(self.pairs) if who == name and key[0] == school]
            own = case.teachers[name]["own"] if school == base else 0
            room = [(place, self._room(at, trip, school)) for place, (at, trip) in enumerate(self.trips)
                    if case.groups[at].teacher == name]  # fmt: skip
            here = [(place, size) for place, size in room if size]
            terms: list[Any] = []
            if here:
                places, sizes = zip(*here, strict=True)
                terms.append((self.count[None, list(places)], np.array(sizes, float)))
            if mine:
                terms.append((self.given[None, mine], -1))
            if terms:
                self.block.rows(1, own, np.inf, *terms)
            for at in mine:
                days = [place for place, _ in self._days_at(name, self.pairs[at][1])]
                limit = case.day_limit(self.pairs[at][1])
                self.block.rows(1, 0, np.inf, (self.count[None, days], limit), (self.given[None, [at]], -1))

    def _room(self, at: int, trip: Trip, school: str) -> int:
        """Lessons the teacher can give at ``school`` on a day of this trip, never more than the school can use."""
        case, group = self.case, self.case.groups[at]
        size = sum(
            case.fits(school, group.days[0], half)
            for half, place in zip(HALVES, trip, strict=True)
            if case.school_of(group.teacher, place) == school
        )
        if school == case.teachers[group.teacher]["base"]:
            return size
        usable = sum(min(case.need[key], case.day_limit(key)) for key in case.keys_at(group.teacher, school))
        return min(size, usable)

    def week(self, values: Any) -> Week:
        """The counts of a solution."""
        trips = {
            self.trips[place]: round(values[variable])
            for place, variable in enumerate(self.count)
            if round(values[variable])
        }
        lessons = {
            self.pairs[place]: round(values[variable])
            for place, variable in enumerate(self.given)
            if round(values[variable])
        }
        return Week(trips, lessons)


def at_home(group: Group) -> Trip:
    """The trip of staying at the own school where allowed, else the first."""
    return (BASE, BASE) if (BASE, BASE) in group.trips else group.trips[0]
