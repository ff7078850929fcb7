"""Duties towards the pupils: time, radius, no boarding in the low grades, remote villages keep theirs."""

from fractions import Fraction

from junheng.planning.frozen import Json, exact, number
from junheng.planning.merge.scene import Assignment, Scene
from junheng.planning.merge.verdicts import CANNOT_TELL, MET, NOT_MET, Judged


def time(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Day pupils of the band's grades within its minutes. A grade nobody states may be of the band: cannot be told.

    Beyond the limit and not said whether they board: low grades may not, so they are over; others cannot be told.
    """
    band, limit = scene.rules["bands"][duty["band"]], exact(scene.rules["minutes"][duty["band"]])
    over = untold = pupils = 0
    most: Fraction | None = None
    for unit, home in scene.homes_of(merge):
        if home.get("grade", band[0]) not in band:
            continue
        day = home["pupils"] - home.get("boards", 0)
        pupils += day
        minutes = scene.figure(unit[1], assignment.get(unit, ""), "minutes")
        if not day:
            continue
        if minutes is None or "grade" not in home:
            untold += day
            continue
        most = minutes if most is None else max(most, minutes)
        if minutes > limit:
            may_board = "boards" not in home and home["grade"] not in scene.rules["no_boarding"]
            over, untold = (over, untold + day) if may_board else (over + day, untold)
    figures: Json = {"pupils": pupils, "over": over, "untold": untold, "limit": number(limit)}
    if most is not None:
        figures["most"] = number(most)
    return _counted(figures, "far", _has_receivers(scene, merge, assignment))


def radius(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Day pupils within the local radius of their stage (boarders apart)."""
    limits = scene.rules["radius_m"]
    over = untold = pupils = 0
    for unit, home in scene.homes_of(merge):
        limit = limits.get(home["stage"]) if isinstance(limits, dict) else limits
        day = home["pupils"] - home.get("boards", 0)
        if limit is None or not day:
            continue
        pupils += day
        metres = scene.figure(unit[1], assignment.get(unit, ""), "metres")
        if metres is None:
            untold += day
        elif metres > exact(limit):
            over += day
    figures = {"pupils": pupils, "over": over, "untold": untold}
    return _counted(figures, "beyond", _has_receivers(scene, merge, assignment))


def _has_receivers(scene: Scene, merge: str, assignment: Assignment) -> bool:
    return all(unit in assignment for unit in scene.units_of(merge))


def _counted(figures: Json, bad: str, has_receivers: bool) -> Judged:
    if figures["over"]:
        return Judged(NOT_MET, bad, figures)
    if figures["untold"]:
        return Judged(CANNOT_TELL, "way_unknown" if has_receivers else "no_receiver", figures)
    return Judged(MET, "within" if figures["pupils"] else "nobody", figures)


def boarding(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """Nobody of the low grades boards."""
    low, over, untold = scene.rules["no_boarding"], 0, 0
    for _, home in scene.homes_of(merge):
        is_low = home.get("grade") in low
        if "boards" not in home:
            untold += home["pupils"] if is_low or "grade" not in home else 0
        elif home["boards"] and "grade" not in home:
            untold += home["boards"]
        elif is_low:
            over += home["boards"]
    figures = {"over": over, "untold": untold}
    if over:
        return Judged(NOT_MET, "boards", figures)
    return Judged(CANNOT_TELL, "boards_unknown", figures) if untold else Judged(MET, "none_boards", figures)


def remote(scene: Scene, merge: str, duty: Json, assignment: Assignment) -> Judged:
    """A remote school keeps its low grades; which school is remote must be said."""
    school = scene.schools[scene.merges[merge]["school"]]
    if "remote" not in school:
        return Judged(CANNOT_TELL, "remote_unknown")
    low = scene.rules["bands"]["low"]
    pupils = sum(home["pupils"] for _, home in scene.homes_of(merge) if home.get("grade", low[0]) in low)
    if school["remote"] and pupils:
        return Judged(NOT_MET, "remote", {"pupils": pupils})
    return Judged(MET, "not_remote" if not school["remote"] else "no_low_grades")
