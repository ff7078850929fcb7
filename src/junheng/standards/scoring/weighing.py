"""Points of areas and items: given, or shared out equally; a sum that fails is refused with its place."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.standards.place import Place
from junheng.standards.scoring.definition import AreaEntry, SystemFile

Points = dict[str, Fraction]


def weigh(file: SystemFile, full: Fraction, place: Place) -> tuple[Points, Points]:
    """Points by area and by item, exact. Raises UserError where they do not add up to ``full`` or to their area.

    An item without points takes an equal share of what is left: of its area's points, or of ``full`` where no
    area states any.
    """
    if any(area.points is not None for area in file.areas):
        return _by_area(file, full, place)
    items = [item for area in file.areas for item in area.items]
    points = _shared([(item.id, _exact(item.points)) for item in items], full, place.at("system", "full"))
    return {area.id: sum((points[item.id] for item in area.items), Fraction()) for area in file.areas}, points


def _by_area(file: SystemFile, full: Fraction, place: Place) -> tuple[Points, Points]:
    areas = _shared([(area.id, _exact(area.points)) for area in file.areas], full, place.at("system", "full"))
    items: Points = {}
    for number, area in enumerate(file.areas):
        given = [(item.id, _exact(item.points)) for item in area.items]
        items |= _shared(given, areas[area.id], place.at("areas", number, "points"))
    return areas, items


def _exact(points: object) -> Fraction | None:
    return None if points is None else Fraction(str(points))


def _shared(given: Sequence[tuple[str, Fraction | None]], whole: Fraction, place: Place) -> Points:
    """``given`` with equal shares of the rest where nothing is stated; UserError unless all make up ``whole``."""
    stated = sum((points for _, points in given if points is not None), Fraction())
    open_ids = [name for name, points in given if points is None]
    rest = whole - stated
    if rest < 0 or (rest > 0 and not open_ids) or (rest == 0 and open_ids):
        listed = " + ".join(f"{name} {'?' if points is None else points}" for name, points in given)
        raise place.refuse(
            f"分值之和是 {stated}，应为 {whole}：{listed}",
            f"the points add up to {stated}, not {whole}: {listed}",
            why=Text("分值不合，总分就没有意义", "a total means nothing when the weights do not add up"),
            fix=Text(
                "请改正分值；不写 points 的平分余下的", "mend the points; those without any share the rest"
            ),
        )
    return {name: rest / len(open_ids) if points is None else points for name, points in given}


def require_sound(file: SystemFile, place: Place) -> None:
    """Raise UserError for ids used twice, grades or rounds that do not exist, and grades that are no order."""
    _require_single([area.id for area in file.areas], place.at("areas"))
    _require_single([item.id for area in file.areas for item in area.items], place.at("areas"))
    for section in ("scale", "grades", "rounds", "vetoes"):
        _require_single([entry.id for entry in getattr(file, section)], place.at(section))
    lines = [grade.at_least for grade in file.grades]
    if lines != sorted(set(lines), reverse=True) or lines[-1] != 0:
        raise place.at("grades").refuse(
            "等级应由高到低，最低一等从 0 分起", "grades go from the best down, the last from 0 points"
        )
    grades = {grade.id for grade in file.grades}
    _require_known(file.system.required_grade, grades, place.at("system", "required_grade"))
    _require_known(
        file.counting.round, {"latest", *(r.id for r in file.rounds)}, place.at("counting", "round")
    )
    for number, veto in enumerate(file.vetoes):
        if veto.effect == "grade_at_most":
            _require_known(veto.grade_at_most or "", grades, place.at("vetoes", number, "grade_at_most"))
    for number, area in enumerate(file.areas):
        _check_area(area, grades, place.at("areas", number))


def _check_area(area: AreaEntry, grades: set[str], place: Place) -> None:
    if area.floor is not None:
        _require_known(area.floor.grade_at_most, grades, place.at("floor", "grade_at_most"))
    if area.cap is not None and area.points is not None and area.cap > area.points:
        raise place.at("cap").refuse(
            f"封顶 {area.cap} 高于本方面分值 {area.points}",
            f"the cap {area.cap} is above the area's points {area.points}",
        )


def _require_single(ids: Sequence[str], place: Place) -> None:
    doubled = next((name for name in ids if ids.count(name) > 1), None)
    if doubled is not None:
        raise place.refuse(f"编号 {doubled} 用了两次", f"the id {doubled} is used twice")


def _require_known(name: str, known: set[str], place: Place) -> None:
    if name not in known:
        options = "、".join(sorted(known))
        raise place.refuse(
            f"没有“{name}”", f"there is no {name!r}", fix=Text(f"可用：{options}", f"one of {options}")
        )
