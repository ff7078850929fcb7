"""The search as data: which village may go where at what cost, and what each school holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.merge.judged_pupils import boarding, radius, remote, time
from junheng.planning.merge.scene import Scene, Unit
from junheng.planning.merge.verdicts import MET

Pair = tuple[Unit, str]
Grade = tuple[str, str, int]  # school, stage, grade


@dataclass(frozen=True, slots=True)
class Market:
    """``costs``: allowed pairs → pupil-minutes. ``grades``: pupils and classes now, of schools that may receive.

    ``rooms``, ``sizes`` (room left up to the size limit), ``seats``, ``beds``: what a school has left for all who
    come; a key absent where there is no limit to watch. ``why`` a unit has no pair.
    """

    costs: Mapping[Pair, Fraction]
    grades: Mapping[Grade, tuple[int, int]]
    limits: Mapping[Grade, int]
    rooms: Mapping[str, int]
    sizes: Mapping[str, int]
    seats: Mapping[str, int]
    beds: Mapping[str, int]
    why: Mapping[Unit, str]

    def options(self, unit: Unit) -> list[str]:
        """The schools a unit may go to, in order."""
        return sorted(school for of, school in self.costs if of == unit)


def market(scene: Scene) -> Market:
    """What the search may choose from. A merger some duty of which no receiving school can mend has no pairs."""
    closing = {merge["school"] for merge in scene.merges.values()}
    able = [key for key in sorted(scene.schools) if key not in closing and _can_receive(scene, key)]
    barred = {key: said for key in sorted(scene.merges) if (said := _barred(scene, key))}
    costs: dict[Pair, Fraction] = {}
    why: dict[Unit, str] = {}
    for unit in scene.rows:
        if unit[0] in barred:
            why[unit] = barred[unit[0]]
            continue
        found = {school: _cost(scene, unit, school) for school in able if _may(scene, unit, school)}
        costs |= {(unit, school): cost for school, cost in found.items()}
        if not found:
            why[unit] = "out_of_reach"
    used = sorted({school for _, school in costs})
    grades = _grades(scene, costs, used)
    own = {school: scene.schools[school] for school in used}
    return Market(
        costs,
        grades,
        {key: scene.class_size(key[1]) for key in grades},
        {key: school["rooms"] for key, school in own.items()},
        {key: scene.limit(key) - school["pupils"] for key, school in own.items()},
        {key: seats - own[key]["pupils"] for key in used if (seats := _seats(scene, key)) is not None},
        {key: max(0, s.get("places", 0) - s.get("boarders", 0)) for key, s in own.items()},
        why,
    )


def _seats(scene: Scene, school: str) -> int | None:
    own = scene.schools[school]
    if "seats" in own:
        return int(own["seats"])
    only = [stage["stage"] for stage in own["stages"]]
    return int(own["rooms"]) * scene.class_size(only[0]) if len(only) == 1 else None


def _can_receive(scene: Scene, school: str) -> bool:
    """Grades, rooms and pupils are known, and the school's own pupils fit as things are."""
    own = scene.schools[school]
    if "rooms" not in own or "pupils" not in own or not own["stages"]:
        return False
    if any(not stage["grades"] for stage in own["stages"]):
        return False
    wanted = sum(
        max(row["classes"], -(-row["pupils"] // scene.class_size(stage["stage"])))
        for stage in own["stages"]
        for row in stage["grades"]
    )
    seats = _seats(scene, school)
    fits = wanted <= own["rooms"] and own["pupils"] <= scene.limit(school)
    return fits and (seats is None or own["pupils"] <= seats)


def _barred(scene: Scene, merge: str) -> str:
    """Why no receiving school could make the merger hold; "" where one might."""
    if boarding(scene, merge, {}, {}).verdict != MET:
        return "low_grades_board"
    if remote(scene, merge, {}, {}).verdict != MET:
        return "remote"
    if any("grade" not in home for _, home in scene.homes_of(merge)):
        return "grades_unknown"
    return ""


def _may(scene: Scene, unit: Unit, school: str) -> bool:
    """Stage, time and radius as the duties ask them; boarders only where places are known."""
    stages = {stage["stage"] for stage in scene.schools[school]["stages"]}
    rows = scene.rows[unit]
    if any(home["stage"] not in stages for home in rows) or scene.figure(unit[1], school, "minutes") is None:
        return False
    if any("boards" not in home for home in rows):
        return False
    alone = _Alone(scene, unit)
    for duty in scene.problem["duties"]:
        rule = {"time": time, "radius": radius}.get(duty["how"])
        if rule and rule(alone, unit[0], duty, {unit: school}).verdict != MET:
            return False
    return not any(home["boards"] for home in rows) or {"places", "boarders"} <= set(scene.schools[school])


class _Alone(Scene):
    """The scene with one unit only, so that a duty can be asked of one village."""

    def __init__(self, scene: Scene, unit: Unit) -> None:
        self.problem, self.schools, self.merges = scene.problem, scene.schools, scene.merges
        self.rows, self.ways = {unit: scene.rows[unit]}, scene.ways


def _cost(scene: Scene, unit: Unit, school: str) -> Fraction:
    """Minutes of all pupils of the unit together, boarders too (they go home at weekends)."""
    minutes = scene.figure(unit[1], school, "minutes")
    return Fraction(sum(home["pupils"] for home in scene.rows[unit])) * (minutes or 0)


def _grades(scene: Scene, costs: Mapping[Pair, Fraction], used: list[str]) -> dict[Grade, tuple[int, int]]:
    found: dict[Grade, tuple[int, int]] = {}
    for school in used:
        for stage in scene.schools[school]["stages"]:
            for row in stage["grades"]:
                found[school, stage["stage"], row["grade"]] = (row["pupils"], row["classes"])
    for unit, school in costs:
        for home in scene.rows[unit]:
            found.setdefault((school, home["stage"], home["grade"]), (0, 0))
    return dict(sorted(found.items()))
