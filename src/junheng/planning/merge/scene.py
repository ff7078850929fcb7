"""A merger problem as lookups, and what the receiving schools come to under an assignment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.planning.frozen import Json, exact

Unit = tuple[str, str]  # merger, place: the pupils of one village stay together
Assignment = Mapping[Unit, str]  # unit → receiving school


@dataclass
class Scene:
    """Lookups over a frozen problem; ``units`` in order of merger and place."""

    problem: Json
    schools: dict[str, Json] = field(init=False)
    merges: dict[str, Json] = field(init=False)
    rows: dict[Unit, list[Json]] = field(init=False)
    ways: dict[tuple[str, str], Json] = field(init=False)

    def __post_init__(self) -> None:
        self.schools = {school["id"]: school for school in self.problem["schools"]}
        self.merges = {merge["id"]: merge for merge in self.problem["merges"]}
        self.ways = {(way["place"], way["school"]): way for way in self.problem["ways"]}
        self.rows = {}
        for home in self.problem["homes"]:
            self.rows.setdefault((home["merge"], home["place"]), []).append(home)

    @property
    def rules(self) -> Json:
        """The limits."""
        found: Json = self.problem["rules"]
        return found

    def units_of(self, merge: str) -> list[Unit]:
        """The units of a merger."""
        return [unit for unit in self.rows if unit[0] == merge]

    def homes_of(self, merge: str) -> Iterator[tuple[Unit, Json]]:
        """Every home of a merger with its unit."""
        for unit in self.units_of(merge):
            for home in self.rows[unit]:
                yield unit, home

    def figure(self, place: str, school: str, name: str) -> Fraction | None:
        """Minutes or metres from a place to a school; None where nobody knows."""
        way = self.ways.get((place, school), {})
        return exact(way[name]) if name in way else None

    def limit(self, school: str) -> int:
        """Most pupils a school may have by its kind."""
        sizes = self.rules["school_size"]
        combined = self.schools[school].get("kind") in self.rules["combined"]
        return int(exact(sizes["combined" if combined else "single"]))

    def class_size(self, stage: str) -> int:
        """Most pupils of a class of a stage."""
        return int(exact(self.rules["class_size"][stage]))


@dataclass(frozen=True, slots=True)
class Load:
    """A receiving school: pupils it has and gets. None where it cannot be told.

    ``grades``: (stage, grade) → pupils now, coming in, classes now, classes after; classes after are those it has, or
    more where the limit of class size asks for more. ``seats``: stated, else rooms × class size where one stage.
    """

    school: str
    now: int | None
    coming: int
    grades: Mapping[tuple[str, int], tuple[int, int, int, int]] | None
    classes: int | None
    seats: int | None
    boarders: int | None
    places: int | None


def load_of(scene: Scene, school: str, assignment: Assignment) -> Load:
    """What ``school`` comes to."""
    own = scene.schools[school]
    homes = [home for unit, to in assignment.items() if to == school for home in scene.rows[unit]]
    grades = _grades(scene, own, homes)
    boards = [home.get("boards") for home in homes]
    joining = None if None in boards else sum(n for n in boards if n is not None)
    total = own.get("boarders") if joining else 0
    return Load(
        school,
        own.get("pupils"),
        sum(home["pupils"] for home in homes),
        grades,
        sum(row[3] for row in grades.values()) if grades is not None else None,
        seats_of(scene, own),
        None if joining is None or total is None else total + joining,
        own.get("places"),
    )


def _grades(
    scene: Scene, own: Json, homes: list[Json]
) -> dict[tuple[str, int], tuple[int, int, int, int]] | None:
    if any("grade" not in home for home in homes) or not own["stages"]:
        return None
    found: dict[tuple[str, int], list[int]] = {}
    for stage in own["stages"]:
        if not stage["grades"]:
            return None
        for row in stage["grades"]:
            found[stage["stage"], row["grade"]] = [row["pupils"], 0, row["classes"]]
    for home in homes:
        found.setdefault((home["stage"], home["grade"]), [0, 0, 0])[1] += home["pupils"]
    return {
        key: (now, coming, classes, max(classes, ceil(Fraction(now + coming, scene.class_size(key[0])))))
        for key, (now, coming, classes) in sorted(found.items())
    }


def seats_of(scene: Scene, own: Json) -> int | None:
    """Seats as stated, else rooms × class size of the one stage; None where neither is known."""
    if "seats" in own:
        return int(own["seats"])
    stages = [stage["stage"] for stage in own["stages"]]
    if "rooms" in own and len(stages) == 1:
        return int(own["rooms"]) * scene.class_size(stages[0])
    return None


def stated(scene: Scene) -> dict[Unit, str]:
    """The assignment that the tables state; units without a school are left out."""
    return {unit: rows[0]["to"] for unit, rows in scene.rows.items() if "to" in rows[0]}


def receivers(assignment: Assignment, scene: Scene, merge: str) -> list[str]:
    """The schools that take pupils of a merger."""
    return sorted({assignment[unit] for unit in scene.units_of(merge) if unit in assignment})


Figures = dict[str, Any]
