"""Duties of the receiving schools: class size, size of the school, seats, boarding places."""

from collections.abc import Callable

from junheng.planning.frozen import Json
from junheng.planning.merge.scene import Assignment, Load, Scene, load_of, receivers
from junheng.planning.merge.verdicts import CANNOT_TELL, MET, NOT_MET, Judged, worst

_NO_RECEIVER = Judged(CANNOT_TELL, "no_receiver")


def _each(scene: Scene, merge: str, assignment: Assignment, rule: Callable[[Load], Judged]) -> Judged:
    """The worst over the schools that take pupils of the merger; all its pupils must have one."""
    units = scene.units_of(merge)
    if not units:
        return Judged(MET, "nobody")
    if any(unit not in assignment for unit in units):
        return _NO_RECEIVER
    found = []
    for school in receivers(assignment, scene, merge):
        judged = rule(load_of(scene, school, assignment))
        found.append(Judged(judged.verdict, judged.why, {"school": school, **judged.figures}))
    return worst(found)


def class_size(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Every grade in classes within the limit, in the rooms there are."""

    def rule(load: Load) -> Judged:
        own = scene.schools[load.school]
        if load.grades is None or load.classes is None:
            return Judged(CANNOT_TELL, "grades_unknown")
        before = sum(row[2] for row in load.grades.values())
        figures = {"classes": load.classes, "classes_now": before}
        if load.classes == before:
            return Judged(MET, "no_new_class", figures)
        if "rooms" not in own:
            return Judged(CANNOT_TELL, "rooms_unknown", figures)
        figures["rooms"] = own["rooms"]
        return Judged(*((MET, "fits") if load.classes <= own["rooms"] else (NOT_MET, "no_room")), figures)

    return _each(scene, merge, assignment, rule)


def school_size(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Pupils within the limit of the school's kind."""

    def rule(load: Load) -> Judged:
        if load.now is None:
            return Judged(CANNOT_TELL, "pupils_unknown")
        figures = {"pupils": load.now + load.coming, "limit": scene.limit(load.school)}
        if figures["pupils"] <= scene.limit(load.school):
            return Judged(MET, "within_size", figures)
        return Judged(NOT_MET, "too_large", figures)

    return _each(scene, merge, assignment, rule)


def seats(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Pupils within the seats. A school of several stages without stated seats is judged by its rooms alone."""

    def rule(load: Load) -> Judged:
        stages = scene.schools[load.school]["stages"]
        if load.seats is None and len(stages) > 1 and load.grades is not None:
            return Judged(MET, "by_classes")
        if load.now is None or load.seats is None:
            return Judged(CANNOT_TELL, "seats_unknown")
        figures = {"pupils": load.now + load.coming, "seats": load.seats}
        return Judged(*((MET, "seated") if figures["pupils"] <= load.seats else (NOT_MET, "full")), figures)

    return _each(scene, merge, assignment, rule)


def boarding_places(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """A place for everybody who boards, those who board there now included."""

    def rule(load: Load) -> Judged:
        if load.boarders is None:
            return Judged(CANNOT_TELL, "boarders_unknown")
        if not load.boarders:
            return Judged(MET, "none_boards")
        if load.places is None:
            return Judged(CANNOT_TELL, "places_unknown", {"boarders": load.boarders})
        figures = {"boarders": load.boarders, "places": load.places}
        return Judged(
            *((MET, "housed") if load.boarders <= load.places else (NOT_MET, "too_few_places")), figures
        )

    return _each(scene, merge, assignment, rule)
