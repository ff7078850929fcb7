"""A week dealt to days by hand: the plan to begin from, and to fall back on when time is up."""

from collections import Counter

from junheng.planning.itinerant.case import HALVES, Case, Trip
from junheng.planning.itinerant.daily import Days, Spot
from junheng.planning.itinerant.weekly import Week, at_home


def deal(case: Case, week: Week | None) -> Days:
    """Trips in the order of the days, lessons filled in as they fit. Without a week everybody stays at home."""
    trips: dict[tuple[str, str], Trip] = {}
    for at, group in enumerate(case.groups):
        if week is None:
            trips |= {(group.teacher, day): at_home(group) for day in group.days}
            continue
        dealt = [trip for trip in group.trips for _ in range(week.trips.get((at, trip), 0))]
        trips |= {(group.teacher, day): trip for day, trip in zip(group.days, dealt, strict=True)}
    return Days(trips, _filled(case, trips))


def _filled(case: Case, trips: dict[tuple[str, str], Trip]) -> dict[Spot, int]:
    """Lessons one spot after another, each as many as every limit still allows; the own lessons come first."""
    need = dict(case.need)
    load = {name: person["load"] - person["own"] for name, person in case.teachers.items()}
    home = _spare_at_home(case, trips)
    crowd: Counter[tuple[object, str, str]] = Counter()
    daily: Counter[tuple[object, str]] = Counter()
    found: dict[Spot, int] = {}
    for (teacher, day), trip in sorted(trips.items()):
        base = case.teachers[teacher]["base"]
        for half, stop in zip(HALVES, trip, strict=True):
            school = case.school_of(teacher, stop)
            if school is None:
                continue
            size = case.fits(school, day, half)
            room = min(size, home[teacher]) if school == base else size
            for key in case.keys_at(teacher, school):
                free = case.classes[key[:2]] * size - crowd[key[:2], day, half]
                most = min(room, need[key], load[teacher], free, case.day_limit(key) - daily[key, day])
                if most > 0:
                    found[teacher, day, half, key] = most
                    room, need[key], load[teacher] = room - most, need[key] - most, load[teacher] - most
                    crowd[key[:2], day, half] += most
                    daily[key, day] += most
                    home[teacher] -= most if school == base else 0
    return found


def _spare_at_home(case: Case, trips: dict[tuple[str, str], Trip]) -> Counter[str]:
    """Periods each teacher spends at the own school beyond the own lessons."""
    found: Counter[str] = Counter({name: -person["own"] for name, person in case.teachers.items()})
    for (teacher, day), trip in trips.items():
        base = case.teachers[teacher]["base"]
        for half, stop in zip(HALVES, trip, strict=True):
            if case.school_of(teacher, stop) == base:
                found[teacher] += case.fits(base, day, half)
    return found
