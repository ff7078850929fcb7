"""Whether blocks and outlines fit: ids of one only, points outside their own, no children."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from junheng.basics import Text
from junheng.planning.cell_values import number_of
from junheng.planning.geo.area_faults import fault_of
from junheng.planning.geo.areas import Area, Point
from junheng.planning.geo.finding import Finding, Level
from junheng.planning.geo.neighbours import locate
from junheng.planning.geo.place_faults import shift_hint
from junheng.planning.geo.places import Place

_SHARE = 0.5  # of the ids of the areas: then the table is that of the areas


def together_faults(
    areas: Mapping[Path, Sequence[Area]], places: Mapping[Path, Sequence[Place]]
) -> list[Finding]:
    """Faults between every table and the areas it shares most of its ids with; blocks without children."""
    found: list[Finding] = []
    for rows in places.values():
        found += _children(rows)
        for shapes in areas.values():
            ids = {area.id for area in shapes}
            if rows and len(ids & {place.id for place in rows}) > _SHARE * len(ids):
                found += _ids(rows, shapes)
                found += _inside(rows, shapes)
    return found


def _fault(place: Place, code: str, level: Level, what: Text, effect: Text, fix: Text) -> Finding:
    return Finding(code, level, place.where, place.label, what, effect, fix, *(place.point or (None, None)))


def _children(rows: Sequence[Place]) -> Iterator[Finding]:
    """Blocks whose numbers of pupils are all 0, or not known."""
    for place in rows:
        counts = [number_of(text) for text in place.pupils]
        if counts and any(count is None or count < 0 for count in counts):
            what = Text("学生数没有填或不是数", "the number of pupils is absent or no number")
            effect = Text(
                "不知道不等于 0：需求、片区都算不准", "unknown is not 0: demand and zones cannot be told"
            )
            yield _fault(
                place,
                "pupils_unknown",
                "error",
                what,
                effect,
                Text("请补上；确实没有就写 0", "fill it in; write 0 where there are none"),
            )
        elif counts and not any(counts):
            what = Text("没有学生", "no children")
            effect = Text("没有需求，但仍须划入某个片区", "no demand, yet it must belong to a zone")
            yield _fault(
                place, "no_children", "warning", what, effect, Text("属实可不理会", "ignore where true")
            )


def _ids(rows: Sequence[Place], shapes: Sequence[Area]) -> Iterator[Finding]:
    known, drawn = {place.id for place in rows}, {area.id for area in shapes}
    for place in rows:
        if place.id not in drawn:
            what = Text("没有轮廓（区域文件里没有这个编号）", "no outline of that id")
            effect = Text("不知道与谁相邻，不能划片", "its neighbours are not known: it cannot be zoned")
            yield _fault(place, "no_outline", "error", what, effect, Text("请补画轮廓", "draw it"))
    for area in shapes:
        if area.id not in known:
            effect = Text("它的学生数不知道", "its pupils are not known")
            what = Text("表里没有这个编号", "the table has no such id")
            yield fault_of(area, "no_row", what, Text("请补上一行", "add a row"), effect=effect)


def _inside(rows: Sequence[Place], shapes: Sequence[Area]) -> Iterator[Finding]:
    """Points that lie in another outline than their own; and whether another coordinate system would mend that."""
    drawn = {area.id for area in shapes}
    own = [
        place for place in rows if place.id in drawn and place.point is not None and _is_place(place.point)
    ]
    points = {place.id: place.point for place in own if place.point is not None}
    found = locate(points, shapes)
    for place in own:
        if found[place.id] != place.id:
            yield _elsewhere(place, found[place.id])

    def wrong(turned: npt.NDArray[np.float64]) -> int:
        there = locate(dict(zip(points, map(tuple, turned.tolist()), strict=True)), shapes)
        return sum(name != area for name, area in there.items())

    if points:
        yield from shift_hint(np.array(list(points.values())), wrong, rows[0].where.partition(" ")[0])


def _is_place(point: Point) -> bool:
    return abs(point[0]) <= 180 and abs(point[1]) <= 90


def _elsewhere(place: Place, at: str | None) -> Finding:
    what = Text(
        f"中心点不在自己的轮廓里，而在 {at or '任何轮廓之外'}",
        f"its point lies in {at or 'no outline'}, not its own",
    )
    effect = Text("路程从错误的位置算起", "ways start from a wrong place")
    return _fault(
        place, "elsewhere", "warning", what, effect, Text("请核对点或轮廓", "check the point or the outline")
    )
