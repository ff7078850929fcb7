"""A frozen problem laid out for the models: who may be where on each day, how many lessons fit."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from junheng.planning.frozen import Json

HALVES = ("am", "pm")
BASE, AWAY = "base", "away"  # at the own school; neither there nor at any other
Key = tuple[str, str, str]  # school, stage, subject
Trip = tuple[str, str]  # where the morning and where the afternoon is spent: a school id, BASE or AWAY


@dataclass(frozen=True, slots=True)
class Group:
    """Days of one teacher that allow the same trips: the weekly model need not tell them apart."""

    teacher: str
    days: tuple[str, ...]
    trips: tuple[Trip, ...]


class Case:
    """Everything the models ask of a problem, worked out once."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.days = [day["id"] for day in problem["week"]["days"]]
        self.length = {half: problem["week"][half] for half in HALVES}
        self.schools = {school["id"]: school for school in problem["schools"]}
        self.teachers = {teacher["id"]: teacher for teacher in problem["teachers"]}
        self.need: dict[Key, int] = {
            (row["school"], row["stage"], row["subject"]): row["periods"] for row in problem["demand"]
        }
        self.classes = {
            (school["id"], part["stage"]): sum(  # so many lessons of a stage can go on at a time
                other["classes"] for other in school["classes"] if other["stage"] == part["stage"]
            )
            for school in problem["schools"]
            for part in school["classes"]
        }
        travel = problem["travel"]
        self.reach: int = travel["reach"]
        self.far = {(pair["from"], pair["to"]): pair["value"] for pair in travel["pairs"]}
        self.fixed = {
            (teacher["id"], row["day"], row["half"]): row["place"]
            for teacher in problem["teachers"]
            for row in teacher["fixed"]
        }
        self.closed = {
            (school["id"], row["day"], row["half"])
            for school in problem["schools"]
            for row in school["closed"]
        }

    def day_limit(self, key: Key) -> int:
        """Lessons of one subject that the classes of a school-stage can take on a day."""
        school, stage, _ = key
        return int(self.classes[school, stage] * self.problem["rules"]["same_day"])

    @cached_property
    def teaches(self) -> dict[str, list[Key]]:
        """What each teacher may teach, wherever it is."""
        return {
            name: [
                key
                for key in sorted(self.need)
                if key[1] in person["stages"] and key[2] in person["subjects"]
            ]
            for name, person in self.teachers.items()
        }

    def keys_at(self, teacher: str, school: str) -> list[Key]:
        """What a teacher may teach at a school."""
        return [key for key in self.teaches[teacher] if key[0] == school]

    def school_of(self, teacher: str, place: str) -> str | None:
        """The school behind a place of a trip; None for AWAY."""
        if place == AWAY:
            return None
        return str(self.teachers[teacher]["base"]) if place == BASE else place

    def periods(self, half: str) -> list[int]:
        """The periods of a half-day, counted through the day from 1."""
        first = 1 if half == "am" else self.length["am"] + 1
        return list(range(first, first + self.length[half]))

    def fits(self, school: str, day: str, half: str) -> int:
        """Periods of a half-day at a school: none where it is closed."""
        return 0 if (school, day, half) in self.closed else int(self.length[half])

    def cost(self, teacher: str, trip: Trip) -> int:
        """The way from the own school through the day and back."""
        stops = [self.teachers[teacher]["base"], *(self._stop(teacher, place) for place in trip)]
        return sum(
            0 if one == other else self.far[one, other]
            for one, other in zip(stops, [*stops[1:], stops[0]], strict=True)
        )

    def _stop(self, teacher: str, place: str) -> str:
        return self.school_of(teacher, place) or str(self.teachers[teacher]["base"])

    def trips(self, teacher: str, day: str) -> tuple[Trip, ...]:
        """What a teacher may do on a day, being at the own school first of all."""
        mornings, afternoons = (self._options(teacher, day, half) for half in HALVES)
        return tuple(trip for trip in product(mornings, afternoons) if self._is_allowed(teacher, day, trip))

    def _options(self, teacher: str, day: str, half: str) -> list[str]:
        place = self.fixed.get((teacher, day, half))
        if place is not None:
            return [place]
        base = self.teachers[teacher]["base"]
        schools = sorted({key[0] for key in self.teaches[teacher]} - {base})
        return [BASE, *(school for school in schools if self.fits(school, day, half))]

    def _is_allowed(self, teacher: str, day: str, trip: Trip) -> bool:
        """Few enough schools; every leg known and within reach, unless it leads to or from a fixed visit."""
        if (
            len({place for place in trip if place not in (BASE, AWAY)})
            > self.problem["rules"]["schools_per_day"]
        ):
            return False
        stops = [(self._stop(teacher, BASE), False)]
        for half, place in zip(HALVES, trip, strict=True):
            stops.append((self._stop(teacher, place), (teacher, day, half) in self.fixed))
        for (one, is_one_fixed), (other, is_other_fixed) in zip(stops, [*stops[1:], stops[0]], strict=True):
            length = 0 if one == other else self.far.get((one, other))
            if length is None or (length > self.reach and not (is_one_fixed or is_other_fixed)):
                return False
        return True

    @cached_property
    def groups(self) -> list[Group]:
        """Days of every teacher by the trips they allow."""
        found: list[Group] = []
        for teacher in sorted(self.teachers):
            alike: dict[tuple[object, ...], list[str]] = {}
            for day in self.days:
                is_open = tuple(self.fits(self.teachers[teacher]["base"], day, half) for half in HALVES)
                alike.setdefault((self.trips(teacher, day), is_open), []).append(day)
            found += [Group(teacher, tuple(days), trips) for (trips, _), days in alike.items()]  # type: ignore[arg-type] # the key's first part
        return found
