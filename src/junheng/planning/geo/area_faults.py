"""Broken areas: rings crossing themselves, open or short, doubled ids, swapped axes, exclaves."""

import re
from collections.abc import Iterator, Sequence

from junheng.basics import Text
from junheng.planning.geo.areas import Area, Plane, Point, Ring, plane_about, shape_of
from junheng.planning.geo.finding import Finding, Level, china_box

_EFFECT = Text(
    "面积、相邻关系、哪些点落在其中都不可信", "its size, its neighbours and what lies in it cannot be trusted"
)
_PLACE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)")
_LEAST_POINTS = 4  # a closed triangle


def area_faults(areas: Sequence[Area]) -> list[Finding]:
    """What is wrong with every area by itself."""
    found = list(_doubled(areas))
    degrees = [area for area in areas if all(_is_place(point) for point in area.points())]
    found += [fault for area in areas if area not in degrees for fault in (_not_degrees(area),)]
    found += [_swapped(area) for area in degrees if _is_turned(area)]
    plane = plane_about(degrees)
    for area in degrees:
        found += _rings(area)
        found += _crossing(area, plane)
        if len(area.polygons) > 1:
            found.append(_exclave(area))
    return found


def fault_of(
    area: Area,
    code: str,
    what: Text,
    fix: Text,
    *,
    at: Point | None = None,
    level: Level = "error",
    effect: Text = _EFFECT,
) -> Finding:
    """A finding about one area."""
    label = f"{area.name}（{area.id}）" if area.name and area.name != area.id else area.id
    return Finding(code, level, area.where, label, what, effect, fix, *(at or (None, None)))


def _doubled(areas: Sequence[Area]) -> Iterator[Finding]:
    first: dict[str, Area] = {}
    for area in areas:
        if first.setdefault(area.id, area) is not area:
            what = Text(
                f"编号重复（另见 {first[area.id].where}）",
                f"the id appears twice (see {first[area.id].where})",
            )
            yield fault_of(
                area, "doubled_id", what, Text("每片一个编号；飞地并为一条", "one id each; join exclaves")
            )


def _not_degrees(area: Area) -> Finding:
    what = Text("坐标不是经纬度（超出 ±180、±90）", "the coordinates are no degrees (beyond ±180, ±90)")
    fix = Text("请用 junheng geo convert --from gk 等转换", "convert them: junheng geo convert --from gk …")
    return fault_of(area, "not_degrees", what, fix)


def _is_turned(area: Area) -> bool:
    """All points lie in China with the axes exchanged, and none as they are."""
    west, south, east, north = china_box()
    points = area.points()
    return bool(points) and all(west <= lat <= east and south <= lon <= north for lon, lat in points)


def _swapped(area: Area) -> Finding:
    what = Text("经度、纬度写反了", "longitude and latitude are swapped")
    return fault_of(area, "swapped", what, Text("先经度后纬度", "longitude first"), at=area.points()[0])


def _rings(area: Area) -> Iterator[Finding]:
    """Open and too short rings."""
    rings = [ring for polygon in area.polygons for ring in polygon]
    if not rings or not all(polygon for polygon in area.polygons):
        yield fault_of(area, "empty", Text("没有轮廓", "it has no outline"), Text("请补上", "draw it"))
    for ring in rings:
        if len(set(ring)) < _LEAST_POINTS - 1:
            what = Text(f"轮廓只有 {len(set(ring))} 个点", f"a ring of {len(set(ring))} points")
            yield fault_of(area, "short_ring", what, Text("请重画", "draw it again"), at=_first(ring))
        elif ring[0] != ring[-1]:
            what = Text("轮廓没有闭合", "the ring is not closed")
            fix = Text(
                "末点应与首点相同；计算时按闭合处理", "last point as the first; it is closed for computing"
            )
            yield fault_of(area, "open_ring", what, fix, at=_first(ring), level="warning")


def _crossing(area: Area, plane: Plane) -> Iterator[Finding]:
    """What GEOS finds wrong, with the place it names."""
    import shapely

    shape = shape_of(area, plane)
    if shapely.is_empty(shape) or shapely.is_valid(shape):
        return
    reason = str(shapely.is_valid_reason(shape))
    match = _PLACE.search(reason)
    at = plane.degrees(float(match[1]), float(match[2])) if match else None
    words = reason.partition("[")[0]
    said = next((zh for key, zh in _REASONS.items() if key.lower() in words.lower()), words)
    what = Text(
        f"轮廓有误：{said}" + (f"，在 {_degrees(at)}" if at else ""),
        f"{words}{' at ' + _degrees(at) if at else ''}",
    )
    fix = Text(
        "请在此处改正轮廓；计算时按修补后的形状",
        "mend the outline there; computing takes it as GEOS mends it",
    )
    yield fault_of(area, "crossing", what, fix, at=at)


_REASONS = {
    "Self-intersection": "与自身相交",
    "Hole lies outside": "洞在外轮廓之外",
    "Holes are nested": "洞中有洞",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "一部分在另一部分之内",
    "Duplicate Rings": "两圈重合",
    "Too few points": "点太少",
}


def _exclave(area: Area) -> Finding:
    parts = len(area.polygons)
    what = Text(f"由不相连的 {parts} 部分组成（飞地）", f"in {parts} separate parts (exclaves)")
    effect = Text("连片的要求对它按整体计算", "rules of connectedness take it as one piece")
    fix = Text("属实可不理会；否则请分成几片", "ignore where true; else make areas of the parts")
    at = area.points()[-1] if area.points() else None
    return fault_of(area, "exclave", what, fix, at=at, level="warning", effect=effect)


def _is_place(point: Point) -> bool:
    return abs(point[0]) <= 180 and abs(point[1]) <= 90


def _first(ring: Ring) -> Point | None:
    return ring[0] if ring else None


def _degrees(point: Point | None) -> str:
    return f"{point[0]:.6f}, {point[1]:.6f}" if point else ""
